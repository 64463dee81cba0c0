internal import DomainNames
public import Enforcement
internal import Yams

/// Why a guard file cannot be taken; nothing of it is used then.
public struct GuardFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file's name.
  public let fileName: String
  /// The line, counted from 1; nil where the whole file is meant.
  public let line: Int?
  /// What is wrong, and what to do.
  public let reason: String

  /// File, line and reason.
  public var description: String {
    "\(fileName)\(line.map { ", line \($0)" } ?? ""): \(reason)"
  }
}

/// Reads the lists of guarded names: YAML with `kind`, `decision` and `names`.
///
/// ```yaml
/// kind: cdn
/// decision: hold        # hold | refuse
/// names:
///   - name: cdn.example
///     note: a network that many sites share
/// ```
public enum GuardFile {
  /// The most octets a guard file may have.
  public static let maximumOctets = 4 * 1024 * 1024

  /// Reads the entries of one file.
  ///
  /// - Parameters:
  ///   - bytes: the file in UTF-8.
  ///   - fileName: what errors call it.
  /// - Returns: the entries in the order of the file.
  /// - Throws: ``GuardFileError`` with the line, for the first fault.
  public static func read(
    _ bytes: [UInt8], fileName: String
  ) throws(GuardFileError) -> [GuardEntry] {
    guard bytes.count <= maximumOctets else {
      throw GuardFileError(
        fileName: fileName, line: nil, reason: "larger than \(maximumOctets) octets")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw GuardFileError(fileName: fileName, line: nil, reason: "not UTF-8; save it as UTF-8")
    }
    return try GuardFileReader(fileName: fileName).entries(of: text)
  }
}

/// Walks one file's nodes.
private struct GuardFileReader {
  let fileName: String

  private static let keys = ["kind", "decision", "names"]
  private static let entryKeys = ["name", "note"]

  func entries(of text: String) throws(GuardFileError) -> [GuardEntry] {
    let fields = try self.fields(of: try node(of: text), known: Self.keys)
    let kind = try self.kind(try required("kind", in: fields))
    try checkDecision(try required("decision", in: fields), for: kind)
    guard case .sequence(let names) = try required("names", in: fields) else {
      throw fault(fields["names"], "“names” must be a list")
    }
    var lines: [DomainName: Int] = [:]
    var entries: [GuardEntry] = []
    for node in names {
      let entry = try self.entry(node, kind)
      if let earlier = lines.updateValue(node.mark?.line ?? 0, forKey: entry.name) {
        throw fault(node, "\(entry.name) stands on line \(earlier) already")
      }
      entries.append(entry)
    }
    guard !entries.isEmpty else { throw fault(fields["names"], "“names” is empty") }
    return entries
  }

  private func node(of text: String) throws(GuardFileError) -> Node {
    do {
      if let node = try Yams.compose(yaml: text) { return node }
    } catch let error as YamlError {
      throw GuardFileError(fileName: fileName, line: error.line, reason: error.reason)
    } catch {
      throw GuardFileError(fileName: fileName, line: nil, reason: "not YAML: \(error)")
    }
    throw GuardFileError(fileName: fileName, line: nil, reason: "the file is empty")
  }

  private func entry(_ node: Node, _ kind: GuardKind) throws(GuardFileError) -> GuardEntry {
    if case .scalar = node { return GuardEntry(name: try name(node), kind: kind) }
    let fields = try self.fields(of: node, known: Self.entryKeys)
    guard let nameNode = fields["name"] else { throw fault(node, "the entry has no “name”") }
    let note = try fields["note"].map { node throws(GuardFileError) in try self.text(node, "note") }
    return GuardEntry(name: try name(nameNode), kind: kind, note: note)
  }

  private func name(_ node: Node) throws(GuardFileError) -> DomainName {
    let text = try self.text(node, "name")
    switch TargetReader.read(text) {
    case .name(let name, .plain): return name
    case .name(_, .url), .name(_, .urlWithPath), .name(_, .wildcard), .address:
      throw fault(node, "“\(text.shortened)” must be a bare name")
    case .unreadable(let reason): throw fault(node, "“\(text.shortened)”: \(reason.text)")
    }
  }

  private func kind(_ node: Node) throws(GuardFileError) -> GuardKind {
    let text = try self.text(node, "kind")
    if let kind = GuardKind(rawValue: text) { return kind }
    let known = GuardKind.allCases.map(\.rawValue)
    let hint = NearestWord.to(text, among: known).map { "; was “\($0)” meant?" }
    throw fault(
      node,
      "there is no kind “\(text.shortened)”" + (hint ?? "; use \(known.joined(separator: ", "))"))
  }

  /// The decision follows from the kind; a file that says otherwise is mistaken about one of them.
  private func checkDecision(_ node: Node, for kind: GuardKind) throws(GuardFileError) {
    let decision = try text(node, "decision")
    guard decision == "hold" || decision == "refuse" else {
      throw fault(node, "“decision” must be hold or refuse, not “\(decision.shortened)”")
    }
    let expected = kind == .essential ? "refuse" : "hold"
    guard decision == expected else {
      throw fault(node, "names of kind \(kind.rawValue) are always “\(expected)”")
    }
  }

  private func text(_ node: Node, _ key: String) throws(GuardFileError) -> String {
    guard case .scalar(let scalar) = node else { throw fault(node, "“\(key)” must be a text") }
    return scalar.string
  }

  private func required(
    _ key: String, in fields: [String: Node]
  ) throws(GuardFileError) -> Node {
    guard let node = fields[key] else {
      throw GuardFileError(fileName: fileName, line: nil, reason: "“\(key)” is missing")
    }
    return node
  }

  /// A mapping's members by key; keys that are not known are refused.
  private func fields(
    of node: Node, known: [String]
  ) throws(GuardFileError) -> [String: Node] {
    guard case .mapping(let mapping) = node else {
      throw fault(node, "must give \(known.joined(separator: ", "))")
    }
    var fields: [String: Node] = [:]
    for (keyNode, value) in mapping {
      let key = try text(keyNode, "key")
      guard known.contains(key) else {
        let hint = NearestWord.to(key, among: known).map { "; was “\($0)” meant?" } ?? ""
        throw fault(keyNode, "there is no field “\(key.shortened)”\(hint)")
      }
      fields[key] = value
    }
    return fields
  }

  private func fault(_ node: Node?, _ reason: String) -> GuardFileError {
    GuardFileError(fileName: fileName, line: node?.mark?.line, reason: reason)
  }
}

extension YamlError {
  /// The line of the fault, where the parser knows it.
  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }

  /// The fault without the file's text.
  fileprivate var reason: String {
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
