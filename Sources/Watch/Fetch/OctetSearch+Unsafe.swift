internal import Glibc

/// Search for one octet by the C library, which compares many at once.
///
/// Safety: the pointer and the count are those of a lent buffer, from an offset within it on, for one
/// call; what comes back lies in that buffer.
enum OctetSearch {
  /// The first place of an octet from an offset on; nil where there is none.
  static func first(_ octet: UInt8, in octets: borrowing [UInt8], from start: Int = 0) -> Int? {
    octets.withUnsafeBufferPointer { first(octet, in: $0, from: start) }
  }

  /// Whether an octet is among some.
  static func contains(_ octet: UInt8, in octets: ArraySlice<UInt8>) -> Bool {
    octets.withUnsafeBufferPointer { first(octet, in: $0, from: 0) } != nil
  }

  private static func first(
    _ octet: UInt8, in buffer: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int? {
    guard start >= 0, start < buffer.count, let base = buffer.baseAddress else { return nil }
    let found = memchr(base + start, Int32(octet), buffer.count - start)
    return found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
  }
}
