internal import DomainNames

/// The name of a site that someone registered, and whether strangers have sites below it.
struct RegisteredName: Sendable, Hashable {
  /// The name: `example.co.uk` for `www.example.co.uk`, `github.io` for `alice.github.io`.
  let name: DomainName
  /// Whether the site is one of many below this name, run by others.
  let isShared: Bool

  /// Finds the registered name of a host.
  ///
  /// Without a list of suffixes the last two labels are taken.
  init(host: String, suffixes: PublicSuffixes?) throws(ContactFault) {
    guard let host = try? DomainName(international: host), host.labelCount >= 2 else {
      throw .noName(host)
    }
    guard let suffixes else {
      name = ([host] + host.ancestors).first { $0.labelCount == 2 } ?? host
      isShared = false
      return
    }
    let suffix = suffixes.publicSuffix(of: host)
    if suffixes.section(of: suffix) == .private {
      // The platform's own registered name: the suffix, or what it stands below.
      name = Self.registered(suffix, suffixes) ?? suffix
      isShared = true
      return
    }
    guard let registrable = suffixes.registrableDomain(of: host) else { throw .noName("\(host)") }
    name = registrable
    isShared = false
  }

  /// The longest name at or above a private suffix that stands right below a registry's suffix.
  private static func registered(_ suffix: DomainName, _ suffixes: PublicSuffixes) -> DomainName? {
    let chain = [suffix] + suffix.ancestors
    let registry = chain.firstIndex { suffixes.section(of: $0) == .icann }
    guard let registry, registry > 0 else { return nil }
    return chain[registry - 1]
  }
}
