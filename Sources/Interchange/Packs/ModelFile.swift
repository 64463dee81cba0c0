public import Detection
internal import Yams

/// Reads the weights of verdicts, as `scripts/learn-verdicts` writes them: YAML.
public enum ModelFile {
  private static let keys = [
    "model", "version", "packs", "threshold", "calibration", "text_unit", "han_width", "bias",
    "weights",
  ]
  private static let weightKeys = [
    "finding", "venue", "token-sale", "payment-acceptance", "solicitation", "reporting",
  ]
  private static let bounds = -100.0...100.0

  /// Reads a model.
  ///
  /// - Parameters:
  ///   - bytes: the file in UTF-8.
  ///   - fileName: what errors call it.
  /// - Returns: the weights.
  /// - Throws: ``PolicyFileError`` with line and key, for the first fault.
  public static func read(
    _ bytes: [UInt8], fileName: String
  ) throws(PolicyFileError) -> VerdictModel {
    let reader = PolicyReader(fileName: fileName)
    let fields = try reader.fields(of: try reader.root(bytes), at: nil, known: keys)
    let calibration = try reader.fields(
      of: try fields.required("calibration"), at: "calibration", known: ["slope", "intercept"])
    return VerdictModel(
      name: try fields.text("model"), version: try fields.count("version", in: 1...1_000_000),
      packs: try fields.texts("packs"), threshold: try fields.number("threshold", in: 0.01...1),
      calibration: .init(
        slope: try calibration.number("slope", in: 0.01...100),
        intercept: try calibration.number("intercept", in: bounds)),
      textUnit: try fields.number("text_unit", in: 1...1_000_000, standard: 600),
      hanWidth: try fields.number("han_width", in: 1...10, standard: 2.5),
      bias: try weights(try fields.required("bias"), at: "bias", reader),
      weights: try all(try fields.required("weights"), reader))
  }

  private static func all(
    _ node: Node, _ reader: PolicyReader
  ) throws(PolicyFileError) -> [String: VerdictModel.Weights] {
    guard case .mapping(let mapping) = node else {
      throw reader.fault(node, "weights", "must give weights by feature")
    }
    var weights: [String: VerdictModel.Weights] = [:]
    for (key, value) in mapping {
      let name = try reader.text(key, at: "weights")
      weights[name] = try self.weights(value, at: "weights.\(name)", reader)
    }
    return weights
  }

  private static func weights(
    _ node: Node, at key: String, _ reader: PolicyReader
  ) throws(PolicyFileError) -> VerdictModel.Weights {
    let fields = try reader.fields(of: node, at: key, known: weightKeys)
    func number(_ name: String) throws(PolicyFileError) -> Double {
      try fields.number(name, in: bounds, standard: 0)
    }
    return VerdictModel.Weights(
      finding: try number("finding"), venue: try number("venue"),
      tokenSale: try number("token-sale"), paymentAcceptance: try number("payment-acceptance"),
      solicitation: try number("solicitation"), reporting: try number("reporting"))
  }
}
