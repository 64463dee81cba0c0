public import DomainNames
internal import Enforcement

/// Writes the rules in force as the text of a response policy zone
/// (draft-vixie-dnsop-dns-rpz, Sections 3 to 5).
///
/// An exact rule answers NODATA even where it says NXDOMAIN, and so does a name above a protected
/// one: NXDOMAIN denies every name below too, and a resolver may act on that (RFC 8020).
public struct RPZWriter: Sendable {
  /// The zone's own name; short ones leave more room for the names in it.
  public var zone: DomainName
  /// The zone's serial number.
  public var serial: UInt32
  /// What rules that answer with an address answer.
  public var addresses: [BlockPageAddress]
  /// Names that are never blocked, with all names below them.
  public var protectedNames: [DomainName]

  /// The time to live of every record in seconds; short, so that a lifted block ends soon.
  public static let timeToLive = 60

  /// Takes what the rules do not say.
  public init(
    zone: DomainName,
    serial: UInt32,
    addresses: [BlockPageAddress] = [],
    protectedNames: [DomainName] = []
  ) {
    self.zone = zone
    self.serial = serial
    self.addresses = addresses
    self.protectedNames = protectedNames
  }

  /// Writes the zone piece by piece, in canonical order; the same rules give the same octets.
  ///
  /// - Parameters:
  ///   - rules: the rules in force, in any order.
  ///   - sink: takes the pieces in their order.
  /// - Returns: what the zone could not say as the rules do.
  /// - Throws: what `sink` throws.
  public func write<Failure: Error>(
    _ rules: some Sequence<EnforcedRule>,
    to sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) -> [ZoneDeviation] {
    var plan = RPZPlan(zone: zone, addresses: addresses, protectedNames: protectedNames)
    for rule in rules.inCanonicalOrder { plan.add(rule) }
    let records = plan.records()
    var output = ChunkedOutput<Failure>()
    try output.append(head, to: sink)
    for record in records { try output.append(text(of: record), to: sink) }
    try output.finish(to: sink)
    return plan.deviations
  }

  private var head: String {
    let origin = zone.isRoot ? "." : "\(zone)."
    return """
      ; Names blocked by order, as a response policy zone.
      $ORIGIN \(origin)
      $TTL \(Self.timeToLive)
      @ IN SOA localhost. hostmaster.localhost. \(serial) 300 60 604800 60
      @ IN NS localhost.

      """
  }

  private func text(of record: RPZRecord) -> String {
    let owner = record.owner
    switch record.action {
    case .denyName: return "\(owner) IN CNAME .\n"
    case .denyData: return "\(owner) IN CNAME *.\n"
    case .pass: return "\(owner) IN CNAME rpz-passthru.\n"
    case .address:
      return addresses.map { "\(owner) IN \($0.isVersion6 ? "AAAA" : "A") \($0.text)\n" }.joined()
    }
  }
}
