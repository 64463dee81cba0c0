/// What signals look for in the references of a page, by host.
struct ReferenceIndex: Sendable {
  private var hosts = HostIndex()
  /// By the number of the host.
  private var byHost: [[Entry]] = []
  private var anyHost: [Entry] = []
  /// Elements for which patterns without a host exist.
  private var anyHostElements: Set<MarkupElement> = []
  /// Whether links are among them.
  private(set) var takesAnyLink = false

  private struct Entry: Sendable {
    let signal: Int
    let pattern: MarkupPattern
    /// Segments of each path; `*` stands for any.
    let paths: [[String]]
    /// Whether subdomains of the host count.
    let takesSubdomains: Bool
  }

  mutating func add(_ pattern: MarkupPattern, signal: Int) {
    let paths = pattern.paths.map { $0.split(separator: "/").map(String.init) }
    func entry(_ takesSubdomains: Bool) -> Entry {
      Entry(signal: signal, pattern: pattern, paths: paths, takesSubdomains: takesSubdomains)
    }
    if pattern.hosts.isEmpty {
      guard !pattern.paths.isEmpty || !pattern.queryKeys.isEmpty else { return }
      anyHost.append(entry(true))
      anyHostElements.formUnion(pattern.elements)
      takesAnyLink = anyHostElements.contains(.link)
    }
    for host in pattern.hosts {
      let isWide = host.hasPrefix("*.")
      let number = hosts.add(isWide ? String(host.dropFirst(2)) : host)
      if number == byHost.count { byHost.append([]) }
      byHost[number].append(entry(isWide))
    }
  }

  /// Whether a reference may concern any signal whose host stands at a range of some octets.
  func mayConcern(
    _ element: MarkupElement, _ octets: borrowing [UInt8], host: Range<Int>?
  ) -> Bool {
    if anyHostElements.contains(element) { return true }
    return host.map { isKnown(octets, $0) } ?? false
  }

  /// Whether a host or one above it is looked for.
  func isKnown(_ octets: borrowing [UInt8], _ host: Range<Int>) -> Bool {
    !hosts.numbers(octets, host).isEmpty
  }

  /// The signals that a reference meets.
  func signals(_ element: MarkupElement, _ address: WebAddress) -> [Int] {
    var met: [Int] = []
    let octets = Array(address.host.utf8)
    for (number, isWhole) in hosts.numbers(octets, 0..<octets.count) {
      for entry in byHost[number] where isWhole || entry.takesSubdomains {
        if Self.isMet(entry, element, address) { met.append(entry.signal) }
      }
    }
    for entry in anyHost where Self.isMet(entry, element, address) { met.append(entry.signal) }
    return met
  }

  private static func isMet(
    _ entry: Entry, _ element: MarkupElement, _ address: WebAddress
  ) -> Bool {
    guard entry.pattern.elements.contains(element) else { return false }
    let keys = entry.pattern.queryKeys
    return (entry.paths.isEmpty || entry.paths.contains { begins(address.path, $0) })
      && (keys.isEmpty || address.query.contains { keys.contains($0.key) && !$0.value.isEmpty })
  }

  private static func begins(_ path: [String], _ wanted: [String]) -> Bool {
    path.count >= wanted.count
      && zip(path, wanted).allSatisfy { $1 == "*" || $0.lowercased() == $1.lowercased() }
  }
}
