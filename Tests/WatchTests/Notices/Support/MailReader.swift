import Foundation

/// Reads a message back, by the letter of RFC 5322, 2045 and 2047; slow and plain.
struct MailReader {
  var fields: [(name: String, value: String)] = []
  var parts: [MailReader] = []
  var body: [UInt8] = []

  init(_ octets: [UInt8]) throws {
    let text = String(decoding: octets, as: UTF8.self)
    let halves = text.components(separatedBy: "\r\n\r\n")
    let head = halves[0].replacingOccurrences(of: "\r\n ", with: " ")
    for line in head.components(separatedBy: "\r\n") where !line.isEmpty {
      let name = line.prefix { $0 != ":" }
      fields.append((String(name), line.dropFirst(name.count + 2).description))
    }
    let rest = halves.dropFirst().joined(separator: "\r\n\r\n")
    if let type = self["Content-Type"], let range = type.range(of: "boundary=\"") {
      let boundary = type[range.upperBound...].prefix { $0 != "\"" }
      let pieces = ("\r\n" + rest).components(separatedBy: "\r\n--\(boundary)")
      parts = try pieces.dropFirst().dropLast().map {
        try MailReader(Array($0.dropFirst().utf8))
      }
    } else {
      body = Self.decoded(rest, self["Content-Transfer-Encoding"] ?? "7bit")
    }
  }

  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// A field with its encoded words decoded.
  func decoded(_ name: String) -> String {
    var octets: [UInt8] = []
    for word in (self[name] ?? "").components(separatedBy: " ") {
      if word.hasPrefix("=?UTF-8?B?"), word.hasSuffix("?=") {
        octets += Data(base64Encoded: String(word.dropFirst(10).dropLast(2))) ?? Data()
      } else {
        octets += (octets.isEmpty ? "" : " ").utf8
        octets += word.utf8
      }
    }
    return String(decoding: octets, as: UTF8.self)
  }

  private static func decoded(_ text: String, _ encoding: String) -> [UInt8] {
    switch encoding {
    case "base64":
      return Array(Data(base64Encoded: text.replacingOccurrences(of: "\r\n", with: "")) ?? Data())
    case "quoted-printable":
      var octets: [UInt8] = []
      var rest = Array(text.replacingOccurrences(of: "=\r\n", with: "").utf8)[...]
      while let octet = rest.popFirst() {
        if octet == UInt8(ascii: "=") {
          octets.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
          rest = rest.dropFirst(2)
        } else {
          octets.append(octet)
        }
      }
      return octets
    default: return Array(text.utf8)
    }
  }
}
