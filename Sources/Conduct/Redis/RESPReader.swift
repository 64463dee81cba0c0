internal import NIOCore

/// Reads what Redis answers (RESP2 and RESP3), a piece at a time and strictly.
///
/// Lists that have begun stay on a stack, so that no octet is read twice however the pieces fall.
/// Attributes are refused: Redis sends them to none that has not asked.
struct RESPReader {
  /// The most octets of one string.
  static let stringLimit = 16 << 20
  /// The most octets of a line.
  static let lineLimit = 64 << 10
  /// The most elements of one list.
  static let elementLimit = 1 << 16
  /// How deep lists may lie in each other.
  static let depthLimit = 8

  /// A list that is not at its end.
  private struct Open {
    enum Kind { case array, map, push }
    let kind: Kind
    var left: Int
    var elements: [RESPValue] = []
  }

  private var open: [Open] = []

  /// The next value; nil where more octets are needed.
  ///
  /// - Parameter buffer: what came in; what was read is taken from it.
  /// - Returns: the value.
  /// - Throws: ``RESPFault``; nothing more can be read then.
  mutating func next(_ buffer: inout ByteBuffer) throws(RESPFault) -> RESPValue? {
    while let value = try token(&buffer) {
      if let whole = close(with: value) { return whole }
    }
    return nil
  }

  /// Reads up to the end of a value that is no list; lists are opened on the way.
  private mutating func token(_ buffer: inout ByteBuffer) throws(RESPFault) -> RESPValue? {
    while true {
      let start = buffer.readerIndex
      guard let type = buffer.readInteger(as: UInt8.self), let line = try line(&buffer) else {
        buffer.moveReaderIndex(to: start)
        return nil
      }
      switch type {
      case 0x2B, 0x28: return .string(line)  // + (
      case 0x2D: return .failure(String(decoding: line, as: UTF8.self))  // -
      case 0x3A: return .integer(try number(line))  // :
      case 0x5F: return .null  // _
      case 0x23: return .boolean(try truth(line))  // #
      case 0x2C: return .double(try double(line))  // ,
      case 0x24, 0x3D, 0x21:  // $ = !
        let count = try number(line)
        if count == -1 { return .null }
        guard (0...Self.stringLimit).contains(count) else {
          throw .tooLarge("a string of \(count) octets")
        }
        guard buffer.readableBytes >= count + 2 else {
          buffer.moveReaderIndex(to: start)
          return nil
        }
        let octets = buffer.readBytes(length: count) ?? []
        guard buffer.readInteger(as: UInt16.self) == 0x0D0A else { throw .badEnd }
        if type == 0x21 { return .failure(String(decoding: octets, as: UTF8.self)) }
        // A verbatim string begins with three letters of its format and a colon.
        return .string(type == 0x3D ? Array(octets.dropFirst(4)) : octets)
      case 0x2A, 0x7E: if try begin(.array, line, each: 1) { return .null }  // * ~
      case 0x25: if try begin(.map, line, each: 2) { return .null }  // %
      case 0x3E: if try begin(.push, line, each: 1) { return .null }  // >
      case let octet: throw .unknownType(octet)
      }
      if let last = open.last, last.left == 0 { return finished() }
    }
  }

  /// Opens a list; true where it is RESP2's null list.
  private mutating func begin(
    _ kind: Open.Kind, _ line: [UInt8], each: Int
  ) throws(RESPFault) -> Bool {
    let count = try number(line)
    if count == -1 { return true }
    guard (0...Self.elementLimit).contains(count) else {
      throw .tooLarge("a list of \(count) elements")
    }
    guard open.count < Self.depthLimit else { throw .tooLarge("lists that lie too deep") }
    open.append(Open(kind: kind, left: count * each))
    return false
  }

  /// The list that has just come to its end.
  private mutating func finished() -> RESPValue? {
    guard let list = open.popLast() else { return nil }
    switch list.kind {
    case .array: return .array(list.elements)
    case .map: return .map(list.elements)
    case .push: return .push(list.elements)
    }
  }

  /// Puts a value into the list that is open; answers the outermost once it is whole.
  private mutating func close(with value: RESPValue) -> RESPValue? {
    var value = value
    while let last = open.indices.last {
      open[last].elements.append(value)
      open[last].left -= 1
      guard open[last].left == 0, let list = finished() else { return nil }
      value = list
    }
    return value
  }

  private func line(_ buffer: inout ByteBuffer) throws(RESPFault) -> [UInt8]? {
    let view = buffer.readableBytesView
    guard let end = view.prefix(Self.lineLimit).firstIndex(of: 0x0D) else {
      guard view.count < Self.lineLimit else { throw .tooLarge("a line") }
      return nil
    }
    let count = end - view.startIndex
    guard view.count > count + 1 else { return nil }
    guard view[end + 1] == 0x0A else { throw .badEnd }
    let line = Array(view.prefix(count))
    buffer.moveReaderIndex(forwardBy: count + 2)
    return line
  }

  private func number(_ line: [UInt8]) throws(RESPFault) -> Int {
    guard let number = Int(String(decoding: line, as: UTF8.self)) else { throw .badNumber }
    return number
  }

  private func double(_ line: [UInt8]) throws(RESPFault) -> Double {
    guard let number = Double(String(decoding: line, as: UTF8.self)) else { throw .badNumber }
    return number
  }

  private func truth(_ line: [UInt8]) throws(RESPFault) -> Bool {
    switch line {
    case [0x74]: true
    case [0x66]: false
    case _: throw .badNumber
    }
  }
}
