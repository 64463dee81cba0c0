import DomainNames

/// The index file: whatever its octets, searches and walks stay inside, and end.
///
/// Safety: the image outlives the indexes made here, which go with this function.
enum IndexTarget {
  static func run(_ image: UnsafeRawBufferPointer) {
    let isWhole = (try? NameIndex(image: image, release: {})) != nil
    // Checksums keep chance out, not a forger: here they are taken for right.
    guard let index = try? NameIndex(image: image, isTrusted: true, release: {}) else {
      precondition(!isWhole, "with right checksums less is taken than without")
      return
    }
    _ = index.notes
    for name in names { look(name, in: index) }
    for entry in index.entries.prefix(200) { look(entry.name, in: index) }
    let layered = LayeredNameIndex(base: index)
    _ = layered.merged(key: index.key)
  }

  private static func look(_ name: DomainName, in index: NameIndex) {
    let found = index.lookup(name) { $0 % 3 != 0 }
    precondition(found.rule.map { $0 % 3 != 0 } ?? true, "a rule that does not count is found")
    precondition(found.rule == nil || !found.isProtected, "a rule beats a protection")
  }

  /// Names that the seeds have, names below them, and others.
  private static let names = [
    "com", "venue.com", "www.venue.com", "a.b.c.venue.com", "safe.venue.com", "exact.example",
    "below.exact.example", "other.net", "n1.example", "n2.example", "n9.example",
  ].compactMap { try? DomainName(presentation: $0) }
}
