internal import DomainNames

/// Names with a meaning of their own, which no order can be about.
///
/// From the IANA registry of special-use domain names (RFC 6761) and the infrastructure domain
/// `arpa` (RFC 3172). The names kept for documents and tests (`example`, `test`, RFC 6761,
/// Sections 6.2 and 6.5) are not among them: they reach nobody, and people try things out on them.
enum SpecialUse {
  private static let reverse: Set<DomainName> = names("in-addr.arpa", "ip6.arpa")
  private static let special: Set<DomainName> = names(
    "arpa", "localhost", "local", "invalid", "onion", "alt", "internal", "home.arpa",
    "localdomain", "6tisch.arpa", "eap-noob.arpa")

  /// The reason to refuse a name, given with the names above it.
  static func reason(for name: DomainName, among line: [DomainName]) -> Reason? {
    if line.contains(where: reverse.contains) {
      return Reason(
        code: "reverse-name", text: "\(name) is a reverse name: it stands for an address")
    }
    if line.contains(where: special.contains) {
      return Reason(code: "special-use", text: "\(name) is a special-use name (RFC 6761)")
    }
    return nil
  }

  private static func names(_ texts: String...) -> Set<DomainName> {
    Set(texts.compactMap { try? DomainName(presentation: $0) })
  }
}
