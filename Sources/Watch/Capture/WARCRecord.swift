internal import Crypto
internal import Enforcement

/// One record of a WARC file (ISO 28500:2017, WARC 1.1).
struct WARCRecord: Sendable, Hashable {
  /// The kinds that are written here (Section 6).
  enum Kind: String, Sendable, Hashable {
    case warcinfo
    case request
    case response
    case resource
    case metadata
    case revisit
  }

  /// A named field.
  struct Field: Sendable, Hashable {
    var name: String
    var value: String
  }

  var kind: Kind
  /// `urn:uuid:…`, without angle brackets.
  var id: String
  var time: Instant
  var contentType: String
  /// Fields beside those that every record has.
  var fields: [Field]
  var block: [UInt8]

  /// The record before compression: header, block, and the two line ends behind it.
  var octets: [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(block.count + 1_024)
    octets += "WARC/1.1\r\n".utf8
    let own = [
      Field(name: "WARC-Type", value: kind.rawValue),
      Field(name: "WARC-Record-ID", value: "<\(id)>"),
      Field(name: "WARC-Date", value: time.description),
    ]
    let last = [
      Field(name: "WARC-Block-Digest", value: Self.digestField(block)),
      Field(name: "Content-Type", value: contentType),
      Field(name: "Content-Length", value: String(block.count)),
    ]
    for field in own + fields + last {
      octets += field.name.utf8
      octets += ": ".utf8
      // A line end in a value would begin another field.
      octets += field.value.utf8.lazy.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }
      octets += "\r\n".utf8
    }
    octets += "\r\n".utf8
    octets += block
    octets += "\r\n\r\n".utf8
    return octets
  }

  /// A digest as fields write it: `sha256:` and hexadecimal.
  static func digestField(_ octets: some Collection<UInt8>) -> String { "sha256:" + hex(octets) }

  /// SHA-256 in lower-case hexadecimal.
  static func hex(_ octets: some Collection<UInt8>) -> String {
    var hash = SHA256()
    let isWhole: Void? = octets.withContiguousStorageIfAvailable {
      hash.update(bufferPointer: .init($0))
    }
    if isWhole == nil { hash.update(data: Array(octets)) }
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for octet in hash.finalize() {
      text.append(digits[Int(octet >> 4)])
      text.append(digits[Int(octet & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
