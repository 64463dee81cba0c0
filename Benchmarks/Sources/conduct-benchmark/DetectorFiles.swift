import Detection
import Foundation
import Interchange

/// Loads the packs and the model that the program ships with.
enum DetectorFiles {
  static func load(_ folder: String) throws -> Detector {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let packs = try names.filter { $0.hasSuffix(".yaml") && $0 != "model.yaml" }.map {
      try PackFile.read(octets(folder + "/" + $0), fileName: $0)
    }
    let model = try ModelFile.read(octets(folder + "/model.yaml"), fileName: "model.yaml")
    return try Detector(packs: packs, model: model)
  }

  private static func octets(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
