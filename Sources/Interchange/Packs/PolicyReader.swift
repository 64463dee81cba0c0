internal import Yams

/// Walks the nodes of a policy file strictly: an unknown key, a wrong type or a number out of its
/// bounds is a fault with its line, never passed over.
struct PolicyReader {
  let fileName: String

  /// The most octets that a policy file may have.
  static let maximumOctets = 4 * 1024 * 1024

  /// The file's root.
  func root(_ bytes: [UInt8]) throws(PolicyFileError) -> Node {
    guard bytes.count <= Self.maximumOctets else {
      throw whole("larger than \(Self.maximumOctets) octets")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw whole("not UTF-8; save it as UTF-8")
    }
    do {
      if let node = try Yams.compose(yaml: text) { return node }
    } catch let error as YamlError {
      throw PolicyFileError(
        fileName: fileName, line: error.faultLine, key: nil, reason: error.faultReason)
    } catch {
      throw whole("not YAML: \(error)")
    }
    throw whole("the file is empty")
  }

  /// A mapping's members; keys that are not known are refused, with the nearest that is.
  func fields(
    of node: Node, at key: String?, known: [String]
  ) throws(PolicyFileError) -> Fields {
    guard case .mapping(let mapping) = node else {
      throw fault(node, key, "must give \(known.joined(separator: ", "))")
    }
    var members: [String: Node] = [:]
    for (keyNode, value) in mapping {
      guard case .scalar(let scalar) = keyNode else { throw fault(keyNode, key, "must be a word") }
      guard known.contains(scalar.string) else {
        let hint =
          NearestWord.to(scalar.string, among: known).map { "was “\($0)” meant?" }
          ?? "use \(known.joined(separator: ", "))"
        throw fault(keyNode, key, "there is no field “\(scalar.string.shortened)”; \(hint)")
      }
      members[scalar.string] = value
    }
    return Fields(reader: self, node: node, path: key, members: members)
  }

  func list(_ node: Node, at key: String, most: Int) throws(PolicyFileError) -> [Node] {
    guard case .sequence(let sequence) = node else { throw fault(node, key, "must be a list") }
    guard sequence.count <= most else { throw fault(node, key, "has more than \(most) entries") }
    return Array(sequence)
  }

  func text(_ node: Node, at key: String) throws(PolicyFileError) -> String {
    guard case .scalar(let scalar) = node else { throw fault(node, key, "must be a text") }
    guard scalar.string.utf8.count <= 8_192 else { throw fault(node, key, "is too long") }
    return scalar.string
  }

  func number(
    _ node: Node, at key: String, in bounds: ClosedRange<Double>
  ) throws(PolicyFileError) -> Double {
    let text = try text(node, at: key)
    guard let number = Double(text), number.isFinite else {
      throw fault(node, key, "“\(text.shortened)” is no number")
    }
    guard bounds.contains(number) else {
      throw fault(
        node, key, "\(text.shortened) is not from \(bounds.lowerBound) to \(bounds.upperBound)")
    }
    return number
  }

  func fault(_ node: Node?, _ key: String?, _ reason: String) -> PolicyFileError {
    PolicyFileError(fileName: fileName, line: node?.mark?.line, key: key, reason: reason)
  }

  private func whole(_ reason: String) -> PolicyFileError {
    PolicyFileError(fileName: fileName, line: nil, key: nil, reason: reason)
  }

  /// The members of a mapping whose keys are known to be right.
  struct Fields {
    let reader: PolicyReader
    let node: Node
    let path: String?
    let members: [String: Node]

    /// The path of a member, for faults: `signals.phrases`.
    func key(_ name: String) -> String { path.map { "\($0).\(name)" } ?? name }

    subscript(_ name: String) -> Node? { members[name] }

    func required(_ name: String) throws(PolicyFileError) -> Node {
      guard let node = members[name] else {
        throw reader.fault(node, path, "“\(name)” is missing")
      }
      return node
    }

    func text(_ name: String) throws(PolicyFileError) -> String {
      try reader.text(try required(name), at: key(name))
    }

    /// A list of texts; empty where there is none.
    func texts(_ name: String, most: Int = 2_000) throws(PolicyFileError) -> [String] {
      guard let node = members[name] else { return [] }
      var texts: [String] = []
      for entry in try reader.list(node, at: key(name), most: most) {
        texts.append(try reader.text(entry, at: key(name)))
      }
      return texts
    }

    func number(
      _ name: String, in bounds: ClosedRange<Double>, standard: Double? = nil
    ) throws(PolicyFileError) -> Double {
      if let standard, members[name] == nil { return standard }
      return try reader.number(try required(name), at: key(name), in: bounds)
    }

    func count(
      _ name: String, in bounds: ClosedRange<Int>, standard: Int? = nil
    ) throws(PolicyFileError) -> Int {
      let range = Double(bounds.lowerBound)...Double(bounds.upperBound)
      let number = try self.number(name, in: range, standard: standard.map(Double.init))
      guard number == number.rounded() else {
        throw reader.fault(members[name], key(name), "must be a whole number")
      }
      return Int(number)
    }

    /// A word among those that are known.
    func word<Choice: RawRepresentable & CaseIterable>(
      _ node: Node, _ name: String, of type: Choice.Type
    ) throws(PolicyFileError) -> Choice where Choice.RawValue == String {
      let text = try reader.text(node, at: key(name))
      if let choice = Choice(rawValue: text) { return choice }
      let known = Choice.allCases.map(\.rawValue)
      let hint =
        NearestWord.to(text, among: known).map { "was “\($0)” meant?" }
        ?? "use \(known.joined(separator: ", "))"
      throw reader.fault(node, key(name), "there is no “\(text.shortened)”; \(hint)")
    }
  }
}

extension YamlError {
  /// The line of the fault, where the parser knows it.
  fileprivate var faultLine: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }

  /// The fault without the file's text.
  fileprivate var faultReason: String {
    switch self {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
      .composer(_, let problem, _, _):
      "not YAML: \(problem)"
    case .duplicatedKeysInMapping(let duplicates, _):
      "“\(duplicates.sorted().joined(separator: ", "))” is given twice; keep one"
    default: "not YAML: \(self)"
    }
  }
}
