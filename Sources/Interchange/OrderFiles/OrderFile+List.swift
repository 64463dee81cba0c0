internal import Enforcement

/// Plain lists and hosts files: both go line by line and know `#` comments.
extension OrderFile {
  /// Reads a name a line.
  ///
  /// A comment behind a name is kept as its note.
  static func readList(
    _ text: SourceText, into targets: inout TargetCollector
  ) throws(OrderFileError) {
    var lines = LineSequence(text.content)
    while let line = lines.next() {
      guard let (content, comment) = try split(line) else { continue }
      if targets.lines.isEmpty, isZoneDirective(content) { throw .zoneFile(line: line.number) }
      try targets.add(
        LineID(line: line.number), input: content, reading: TargetReader.read(content),
        note: comment)
    }
  }

  /// Reads `0.0.0.0 name name # comment`; each name is an exact target, a part of its line.
  ///
  /// The entries that every hosts file carries for the machine itself are quarantined like all
  /// else that is no target: only a person strikes a line.
  static func readHosts(
    _ text: SourceText, into targets: inout TargetCollector
  ) throws(OrderFileError) {
    var lines = LineSequence(text.content)
    while let line = lines.next() {
      guard let (content, comment) = try split(line) else { continue }
      let words = content.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard words.count > 1, let address = words.first, IPAddressText.isAddress(address) else {
        try targets.quarantine(
          LineID(line: line.number), input: content, .hostsLine, note: comment)
        continue
      }
      for (index, name) in words.dropFirst().enumerated() {
        try targets.add(
          LineID(line: line.number, part: index + 1), input: String(name),
          reading: HostsEntry.reading(of: String(name), at: String(address)),
          scope: Scope.exact.rawValue, note: comment)
      }
    }
  }

  /// Whether a list's first line with content is that of a zone file (RFC 1035, Section 5.1).
  private static func isZoneDirective(_ content: String) -> Bool {
    content.hasPrefix("$TTL") || content.hasPrefix("$ORIGIN") || content.hasPrefix(";")
      || content.split(whereSeparator: \.isWhitespace).contains("SOA")
  }

  /// A line's content and comment; nil where it has no content.
  private static func split(
    _ line: LineSequence.Line
  ) throws(OrderFileError) -> (content: String, comment: String?)? {
    guard line.bytes.count <= maximumLineOctets else { throw .lineTooLong(line: line.number) }
    var content = line.bytes
    var comment: String?
    // A URL may hold a number sign, so a comment starts at the line's start or after white space.
    let mark = line.bytes.indices.first { index in
      line.bytes[index] == UInt8(ascii: "#")
        && (index == line.bytes.startIndex || line.bytes[index - 1].isASCIISpace)
    }
    if let mark {
      content = line.bytes[..<mark]
      comment = String(decoding: line.bytes[(mark + 1)...], as: UTF8.self)
    }
    content = content.trimmedOfASCIISpace
    guard !content.isEmpty else { return nil }
    return (String(decoding: content, as: UTF8.self), comment)
  }
}

/// One name of a hosts file, beside the address that it is given.
enum HostsEntry {
  /// Names that every machine's own hosts file has.
  private static let boilerplate: Set<String> = [
    "localhost", "localhost.localdomain", "localhost4", "localhost6",
    "localhost4.localdomain4", "localhost6.localdomain6", "local", "broadcasthost",
    "ip6-localhost", "ip6-loopback", "ip6-localnet", "ip6-mcastprefix", "ip6-allnodes",
    "ip6-allrouters", "ip6-allhosts", "0.0.0.0",
  ]

  /// Addresses that lead nowhere, by which hosts files block.
  private static let sinks: Set<String> = ["0.0.0.0", "127.0.0.1", "::", "::1", "::0", "0::0"]

  static func reading(of name: String, at address: String) -> Reading {
    let lower = name.lowercased()
    if boilerplate.contains(lower.hasSuffix(".") ? String(lower.dropLast()) : lower) {
      return .unreadable(Quarantine.hostsBoilerplate(name).reason)
    }
    guard sinks.contains(address.lowercased()) else {
      return .unreadable(Quarantine.hostsAddress(address).reason)
    }
    return TargetReader.read(name)
  }
}
