import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Gate

/// A folder of its own for a test's servers; it goes when the test is over.
struct Workshop {
  let folder: URL

  /// Makes a folder, lets a test use it and removes it.
  static func run<Result>(_ use: (Workshop) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cordon-upstream-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await use(Workshop(folder: folder))
  }

  /// The path of a file in the folder.
  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// Writes a file and gives back its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try text.write(toFile: path(name), atomically: true, encoding: .utf8)
    return path(name)
  }

  /// What a file holds.
  func read(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// Runs a program to its end and gives back what it printed.
  @discardableResult
  func call(_ program: Program, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = try program.located()
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self)
    guard process.terminationStatus == 0 else {
      throw RealServerError("\(program.rawValue) \(arguments) failed: \(text)")
    }
    return text
  }
}

struct RealServerError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// A program of another project, and the Debian package that has it.
enum Program: String {
  case named
  case unbound
  case knotd
  case dnssecKeygen = "dnssec-keygen"
  case dnssecSignzone = "dnssec-signzone"

  private var debianPackage: String {
    switch self {
    case .named: "bind9"
    case .unbound: "unbound"
    case .knotd: "knot"
    case .dnssecKeygen, .dnssecSignzone: "bind9-utils"
    }
  }

  func located() throws -> URL {
    for folder in ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"] {
      let path = "\(folder)/\(rawValue)"
      if FileManager.default.isExecutableFile(atPath: path) { return URL(fileURLWithPath: path) }
    }
    throw RealServerError(
      "\(rawValue) is not installed; this test needs it: apt-get install \(debianPackage)")
  }
}

/// A server program that runs while a test does.
enum RealServer {
  /// Starts a program, waits until it says that it is ready, lets a test use it and ends it.
  ///
  /// The program writes to its standard error; `isReady` is asked for each line.
  static func run<Result>(
    _ program: Program, _ arguments: [String], in workshop: Workshop, readyWhen sign: String,
    use: () async throws -> Result
  ) async throws -> Result {
    let process = Process()
    process.executableURL = try program.located()
    process.arguments = arguments
    process.currentDirectoryURL = workshop.folder
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    try waitForSign(sign, of: program, in: output.fileHandleForReading)
    // What it says from now on must not fill the pipe.
    output.fileHandleForReading.readabilityHandler = { handle in
      if handle.availableData.isEmpty { handle.readabilityHandler = nil }
    }
    return try await use()
  }

  private static func waitForSign(
    _ sign: String, of program: Program, in handle: FileHandle
  ) throws {
    var said = ""
    while !said.contains(sign) {
      let data = handle.availableData
      guard !data.isEmpty else {
        throw RealServerError("\(program.rawValue) ended before it was ready: \(said)")
      }
      said += String(decoding: data, as: UTF8.self)
    }
  }

  /// Ports that were given to a test of this process.
  private static let givenPorts = Mutex<Set<Int>>([])

  /// A port from 23000 on that nobody uses on loopback, neither for UDP nor for TCP.
  static func freePort() async throws -> Int {
    let group = MultiThreadedEventLoopGroup.singleton
    for _ in 0..<1000 {
      let port = Int.random(in: 23_000...29_999)
      guard givenPorts.withLock({ $0.insert(port).inserted }) else { continue }
      do {
        let datagrams = try await DatagramBootstrap(group: group)
          .bind(host: "127.0.0.1", port: port).get()
        defer { datagrams.close(promise: nil) }
        let streams = try await ServerBootstrap(group: group)
          .bind(host: "127.0.0.1", port: port).get()
        try await streams.close()
        try await datagrams.close()
        return port
      } catch {
        continue
      }
    }
    throw RealServerError("no free port from 23000 to 29999")
  }
}

// MARK: - Servers

/// Three zones on a real server: one plain, one signed, one signed and then tampered with.
struct ServedZones {
  let server: ServerAddress
  /// The DNSKEY records of the signed zones, a line each.
  let trustAnchors: [String]

  static let names = ["plain.example", "signed.example", "tampered.example"]

  /// Serves the zones by BIND.
  static func servedByBIND<Result>(
    in workshop: Workshop, use: (ServedZones) async throws -> Result
  ) async throws -> Result {
    let anchors = try writeZones(in: workshop)
    let port = try await RealServer.freePort()
    let zones = names.map {
      "zone \"\($0)\" { type primary; file \"\(workshop.path($0 + ".zone"))\"; };"
    }
    let configuration = try workshop.write(
      "named.conf",
      """
      options {
        directory "\(workshop.folder.path)";
        pid-file "\(workshop.path("named.pid"))";
        session-keyfile "\(workshop.path("session.key"))";
        listen-on port \(port) { 127.0.0.1; };
        listen-on-v6 { none; };
        recursion no;
        dnssec-validation no;
        check-names primary ignore;
        minimal-responses no-auth-recursive;
      };
      controls { };
      \(zones.joined(separator: "\n"))
      """)
    return try await RealServer.run(
      .named, ["-g", "-n", "1", "-c", configuration], in: workshop, readyWhen: "running\n"
    ) {
      try await use(
        ServedZones(
          server: ServerAddress(ip: "127.0.0.1", port: port)!, trustAnchors: anchors))
    }
  }

  /// Serves the zones by Knot DNS.
  static func servedByKnot<Result>(
    in workshop: Workshop, use: (ServedZones) async throws -> Result
  ) async throws -> Result {
    let anchors = try writeZones(in: workshop)
    let port = try await RealServer.freePort()
    let zones = names.map { "  - domain: \($0)\n    file: \(workshop.path($0 + ".zone"))" }
    let configuration = try workshop.write(
      "knot.conf",
      """
      server:
        rundir: \(workshop.folder.path)
        listen: 127.0.0.1@\(port)
        udp-workers: 1
        tcp-workers: 1
      database:
        storage: \(workshop.folder.path)
      log:
        - target: stderr
          any: info
      template:
        - id: default
          semantic-checks: off
          zonefile-sync: -1
          journal-content: none
      zone:
      \(zones.joined(separator: "\n"))
      """)
    return try await RealServer.run(
      .knotd, ["-c", configuration], in: workshop, readyWhen: "server started"
    ) {
      try await use(
        ServedZones(
          server: ServerAddress(ip: "127.0.0.1", port: port)!, trustAnchors: anchors))
    }
  }

  /// Runs Unbound as a validating resolver that knows where the zones are.
  func resolvedByUnbound<Result>(
    in workshop: Workshop, use: (ServerAddress) async throws -> Result
  ) async throws -> Result {
    let port = try await RealServer.freePort()
    let stubs = Self.names.map {
      """
      stub-zone:
        name: "\($0)"
        stub-addr: 127.0.0.1@\(server.socketAddress.port!)
      """
    }
    let configuration = try workshop.write(
      "unbound.conf",
      """
      server:
        directory: "\(workshop.folder.path)"
        pidfile: "\(workshop.path("unbound.pid"))"
        username: ""
        chroot: ""
        use-syslog: no
        verbosity: 1
        interface: 127.0.0.1@\(port)
        port: \(port)
        num-threads: 1
        do-ip6: no
        do-not-query-localhost: no
        \(trustAnchors.map { "trust-anchor: \"\($0)\"" }.joined(separator: "\n  "))
      remote-control:
        control-enable: no
      \(stubs.joined(separator: "\n"))
      """)
    return try await RealServer.run(
      .unbound, ["-d", "-c", configuration], in: workshop, readyWhen: "start of service"
    ) { try await use(ServerAddress(ip: "127.0.0.1", port: port)!) }
  }

  // MARK: - Zone files

  private static func writeZones(in workshop: Workshop) throws -> [String] {
    var anchors: [String] = []
    for zone in names {
      try workshop.write("\(zone).source", source(of: zone))
      guard zone != "plain.example" else {
        try workshop.write("\(zone).zone", source(of: zone))
        continue
      }
      let key = try workshop.call(
        .dnssecKeygen, "-q", "-a", "ECDSAP256SHA256", "-f", "KSK", zone
      ).split(separator: "\n").last!
      try workshop.call(.dnssecKeygen, "-q", "-a", "ECDSAP256SHA256", zone)
      try workshop.call(
        .dnssecSignzone, "-S", "-o", zone, "-f", "\(zone).zone", "\(zone).source")
      anchors += try workshop.read("\(key).key").split(separator: "\n")
        .filter { !$0.hasPrefix(";") }.map(String.init)
    }
    // The signature stays, the address it was made for does not.
    let signed = try workshop.read("tampered.example.zone")
    try workshop.write(
      "tampered.example.zone", signed.replacingOccurrences(of: "192.0.2.80", with: "192.0.2.66"))
    return anchors
  }

  private static func source(of zone: String) -> String {
    let text = String(repeating: "x", count: 250)
    return """
      $ORIGIN \(zone).
      $TTL 300
      @ IN SOA ns hostmaster 1 3600 600 86400 120
      @ IN NS ns
      ns IN A 127.0.0.1
      www IN A 192.0.2.80
      www IN AAAA 2001:db8::80
      alias IN CNAME hop
      hop IN CNAME www
      big IN TXT \((0..<12).map { "( \"\($0)\" \"\(text)\" )" }.joined(separator: "\nbig IN TXT "))
      odd\\.label\\032here IN A 192.0.2.7
      short 0 IN A 192.0.2.8

      """
  }
}
