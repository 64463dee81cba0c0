import Detection
import Interchange

/// The packs and weights of the project.
enum ShippedPacks {
  /// The packs that the weights in a folder were learned with, and the weights.
  static func detector(in folder: String) throws -> Detector {
    let model = try ModelFile.read(try File.read("\(folder)/model.yaml"), fileName: "model.yaml")
    let packs = try model.packs.map { label in
      let name = "\(label.prefix { $0 != "@" }).yaml"
      return try PackFile.read(try File.read("\(folder)/\(name)"), fileName: name)
    }
    return try Detector(packs: packs, model: model)
  }
}
