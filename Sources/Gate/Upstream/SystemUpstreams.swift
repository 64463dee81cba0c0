/// The servers this machine uses for itself.
enum SystemUpstreams {
  /// Where systems keep them (resolv.conf(5)).
  static let path = "/etc/resolv.conf"

  /// Reads the `nameserver` lines of resolv.conf, in their order, each address once.
  ///
  /// Comments, other keywords and lines that hold no address of this machine's families are passed
  /// over, as the C library does.
  static func parse(_ text: some StringProtocol) -> [ServerAddress] {
    var servers: [ServerAddress] = []
    for line in text.split(whereSeparator: \.isNewline) {
      // The keyword stands at the very start of its line; what follows the address does not count.
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard line.hasPrefix("nameserver"), words.first == "nameserver", words.count > 1,
        let server = ServerAddress(ip: words[1]), !servers.contains(server)
      else { continue }
      servers.append(server)
    }
    return servers
  }
}
