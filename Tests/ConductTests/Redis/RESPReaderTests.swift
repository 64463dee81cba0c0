import NIOCore
import Testing

@testable import Conduct

struct RESPReaderTests {
  /// What one answer of each form comes to.
  private static let answers: [(wire: String, value: RESPValue)] = [
    ("+OK\r\n", .string(Array("OK".utf8))), ("-ERR no\r\n", .failure("ERR no")),
    (":-42\r\n", .integer(-42)), ("$-1\r\n", .null), ("*-1\r\n", .null), ("_\r\n", .null),
    ("$0\r\n\r\n", .string([])), ("$5\r\na\r\nb\n\r\n", .string(Array("a\r\nb\n".utf8))),
    ("#t\r\n", .boolean(true)), (",1.5\r\n", .double(1.5)),
    ("(123456789012345678901\r\n", .string(Array("123456789012345678901".utf8))),
    ("!7\r\nERR bad\r\n", .failure("ERR bad")), ("=6\r\ntxt:ab\r\n", .string(Array("ab".utf8))),
    ("*0\r\n", .array([])), ("~1\r\n:1\r\n", .array([.integer(1)])),
    ("%1\r\n+a\r\n*2\r\n:1\r\n$-1\r\n", .map([.string([0x61]), .array([.integer(1), .null])])),
    (">1\r\n+x\r\n", .push([.string([0x78])])),
    ("*2\r\n*1\r\n*0\r\n:1\r\n", .array([.array([.array([])]), .integer(1)])),
  ]

  @Test func `every form is read, wherever the pieces fall`() throws {
    let wire = Array(Self.answers.map(\.wire).joined().utf8)
    for size in [1, 2, 3, 7, 64, wire.count] {
      var reader = RESPReader()
      var buffer = ByteBuffer()
      var values: [RESPValue] = []
      for start in stride(from: 0, to: wire.count, by: size) {
        buffer.writeBytes(wire[start..<min(start + size, wire.count)])
        while let value = try reader.next(&buffer) { values.append(value) }
      }
      #expect(values == Self.answers.map(\.value))
      #expect(buffer.readableBytes == 0)
    }
  }

  @Test(arguments: [
    ("?1\r\n", RESPFault.unknownType(0x3F)), (":x\r\n", .badNumber), ("$3\r\nabcd\r\n", .badEnd),
    ("+a\rb\r\n", .badEnd), ("#x\r\n", .badNumber),
    ("$99999999999\r\n", .tooLarge("a string of 99999999999 octets")),
    ("*-2\r\n", .tooLarge("a list of -2 elements")),
    (
      "*9\r\n*9\r\n*9\r\n*9\r\n*9\r\n*9\r\n*9\r\n*9\r\n*9\r\n", .tooLarge("lists that lie too deep")
    ),
  ])
  func `what is no answer is refused`(wire: String, fault: RESPFault) {
    var reader = RESPReader()
    var buffer = ByteBuffer(string: wire)
    #expect(throws: fault) { try reader.next(&buffer) }
  }

  @Test func `mutated answers never end the program`() {
    var random = SeededGenerator(seed: 5)
    let wire = Array(Self.answers.map(\.wire).joined().utf8)
    var refused = 0
    for _ in 0..<20_000 {
      var octets = wire
      for _ in 0..<3 {
        octets[Int.random(in: 0..<octets.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      var reader = RESPReader()
      var buffer = ByteBuffer(bytes: octets)
      do {
        while try reader.next(&buffer) != nil {}
      } catch {
        refused += 1
      }
    }
    #expect(refused > 1_000)
  }
}
