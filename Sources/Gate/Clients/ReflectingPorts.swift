/// Ports from which nobody asks, and at which something may answer whatever comes.
///
/// An answer to one of them can start an exchange that never ends.
enum ReflectingPorts {
  /// Whether a query from a port may be answered: not from 0, which is none, and not from echo,
  /// daytime, quote of the day, chargen and time (RFC 862, 867, 865, 864 and 868).
  static func isFree(_ port: UInt16) -> Bool {
    guard port < 38 else { return true }
    switch port {
    case 0, 7, 13, 17, 19, 37: return false
    default: return true
    }
  }
}
