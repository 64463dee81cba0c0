internal import Detection
internal import Foundation
internal import Interchange

/// Loads the detector from the folder of policies: all packs in `detection`, and `model.yaml`.
enum DetectorFolder {
  /// The file that holds the weights.
  static let modelFile = "model.yaml"

  /// Reads packs and weights, and compiles them.
  ///
  /// - Parameter policies: the folder that is set, or nil for the one that belongs to the program.
  /// - Returns: the detector.
  /// - Throws: `DeskFault`, `PolicyFileError` or `PackFault`, for the first fault found.
  static func load(policies: String?) throws -> Detector {
    let folder = try PolicyFolder.locate(policies) + "/detection"
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let packs = try files.filter { $0.hasSuffix(".yaml") && $0 != modelFile }.sorted().map {
      try PackFile.read(try octets(folder + "/" + $0), fileName: $0)
    }
    guard !packs.isEmpty else {
      throw DeskFault("there are no detection packs in \(folder): set assessment.policies")
    }
    let model = try ModelFile.read(try octets(folder + "/" + modelFile), fileName: modelFile)
    try check(model, packs)
    return try Detector(packs: packs, model: model)
  }

  /// Weights belong to the packs they were learned with: others would be weighed by guess.
  private static func check(_ model: VerdictModel, _ packs: [Pack]) throws {
    let present = Set(packs.map(\.label))
    let missing = Set(model.packs).subtracting(present).sorted()
    guard missing.isEmpty else {
      throw DeskFault(
        "\(modelFile) was learned with \(missing.joined(separator: ", ")), which is not there: "
          + "run scripts/learn-verdicts")
    }
  }

  private static func octets(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DeskFault("\(path) is not there, or may not be read: nothing is detected without it")
    }
    return Array(data)
  }
}
