internal import Glibc

/// Random octets of the kernel (getentropy(3)), at most 256 a call.
///
/// Safety: the kernel writes exactly the number of octets asked for, at most what is left, within an
/// array held exclusively. Where it cannot, the program must not go on with octets that can be
/// foretold, so the call is repeated.
@Sendable
func systemOctets(_ count: Int) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
    while filled < count, let start = buffer.baseAddress {
      let wanted = min(256, count - filled)
      if getentropy(start + filled, wanted) == 0 { filled += wanted }
    }
  }
}
