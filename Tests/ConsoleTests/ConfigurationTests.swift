import DomainNames
import Enforcement
import Foundation
import Gate
import Testing

@testable import Console

@Suite("Configuration") struct ConfigurationTests {
  /// Reads the text of a file, as `cordon.yaml`, and environment variables.
  private func load(
    _ yaml: String = "", environment: [String: String] = [:]
  ) throws -> CordonConfiguration {
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("\(UUID().uuidString).yaml")
    try Data(yaml.utf8).write(to: place)
    defer { try? FileManager.default.removeItem(at: place) }
    return try CordonConfiguration.load(path: place.path, environment: environment)
  }

  /// What is wrong with a configuration; nil where nothing is.
  private func fault(
    _ yaml: String = "", environment: [String: String] = [:]
  ) throws -> ConfigurationFault? {
    do {
      _ = try load(yaml, environment: environment)
      return nil
    } catch let fault as ConfigurationFault {
      return fault
    }
  }

  /// Everything a configuration says, to compare by.
  private func all(_ configuration: CordonConfiguration) -> String {
    String(reflecting: configuration)
  }

  // MARK: Defaults

  @Test(arguments: ["", "\n", "# nothing\n", "---\n", "gate:\n", "gate: {}\nconsole:\n", "~\n"])
  func `what nobody sets is at its default`(yaml: String) throws {
    let configuration = try load(yaml)
    #expect(configuration.origin == "localhost/cordon")
    #expect(configuration.listeners == [ListenAddress(address: "127.0.0.1", port: 5300)])
    #expect(configuration.workers == 2)
    #expect(configuration.upstream == .system)
    #expect(configuration.cacheOctets == 64 << 20)
    #expect(configuration.blockPage == BlockPageAddresses())
    #expect(configuration.console == ListenAddress(address: "127.0.0.1", port: 8480))
    #expect(configuration.consoleURL == "http://127.0.0.1:8480")
    #expect(configuration.defaultScope == .subtree)
    #expect(configuration.policies == nil)
    #expect(configuration.suffixList == "/usr/share/publicsuffix/public_suffix_list.dat")
    #expect(configuration.popularity == nil)
    #expect(configuration.doors.encryption == nil)
    #expect(configuration.doors.limits == StreamLimits())
    #expect(configuration.ownNames.isEmpty)
    #expect(configuration.protected.isEmpty)
  }

  @Test func `the example file says the defaults, and names every key and variable`() throws {
    let path = URL(fileURLWithPath: #filePath)
      .appendingPathComponent("../../../cordon.example.yaml").standardizedFileURL.path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(
      all(try CordonConfiguration.load(path: path, environment: [:])) == all(try load()))
    var values = ConfigurationValues()
    try values.read(yaml: text, fileName: "example")
    for key in ConfigurationKey.all {
      #expect(values.values[key.path] != nil, "\(key.path)")
      #expect(text.contains("# \(key.variable)\n"), "\(key.variable)")
    }
  }

  @Test func `keys differ, and so do their variables`() {
    #expect(Set(ConfigurationKey.all.map(\.path)).count == ConfigurationKey.all.count)
    #expect(Set(ConfigurationKey.all.map(\.variable)).count == ConfigurationKey.all.count)
    #expect(ConfigurationKey.all.allSatisfy { $0.variable.hasPrefix("CORDON_") })
  }

  // MARK: Every key, in both ways

  /// The public key of a log that nobody has the private key of.
  private static let logKey =
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEHZvdnPldAFIm9072qwq3HKRLq6tK"
    + "ssF0FzKM0al9tBzslkdfQjjyZUnr+CVgTPAiTT2F9lKjHokru89d8sy9BA=="

  /// A key, a value in the file, and the same value in a variable.
  static let settings: [(String, String, String)] = [
    ("log.origin", "log.example/x", "log.example/x"),
    ("gate.listen", "[192.0.2.1, '[::1]:5353']", "192.0.2.1, [::1]:5353 "),
    ("gate.workers", "16", "16"), ("gate.pin_workers", "true", "true"),
    ("gate.upstream", "recursive", "recursive"),
    ("gate.upstream", "[192.0.2.1, 192.0.2.2:5353]", "192.0.2.1,192.0.2.2:5353"),
    ("gate.cache_mebibytes", "1", "1"),
    (
      "gate.upstream", "['tls://192.0.2.1#dns.example', tcp://192.0.2.2]",
      "tls://192.0.2.1#dns.example,tcp://192.0.2.2"
    ),
    ("gate.upstream_authorities", "/a/file", "/a/file"), ("gate.stale_hours", "0", "0"),
    ("gate.brake.percent", "0", "0"), ("gate.brake.minimum", "1", "1"),
    ("gate.brake.window_seconds", "1", "1"), ("gate.brake.youth_hours", "1", "1"),
    ("gate.brake.daily_limit", "0", "0"),
    ("gate.block_page", "[192.0.2.80, '2001:db8::80']", "192.0.2.80,2001:db8::80"),
    ("gate.tls.certificate", "/a/file", "/a/file"), ("gate.tls.key", "/a/file", "/a/file"),
    ("gate.tls.listen", "['[::1]:853']", "[::1]:853"), ("gate.https.listen", "[]", ""),
    ("gate.streams.connections", "7", "7"), ("gate.streams.connections_per_client", "8", "8"),
    ("gate.streams.queries_per_connection", "9", "9"), ("gate.streams.idle_seconds", "1", "1"),
    ("gate.recursion.trust_anchor", "/a/key", "/a/key"),
    ("gate.recursion.root_hints", "/a/hints", "/a/hints"),
    (
      "gate.recursion.stubs", "{example.com: 192.0.2.1:53}", " example.com = 192.0.2.1:53,"
    ),
    ("gate.allow", "[192.0.2.0/24, '2001:db8::/32']", "192.0.2.0/24,2001:db8::/32"),
    ("gate.others", "drop", "drop"), ("gate.cookies.enabled", "false", "false"),
    ("gate.cookies.secrets", "/a/file", "/a/file"),
    ("gate.cookies.require", "always", "always"),
    ("gate.rate_limit.answers", "0", "0"), ("gate.rate_limit.slip", "1", "1"),
    ("gate.rate_limit.ipv4_prefix", "32", "32"), ("gate.rate_limit.ipv6_prefix", "64", "64"),
    ("gate.rate_limit.exempt", "[]", ""), ("gate.nsid", "gate-1", "gate-1"),
    ("gate.explanation.organization", "An ISP", "An ISP"),
    (
      "gate.explanation.contacts", "['mailto:help@isp.example', 'tel:+1-201-555-0123']",
      "mailto:help@isp.example,tel:+1-201-555-0123"
    ),
    ("gate.explanation.database", "isp-orders", "isp-orders"),
    ("gate.explanation.option", "65001", "65001"),
    ("console.listen", "'[::1]:80'", "[::1]:80"),
    ("console.url", "https://cordon.example/", "https://cordon.example/"),
    ("orders.default_scope", "exact", "exact"),
    ("assessment.policies", "/a/folder", "/a/folder"),
    ("assessment.suffix_list", "/a/list", "/a/list"),
    ("assessment.popularity", "/a/file", "/a/file"),
    ("assessment.own_names", "[Operator.example, börse.example]", "Operator.example,börse.example"),
    ("watch.allow_addresses", "[10.0.0.0/8, '127.0.0.1:8080']", "10.0.0.0/8,127.0.0.1:8080"),
    ("watch.enabled", "true", "true"), ("watch.workers", "4096", "4096"),
    ("watch.contact_url", "https://office.example/", "https://office.example/"),
    ("watch.user_agent", "An agent (office.example)", "An agent (office.example)"),
    ("watch.delay_milliseconds", "0", "0"), ("watch.host_connections", "2", "2"),
    ("watch.pages_per_site", "1", "1"), ("watch.depth", "0", "0"),
    ("watch.capture", "only-findings", "only-findings"), ("watch.render", "off", "off"),
    ("watch.browser", "/a/program", "/a/program"),
    (
      "watch.ct_logs", "['https://log.example/ \(logKey)']", "https://log.example/ \(logKey)"
    ),
    ("watch.ct_keywords", "[presale, 交易所]", "presale,交易所"),
    ("notice.reporter", "An Office", "An Office"),
    ("notice.contact", "answers@office.example", "answers@office.example"),
    ("notice.rule", "'An Act, s. 5'", "An Act, s. 5"),
    ("notice.contest_url", "https://office.example/contest", "https://office.example/contest"),
    ("mail.server", "mail.example:2525", "mail.example:2525"), ("mail.tls", "implicit", "implicit"),
    ("mail.from", "watch@office.example", "watch@office.example"),
    ("mail.credentials", "/a/file", "/a/file"), ("mail.authority", "/a/file", "/a/file"),
    ("rdap.bootstrap", "/a/folder", "/a/folder"),
    ("rdap.servers", "{example: https://rdap.example/}", "example=https://rdap.example/"),
    ("protected", "[a.example, b.example]", "a.example,b.example"),
    ("conduct.allow_loopback", "true", "true"),
    ("conduct.allow_addresses", "['10.0.0.0/8', hooks.example]", "10.0.0.0/8,hooks.example"),
    ("conduct.redis.authority", "/a/file", "/a/file"),
    ("conduct.redis.certificate", "/a/file", "/a/file"), ("conduct.redis.key", "/b/key", "/b/key"),
    ("conduct.redis.server", "rediss://redis.example:6380", "rediss://redis.example:6380"),
    ("conduct.redis.credentials", "/etc/passwd", "/etc/passwd"),
    ("conduct.redis.platform", "agora", "agora"), ("conduct.redis.stream", "talk", "talk"),
    ("conduct.redis.group", "desk", "desk"), ("conduct.redis.consumer", "desk-2", "desk-2"),
    ("report.ahead_minutes", "30", "30"),
    ("report.authorities", "{chat: https://office.example/}", "chat=https://office.example/"),
    ("report.dsa.url", "https://dsa.example", "https://dsa.example"),
    ("report.dsa.tokens", "{chat: /a/token}", "chat=/a/token"),
  ]

  /// What a key counts for nothing without.
  private static func company(of path: String) -> [String: String] {
    if path.hasPrefix("gate.recursion") { return ["CORDON_GATE_UPSTREAM": "recursive"] }
    if path.hasPrefix("gate.tls") {
      return ["CORDON_GATE_TLS_CERTIFICATE": "/a/chain", "CORDON_GATE_TLS_KEY": "/a/key"]
    }
    if path.hasPrefix("conduct.redis") {
      return [
        "CORDON_CONDUCT_REDIS_SERVER": "rediss://127.0.0.1",
        "CORDON_CONDUCT_REDIS_PLATFORM": "forum", "CORDON_CONDUCT_REDIS_CERTIFICATE": "/a/chain",
        "CORDON_CONDUCT_REDIS_KEY": "/a/key",
      ]
    }
    guard path.hasPrefix("notice.") || path.hasPrefix("mail.") else { return [:] }
    return [
      "CORDON_NOTICE_REPORTER": "Office", "CORDON_NOTICE_CONTACT": "desk@office.example",
      "CORDON_NOTICE_RULE": "a rule", "CORDON_MAIL_FROM": "desk@office.example",
      "CORDON_MAIL_SERVER": "127.0.0.1",
    ]
  }

  /// A key with its value, nested as in a file.
  private func yaml(_ path: String, _ value: String) -> String {
    let parts = path.split(separator: ".")
    return parts.enumerated().map { depth, part in
      String(repeating: "  ", count: depth) + part + ":"
    }.joined(separator: "\n") + " \(value)\n"
  }

  @Test(arguments: settings)
  func `a key does the same in the file and in the environment`(
    path: String, inFile: String, inVariable: String
  ) throws {
    let key = try #require(ConfigurationKey.all.first { $0.path == path })
    var base = Self.company(of: path)
    let whole = all(try load(environment: base))
    base[key.variable] = nil
    let byFile = try load(yaml(path, inFile), environment: base)
    let byVariable = try load(
      environment: base.merging([key.variable: inVariable]) { $1 })
    #expect(all(byFile) == all(byVariable))
    #expect(all(byFile) != whole)
  }

  @Test func `every key is tried in both ways`() {
    #expect(Set(Self.settings.map(\.0)) == Set(ConfigurationKey.all.map(\.path)))
  }

  @Test func `the environment wins over the file`() throws {
    let configuration = try load(
      "gate:\n  workers: 3\n  cache_mebibytes: 5\n", environment: ["CORDON_GATE_WORKERS": "4"])
    #expect(configuration.workers == 4)
    #expect(configuration.cacheOctets == 5 << 20)
  }

  @Test func `values come out as they were meant`() throws {
    let configuration = try load(
      """
      console:
        url: https://cordon.example/
      gate:
        block_page: ["2001:db8::80", 192.0.2.80]
        upstream: recursive
        recursion:
          stubs:
            example.com: 192.0.2.1
      protected: [Börse.example., WWW.Example.COM]
      """)
    #expect(configuration.consoleURL == "https://cordon.example")
    #expect(configuration.blockPage.ipv4 == [192, 0, 2, 80])
    #expect(configuration.blockPage.ipv6?.count == 16)
    #expect(configuration.protected == ["xn--brse-5qa.example", "www.example.com"])
    #expect(
      configuration.upstream
        == .chosen(.recursive(UpstreamChoice.Recursion(stubs: ["example.com": ["192.0.2.1"]]))))
  }

  // MARK: Faults

  /// A file, the line that is named, and words of the reason.
  static let faults: [(String, Int?, [String])] = [
    ("gate:\n  listn: [127.0.0.1]\n", 2, ["gate.listn", "gate.listen"]),
    ("\n\ngat:\n  workers: 2\n", 3, ["no key gat", "did you mean gate"]),
    ("protectd: []\n", 1, ["protectd", "did you mean protected"]),
    ("zzzzzzzzzzzz: 1\n", 1, ["no key zzzzzzzzzzzz"]),
    ("gate:\n  recursion:\n    stub: {}\n", 3, ["gate.recursion.stubs"]),
    ("gate: 3\n", 1, ["gate holds keys of its own"]),
    ("gate: [1]\n", 1, ["gate holds keys of its own"]),
    ("- gate\n", 1, ["no mapping"]),
    ("gate\n", 1, ["no mapping"]),
    ("gate:\n  workers: 2\n  workers: 3\n", nil, ["twice", "workers"]),
    ("gate:\n  workers: 2\ngate:\n  workers: 3\n", nil, ["twice", "gate"]),
    ("gate:\n  workers: many\n", 2, ["gate.workers", "1 to 256"]),
    ("gate:\n  workers: 0\n", 2, ["1 to 256"]),
    ("gate:\n  workers: 257\n", 2, ["1 to 256"]),
    ("gate:\n  workers: 99999999999999999999\n", 2, ["1 to 256"]),
    ("gate:\n  workers: [2]\n", 2, ["single value"]),
    ("gate:\n  workers: {a: 2}\n", 2, ["single value"]),
    ("gate:\n  cache_mebibytes: 65537\n", 2, ["65536"]),
    ("gate:\n  listen: 127.0.0.1:53\n", 2, ["holds a list", "[127.0.0.1:5300]"]),
    ("gate:\n  listen: {a: b}\n", 2, ["holds a list"]),
    ("gate:\n  listen: [localhost]\n", 2, ["localhost", "no address"]),
    ("gate:\n  listen: [[127.0.0.1]]\n", 2, ["no address"]),
    ("gate:\n  tls:\n    key: k\n", 3, ["gate.tls.key", "without gate.tls.certificate"]),
    ("gate:\n  tls:\n    certificate: c\n", 3, ["without gate.tls.key"]),
    ("gate:\n  https:\n    listen: [x]\n", 3, ["gate.https.listen", "no address"]),
    ("gate:\n  streams:\n    connections: 0\n", 3, ["1 to 1000000"]),
    ("gate:\n  upstream: nobody\n", 2, ["nobody", "system, recursive"]),
    ("gate:\n  upstream: [dns.example]\n", 2, ["dns.example"]),
    ("gate:\n  upstream: {a: b}\n", 2, ["holds a list"]),
    ("gate:\n  block_page: [cordon.example]\n", 2, ["cordon.example", "IPv4 or IPv6"]),
    ("gate:\n  recursion:\n    stubs: [a]\n", 3, ["names with values"]),
    ("gate:\n  recursion:\n    stubs: a\n", 3, ["names with values"]),
    ("console:\n  listen: here\n", 2, ["here"]),
    ("orders:\n  default_scope: all\n", 2, ["all", "scope"]),
    ("protected: ['not a name']\n", 1, ["not a name", "domain name"]),
    ("protected: name.example\n", 1, ["holds a list"]),
    ("mail:\n  server: smtp.example:0\n", 2, ["smtp.example:0", "no host"]),
    ("mail:\n  tls: tls13\n", 2, ["tls13", "starttls, implicit"]),
    ("mail:\n  tls: off\n  credentials: /a\n", 2, ["password", "implicit"]),
    ("notice:\n  reporter: Someone\n", 2, ["mail.from is needed"]),
    ("rdap:\n  servers: {com: rdap.example}\n", 2, ["rdap.example", "http"]),
    ("rdap:\n  servers: {'a b': 'https://rdap.example/'}\n", 2, ["a b", "range"]),
    ("gate:\n\tworkers: 2\n", 2, ["not YAML"]),
    ("gate: [1, 2\n", 2, ["not YAML"]),
    ("gate: &a {workers: 2}\nconsole: *b\n", 2, ["not YAML"]),
  ]

  @Test(arguments: faults)
  func `a fault is told with its line and what to do`(
    yaml: String, line: Int?, words: [String]
  ) throws {
    let fault = try #require(try fault(yaml))
    #expect(fault.place.hasSuffix(".yaml"))
    if let line { #expect(fault.line == line, "\(fault)") }
    for word in words { #expect(fault.description.contains(word), "\(fault)") }
  }

  static let environmentFaults: [(String, String, String)] = [
    ("CORDON_GATE_WORKERS", "x", "1 to 256"), ("CORDON_GATE_WORKERS", "", "1 to 256"),
    ("CORDON_GATE_LISTEN", "here", "no address"), ("CORDON_GATE_UPSTREAM", "Recursive", "resolver"),
    ("CORDON_ORDERS_DEFAULT_SCOPE", "", "scope"), ("CORDON_PROTECTED", "a b", "domain name"),
    ("CORDON_CONSOLE_LISTEN", "127.0.0.1:x", "127.0.0.1:x"),
    ("CORDON_WATCH_ALLOW_ADDRESSES", "10.0.0.0/99", "no address"),
    ("CORDON_MAIL_FROM", "desk@office.example", "needed"), ("CORDON_MAIL_SERVER", "a b", "no host"),
    ("CORDON_RDAP_SERVERS", "a b=https://x.example/", "neither"),
  ]

  @Test(arguments: environmentFaults)
  func `a fault in a variable is told with its name`(
    variable: String, value: String, words: String
  ) throws {
    let fault = try #require(try fault(environment: [variable: value]))
    #expect(fault.place == variable)
    #expect(fault.line == nil)
    #expect(fault.description.contains(words), "\(fault)")
  }

  @Test(arguments: ["=", "==", "=x", ",", " , ", "a", "a=", ",=,"])
  func `a map in a variable is read without harm, whatever it holds`(text: String) throws {
    _ = try fault(
      environment: ["CORDON_GATE_RECURSION_STUBS": text, "CORDON_GATE_UPSTREAM": "recursive"])
  }

  @Test func `an empty list in a variable takes the file's away`() throws {
    let configuration = try load(
      "protected: [a.example]\n", environment: ["CORDON_PROTECTED": ""])
    #expect(configuration.protected.isEmpty)
  }

  @Test func `a file that is not there, is a folder or is no text is told`() throws {
    let folder = FileManager.default.temporaryDirectory.path
    for path in ["/nowhere/cordon.yaml", folder] {
      let fault = #expect(throws: ConfigurationFault.self) {
        try CordonConfiguration.load(path: path, environment: [:])
      }
      #expect(fault?.place == path)
    }
    let place = folder + "/\(UUID().uuidString).yaml"
    try Data([0x67, 0xFF, 0xFE]).write(to: URL(fileURLWithPath: place))
    defer { try? FileManager.default.removeItem(atPath: place) }
    let fault = #expect(throws: ConfigurationFault.self) {
      try CordonConfiguration.load(path: place, environment: [:])
    }
    #expect(fault?.reason.contains("UTF-8") == true)
  }

  @Test func `the nearest word is within two slips, or a third of a long word`() {
    let words = ["gate", "console", "assessment.suffix_list"]
    #expect(nearest(to: "gtae", among: words) == "gate")
    #expect(nearest(to: "consoles", among: words) == "console")
    #expect(nearest(to: "assesment.sufix_lst", among: words) == "assessment.suffix_list")
    #expect(nearest(to: "protected", among: words) == nil)
    #expect(nearest(to: "", among: []) == nil)
  }
}
