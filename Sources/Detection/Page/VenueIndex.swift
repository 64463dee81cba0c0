/// Known venues by the hosts of their pages.
struct VenueIndex: Sendable {
  let venues: [Venue]
  private var index = HostIndex()
  /// The venue of each host of ``index``.
  private var owners: [Int] = []

  init(_ venues: [Venue]) {
    self.venues = venues
    for (number, venue) in venues.enumerated() {
      for host in venue.hosts + venue.apiHosts where index.add(host) == owners.count {
        owners.append(number)
      }
    }
  }

  /// The venue that a host belongs to: its own host or one below it.
  func venue(_ octets: borrowing [UInt8], _ host: Range<Int>) -> Int? {
    index.numbers(octets, host).last.map { owners[$0.number] }
  }

  /// The venue that a host belongs to.
  func venue(of host: String) -> Int? {
    let octets = Array(host.utf8)
    return venue(octets, 0..<octets.count)
  }
}
