internal import Yams

/// Values by key, each with where it was set.
struct ConfigurationValues {
  struct Value {
    enum Content {
      case word(String)
      case list([String])
      case map([(String, String)])
    }

    let content: Content
    let place: String
    let line: Int?

    func fault(_ reason: String) -> ConfigurationFault {
      ConfigurationFault(place: place, line: line, reason: reason)
    }
  }

  private(set) var values: [String: Value] = [:]

  /// Reads the text of a file.
  ///
  /// Unknown keys, wrong kinds and repeated keys are faults.
  mutating func read(yaml text: String, fileName: String) throws(ConfigurationFault) {
    guard let root = try Self.parse(text, fileName: fileName), root.null == nil else { return }
    guard let mapping = root.mapping else {
      throw ConfigurationFault(
        place: fileName, line: root.mark?.line, reason: "the file is no mapping of keys to values")
    }
    try read(mapping, under: "", fileName: fileName)
  }

  /// Reads the standard values of all keys.
  mutating func readStandards() throws(ConfigurationFault) {
    let fileName = "the built-in settings"
    // One document for all: a hundred of them would take a tenth of the time of a verb.
    let text = ConfigurationKey.all.map { "- \($0.standard)\n" }.joined()
    let nodes = try Self.parse(text, fileName: fileName)?.sequence ?? []
    guard nodes.count == ConfigurationKey.all.count else {
      throw ConfigurationFault(
        place: fileName, line: nil, reason: "they are not one value for each key")
    }
    for (key, node) in zip(ConfigurationKey.all, nodes) {
      let value = Value(
        content: try Self.content(of: node, key, fileName: fileName), place: fileName, line: nil)
      try Self.check(value, of: key)
      values[key.path] = value
    }
  }

  private static func parse(_ text: String, fileName: String) throws(ConfigurationFault) -> Node? {
    do {
      return try compose(yaml: text)
    } catch let error as YamlError {
      throw ConfigurationFault(error, fileName: fileName)
    } catch {
      throw ConfigurationFault(place: fileName, line: nil, reason: "\(error)")
    }
  }

  private mutating func read(
    _ mapping: Node.Mapping, under prefix: String, fileName: String
  ) throws(ConfigurationFault) {
    for (keyNode, node) in mapping {
      let path = prefix + (keyNode.string ?? "")
      let line = keyNode.mark?.line
      if let key = ConfigurationKey.all.first(where: { $0.path == path }) {
        let value = Value(
          content: try Self.content(of: node, key, fileName: fileName), place: fileName, line: line)
        try Self.check(value, of: key)
        values[path] = value
      } else if ConfigurationKey.all.contains(where: { $0.path.hasPrefix(path + ".") }) {
        guard let inner = node.mapping else {
          if node.null != nil { continue }
          throw ConfigurationFault(
            place: fileName, line: line, reason: "\(path) holds keys of its own, not a value")
        }
        try read(inner, under: path + ".", fileName: fileName)
      } else {
        throw ConfigurationFault(
          place: fileName, line: line, reason: Self.unknown(path))
      }
    }
  }

  /// Reads environment variables that begin with `CORDON_`.
  mutating func read(environment: [String: String]) throws(ConfigurationFault) {
    for key in ConfigurationKey.all {
      guard let text = environment[key.variable] else { continue }
      let content: Value.Content
      switch key.kind {
      case .text, .number, .flag: content = .word(text)
      case .listOrWord(let words) where words.contains(text): content = .word(text)
      case .list, .listOrWord:
        content = .list(
          text.split(separator: ",").map(Self.trimmed))
      case .map:
        content = .map(
          text.split(separator: ",").map { pair in
            let name = pair.prefix { $0 != "=" }
            return (Self.trimmed(name), Self.trimmed(pair.dropFirst(name.count + 1)))
          })
      }
      let value = Value(content: content, place: key.variable, line: nil)
      try Self.check(value, of: key)
      values[key.path] = value
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  private static func unknown(_ path: String) -> String {
    let known = ConfigurationKey.all.map(\.path)
    let sections = Set(known.compactMap { $0.split(separator: ".").first.map(String.init) })
      .sorted()
    let hint = nearest(to: path, among: known + sections).map { ": did you mean \($0)?" } ?? ""
    return "there is no key \(path)\(hint)"
  }

  private static func content(
    of node: Node, _ key: ConfigurationKey, fileName: String
  ) throws(ConfigurationFault) -> Value.Content {
    switch node {
    case .scalar(let scalar): return .word(scalar.string)
    case .sequence(let sequence): return .list(sequence.map { $0.string ?? "" })
    case .mapping(let mapping):
      return .map(mapping.map { ($0.key.string ?? "", $0.value.string ?? "") })
    case .alias:
      throw ConfigurationFault(
        place: fileName, line: node.mark?.line, reason: "\(key.path): aliases are not read here")
    }
  }

  private static func check(_ value: Value, of key: ConfigurationKey) throws(ConfigurationFault) {
    switch (key.kind, value.content) {
    case (.text, .word), (.list, .list), (.map, .map), (.listOrWord, .list): return
    case (.flag, .word(let word)):
      guard word == "true" || word == "false" else {
        throw value.fault("\(key.path) is \(word); it may be true or false")
      }
    case (.number(let range), .word(let word)):
      guard let number = Int(word), range.contains(number) else {
        throw value.fault(
          "\(key.path) is \(word); it may be \(range.lowerBound) to \(range.upperBound)")
      }
    case (.listOrWord(let words), .word(let word)):
      guard words.contains(word) else {
        throw value.fault(
          "\(key.path) is \(word); it may be \(words.joined(separator: ", ")), or a list like"
            + " [192.0.2.1]")
      }
    case (.list, .word), (.list, .map), (.listOrWord, .map):
      throw value.fault("\(key.path) holds a list: write it like \(key.standard)")
    case (.text, _), (.flag, _), (.number, _):
      throw value.fault("\(key.path) holds a single value: write it like \(key.standard)")
    case (.map, _):
      throw value.fault(
        "\(key.path) holds names with values: write it like {example.com: 192.0.2.1}")
    }
  }
}

extension ConfigurationFault {
  fileprivate init(_ error: YamlError, fileName: String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(place: fileName, line: mark.line, reason: "this is not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      self.init(
        place: fileName, line: context.mark.line,
        reason: "a key stands there twice: \(duplicates.map(\.self))")
    default:
      self.init(place: fileName, line: nil, reason: "this is not YAML: \(error)")
    }
  }
}
