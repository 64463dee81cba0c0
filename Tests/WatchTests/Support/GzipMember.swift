@testable import Watch

/// Packs octets as one gzip member.
enum GzipMember {
  static func pack(_ octets: [UInt8]) -> [UInt8]? { GzipPacker()?.pack(octets) }
}
