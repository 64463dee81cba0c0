internal import DNSWire
internal import NIOCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Reply {
  /// What an error of a socket says about the server.
  init(_ error: any Error) {
    switch error {
    case let error as IOError where Self.isShortage(error.errnoCode):
      self = .exhausted
    case ChannelError.connectTimeout:
      self = .late
    case ChannelError.ioOnClosedChannel, ChannelError.alreadyClosed:
      self = .closed
    case is WireError:
      self = .malformed
    default:
      self = .unreachable
    }
  }

  /// Whether an error number means that this machine, not the network, has no more to give.
  private static func isShortage(_ number: CInt) -> Bool {
    [EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL].contains(number)
  }
}
