internal import Glibc
internal import NIOPosix

/// The system's resolver, asked on a bounded pool of threads of its own.
///
/// Safety: `getaddrinfo` allocates one list, which is walked once and freed here; every address is
/// copied out as the family of its entry says, and only where the entry is long enough for it.
public struct SystemResolver: Resolving {
  private let threads: NIOThreadPool

  /// Takes the threads to ask on; by default those that all of the process shares.
  public init() {
    threads = .singleton
  }

  /// Asks for both families.
  public func addresses(of host: String) async throws(AddressRefusal) -> [IPAddress] {
    do {
      return try await threads.runIfActive { try Self.ask(host) }
    } catch let failure as AddressRefusal {
      throw failure
    } catch {
      throw .unresolved(host: host)
    }
  }

  private static func ask(_ host: String) throws(AddressRefusal) -> [IPAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_family = AF_UNSPEC
    var list: UnsafeMutablePointer<addrinfo>?
    let outcome = getaddrinfo(host, nil, &hints, &list)
    defer { if let list { freeaddrinfo(list) } }
    switch outcome {
    case 0: break
    case EAI_NONAME, noData: return []
    default: throw .unresolved(host: host)
    }
    var found: [IPAddress] = []
    var entry = list
    while let current = entry?.pointee, found.count < AddressGuard.maximumAddresses {
      if let address = address(current), !found.contains(address) { found.append(address) }
      entry = current.ai_next
    }
    return found
  }

  /// `EAI_NODATA`, which the C library shows to GNU programs only: a name without addresses.
  private static let noData: Int32 = -5

  private static func address(_ entry: addrinfo) -> IPAddress? {
    guard let raw = UnsafeRawPointer(entry.ai_addr) else { return nil }
    let length = Int(entry.ai_addrlen)
    switch entry.ai_family {
    case AF_INET:
      guard length >= MemoryLayout<sockaddr_in>.size else { return nil }
      let value = raw.loadUnaligned(as: sockaddr_in.self)
      return withUnsafeBytes(of: value.sin_addr) { IPAddress(octets: $0) }
    case AF_INET6:
      guard length >= MemoryLayout<sockaddr_in6>.size else { return nil }
      let value = raw.loadUnaligned(as: sockaddr_in6.self)
      return withUnsafeBytes(of: value.sin6_addr) { IPAddress(octets: $0) }
    default:
      return nil
    }
  }
}
