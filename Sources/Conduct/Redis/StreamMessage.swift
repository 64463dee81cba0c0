/// An entry of a stream.
struct StreamMessage: Sendable, Hashable {
  /// Its id, such as `1526919030474-55`.
  let id: String
  /// Its fields, in order; nil where it was trimmed away before it was read.
  let fields: [Field]?

  /// A name and its value.
  struct Field: Sendable, Hashable {
    let name: String
    let value: [UInt8]
  }

  /// Reads `[id, [name, value, …]]`; nil for another form.
  init?(_ value: RESPValue) {
    guard let parts = value.elements, parts.count == 2, let id = parts[0].text else { return nil }
    self.id = id
    switch parts[1] {
    case .null: fields = nil
    case .array(let flat), .map(let flat):
      var fields: [Field] = []
      for index in stride(from: 0, to: flat.count - 1, by: 2) {
        guard let name = flat[index].text, case .string(let value) = flat[index + 1] else {
          return nil
        }
        fields.append(Field(name: name, value: value))
      }
      self.fields = fields
    case .string, .integer, .double, .boolean, .failure, .push: return nil
    }
  }

  /// All entries of a list; nil for another form.
  static func list(_ value: RESPValue) -> [StreamMessage]? {
    guard let elements = value.elements else { return nil }
    let messages = elements.compactMap { StreamMessage($0) }
    return messages.count == elements.count ? messages : nil
  }
}

extension StreamMessage {
  /// The message as one line of a batch: its field `post`, or a post made of its other fields.
  ///
  /// A line feed would make two lines of it, so it stands as a carriage return: white space still
  /// between values, and refused still within a string.
  var line: [UInt8] {
    let fields = fields ?? []
    if let post = fields.first(where: { $0.name == "post" }) {
      let line = post.value.map { $0 == 0x0A ? 0x0D : $0 }
      return line.allSatisfy { $0 <= 0x20 } ? Array("{}".utf8) : line
    }
    var out = JSONLineWriter()
    out.raw("{")
    for (index, field) in fields.enumerated() {
      if index > 0 { out.raw(",") }
      out.string(Array(field.name.utf8))
      out.raw(":")
      switch field.name {
      case "public": out.raw(field.value == Array("true".utf8) ? "true" : "false")
      case "links": writeLinks(field.value, &out)
      default: out.string(field.value)
      }
    }
    out.raw("}")
    return out.octets
  }

  /// Links with white space between them, as a list.
  private func writeLinks(_ value: [UInt8], _ out: inout JSONLineWriter) {
    out.raw("[")
    for (index, link) in value.split(whereSeparator: { $0 <= 0x20 }).enumerated() {
      if index > 0 { out.raw(",") }
      out.string(Array(link))
    }
    out.raw("]")
  }
}
