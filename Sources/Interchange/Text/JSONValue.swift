/// A JSON value; an object's members in the order of the file, a number as it is written.
indirect enum JSONValue {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// One member of an object.
  struct Member {
    let key: String
    let value: JSONValue

    init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }

    init(_ key: String, _ text: String) {
      self.init(key, .string(text))
    }

    init(_ key: String, _ texts: [String]) {
      self.init(key, .array(texts.map(JSONValue.string)))
    }
  }

  /// What this is, for a sentence.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
