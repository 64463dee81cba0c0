extension CanonicalJSON {
  /// The most bytes that are read unless a caller sets another limit: 64 MiB.
  public static let defaultByteLimit = 64 << 20

  /// Reads one JSON value, with space around it if it likes.
  ///
  /// Refuses what I-JSON (RFC 7493) warns of: repeated names, numbers that readers round, lone
  /// surrogates. Refuses fractions too.
  ///
  /// - Parameters:
  ///   - bytes: the whole text.
  ///   - byteLimit: the most bytes to read.
  ///   - requireCanonical: whether to refuse a text that is not, byte by byte, what
  ///     `canonicalBytes` writes.
  /// - Throws: `CanonicalJSONError`, with line and column.
  public init(
    parsing bytes: [UInt8], byteLimit: Int = CanonicalJSON.defaultByteLimit,
    requireCanonical: Bool = false
  ) throws(CanonicalJSONError) {
    guard bytes.count <= byteLimit else {
      throw CanonicalJSONError(
        .tooLarge(byteCount: bytes.count, limit: byteLimit), at: 0, in: bytes)
    }
    var reader = JSONReader(bytes)
    self = try reader.readText()
    guard requireCanonical else { return }
    // What was read is within the bounds of what can be written.
    let canonical = (try? canonicalBytes) ?? []
    guard canonical == bytes else {
      let offset = zip(canonical, bytes).prefix { $0 == $1 }.count
      throw CanonicalJSONError(.notCanonical, at: offset, in: bytes)
    }
  }
}

/// Reads JSON text from its first byte to its last; its recursion is bounded by `maximumDepth`.
struct JSONReader {
  let bytes: [UInt8]
  var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The byte to read next; `nil` at the end.
  var next: UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  mutating func readText() throws(CanonicalJSONError) -> CanonicalJSON {
    guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { throw failure(.byteOrderMark, at: 0) }
    skipSpace()
    let value = try readValue(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw failure(.trailingContent, at: position) }
    return value
  }

  func failure(_ reason: CanonicalJSONError.Reason, at offset: Int) -> CanonicalJSONError {
    CanonicalJSONError(reason, at: offset, in: bytes)
  }

  /// The error of a byte, or of the end, that does not belong where the reader stands.
  func unexpected() -> CanonicalJSONError {
    failure(next.map { .unexpectedByte($0) } ?? .unexpectedEnd, at: position)
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func readValue(depth: Int) throws(CanonicalJSONError) -> CanonicalJSON {
    guard let byte = next else { throw unexpected() }
    switch byte {
    case UInt8(ascii: "{"): return try readObject(depth: depth)
    case UInt8(ascii: "["): return try readArray(depth: depth)
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return .integer(try readInteger())
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return try readWord()
    default: throw unexpected()
    }
  }

  private mutating func readWord() throws(CanonicalJSONError) -> CanonicalJSON {
    let start = position
    while let byte = next, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) {
      position += 1
    }
    let word = bytes[start..<position]
    if word.elementsEqual("null".utf8) { return .null }
    if word.elementsEqual("true".utf8) { return .bool(true) }
    if word.elementsEqual("false".utf8) { return .bool(false) }
    throw failure(.unknownWord, at: start)
  }

  // MARK: Arrays and objects

  private mutating func readArray(depth: Int) throws(CanonicalJSONError) -> CanonicalJSON {
    try enter(depth)
    var elements: [CanonicalJSON] = []
    if try isClosed(by: UInt8(ascii: "]")) { return .array(elements) }
    repeat {
      skipSpace()
      elements.append(try readValue(depth: depth + 1))
    } while try isContinued(orClosedBy: UInt8(ascii: "]"))
    return .array(elements)
  }

  private mutating func readObject(depth: Int) throws(CanonicalJSONError) -> CanonicalJSON {
    try enter(depth)
    var members: [CanonicalJSON.Object.Member] = []
    var offsets: [Int] = []
    if try isClosed(by: UInt8(ascii: "}")) { return .object(CanonicalJSON.Object()) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw unexpected() }
      offsets.append(position)
      let name = try readString()
      skipSpace()
      guard next == UInt8(ascii: ":") else { throw unexpected() }
      position += 1
      skipSpace()
      let value = try readValue(depth: depth + 1)
      members.append(CanonicalJSON.Object.Member(name: name, value: value))
    } while try isContinued(orClosedBy: UInt8(ascii: "}"))
    return .object(try sorted(members, at: offsets))
  }

  /// Steps over an opening bracket.
  private mutating func enter(_ depth: Int) throws(CanonicalJSONError) {
    guard depth < CanonicalJSON.maximumDepth else {
      throw failure(.tooDeep(limit: CanonicalJSON.maximumDepth), at: position)
    }
    position += 1
  }

  private mutating func isClosed(by bracket: UInt8) throws(CanonicalJSONError) -> Bool {
    skipSpace()
    guard next == bracket else { return false }
    position += 1
    return true
  }

  private mutating func isContinued(
    orClosedBy bracket: UInt8
  ) throws(CanonicalJSONError) -> Bool {
    skipSpace()
    guard let byte = next, byte == bracket || byte == UInt8(ascii: ",") else {
      throw unexpected()
    }
    position += 1
    return byte != bracket
  }

  /// Brings members into canonical order and refuses a name that stands twice.
  private func sorted(
    _ members: [CanonicalJSON.Object.Member], at offsets: [Int]
  ) throws(CanonicalJSONError) -> CanonicalJSON.Object {
    let isSorted = zip(members, members.dropFirst()).allSatisfy {
      CanonicalJSON.order($0.name, $1.name) == .ascending
    }
    if isSorted { return CanonicalJSON.Object(sorted: members) }
    let order = members.indices.sorted { left, right in
      switch CanonicalJSON.order(members[left].name, members[right].name) {
      case .ascending: true
      case .same: left < right
      case .descending: false
      }
    }
    for (first, second) in zip(order, order.dropFirst())
    where CanonicalJSON.order(members[first].name, members[second].name) == .same {
      throw failure(.repeatedName(members[second].name), at: offsets[second])
    }
    return CanonicalJSON.Object(sorted: order.map { members[$0] })
  }
}
