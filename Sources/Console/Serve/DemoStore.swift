internal import Enforcement
internal import Foundation
internal import Gate
internal import Interchange
internal import Records
internal import TransparencyLog

/// A throw-away data directory with the sample order in force, for trying Cordon out.
public struct DemoStore: Sendable {
  /// The data directory.
  public let directory: String
  /// The settings, with a certificate of its own where none is set.
  public let configuration: CordonConfiguration
  /// The authority that clients are to trust, where the certificate is the demonstration's own.
  private let authority: String?
  private var accounts: DemoAccounts?

  private static let sample = "Examples/orders/offshore-venues-2018.json"

  /// Makes the directory.
  ///
  /// - Parameter configuration: the settings.
  /// - Throws: where no directory can be made.
  public init(configuration: CordonConfiguration) throws {
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("cordon-demo-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(
      at: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    directory = place.path
    guard configuration.doors.encryption == nil else {
      self.configuration = configuration
      authority = nil
      return
    }
    let certificate = try DemoCertificate(in: directory)
    var encrypted = configuration
    encrypted.doors = configuration.doors.encrypted(with: certificate.files)
    self.configuration = encrypted
    authority = certificate.authority
  }

  /// Walks the sample order the whole way: one officer imports it, another settles what is held
  /// and confirms it.
  ///
  /// Nothing is left out for the demonstration.
  ///
  /// - Throws: where a step fails.
  public mutating func fill() async throws {
    guard let path = PolicyFolder.beside(Self.sample),
      let data = FileManager.default.contents(atPath: path)
    else { throw DeskFault("the sample order \(Self.sample) is not found beside the program") }
    let journal = try Journal(
      directory: directory, origin: configuration.origin, clock: SystemClock.now)
    let desk = Desk(journal: journal, configuration: configuration)
    let administrator = try await token(of: "ada", .administrator, desk, by: nil)
    let importer = try await token(of: "ines", .officer, desk, by: administrator)
    let confirmer = try await token(of: "otto", .officer, desk, by: administrator)
    let input = OrderInput(fileName: Self.sample, format: "json", terms: [:])
    try await perform(.orderImport(input), desk, importer, file: Array(data))
    for id in journal.register.orders.keys {
      try await perform(
        .orderConfirm(id: id.text, reason: "sample data, looked at for the demonstration"), desk,
        confirmer)
    }
    accounts = try await fillAccounts(
      desk, administrator: administrator, author: importer, other: confirmer)
    for (name, token) in [("ada", administrator), ("ines", importer), ("otto", confirmer)] {
      let file = "\(directory)/\(name).token"
      _ = FileManager.default.createFile(
        atPath: file, contents: Data("\(token)\n".utf8), attributes: [.posixPermissions: 0o600])
    }
  }

  private func token(
    of name: String, _ role: Role, _ desk: Desk, by administrator: String?
  ) async throws -> String {
    guard let person = PersonName(name) else { return "" }
    let token = AccessToken.make()
    let actor: Actor
    if let administrator {
      let request = DeskRequest(task: .userList, token: administrator)
      actor = try desk.person(of: request)
    } else {
      actor = .system
    }
    _ = try await desk.record(
      .addPerson(person, role, tokenDigest: AccessToken.digest(of: token)), by: actor)
    return token
  }

  func perform(
    _ task: DeskRequest.Task, _ desk: Desk, _ token: String, file: [UInt8] = []
  ) async throws {
    let complaint = Complaint()
    let output = DeskOutput(out: { _ in }, err: { await complaint.take($0) })
    let code = await desk.handle(
      DeskRequest(task: task, token: token), file: file, output: output)
    guard code == .done else { throw DeskFault(await complaint.text) }
  }

  private actor Complaint {
    var text = "the demonstration could not be prepared"
    func take(_ sentence: String) { text = sentence }
  }

  /// What to look at on the sample platform.
  private func accountLines(_ server: Server, _ program: String) -> String {
    guard let accounts else { return "" }
    var text = """

        As account holders of the sample platform, in a browser:
          \(server.consoleURL)\(accounts.appealed)   (an appeal is open)
          \(server.consoleURL)\(accounts.fresh)   (write one)

        As an officer:
          \(program) account list --data \(directory)

      """
    if let waiting = accounts.waiting {
      text += "    \(program) sanction show \(waiting) --data \(directory)\n"
    }
    return text
  }

  /// Removes the directory with all that is in it.
  public func remove() {
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// Lines to try by TLS and by HTTPS; empty where there is neither.
  private func encryptedLines(_ server: Server, _ name: String) -> String {
    var lines: [String] = []
    let trust = authority.map { " +tls-ca=\($0)" } ?? ""
    if let tls = server.gatekeeper.tlsAddresses.first {
      lines.append("dig @\(tls.address) -p \(tls.port) +tls\(trust) \(name)")
      lines.append("kdig @\(tls.address) -p \(tls.port) +tls\(trust) \(name)")
    }
    if let https = server.dohURL, let place = server.gatekeeper.httpsAddresses.first {
      lines.append("kdig @\(place.address) -p \(place.port) +https\(trust) \(name)")
      lines.append(
        "curl\(authority.map { " --cacert \($0)" } ?? "") --doh-url \(https) http://\(name)/")
    }
    return lines.map { "  \($0)\n" }.joined().dropLast().description
  }

  /// What a person reads first: where everything is, and three lines to try.
  ///
  /// - Parameters:
  ///   - server: the server that runs.
  ///   - program: how the program was called.
  /// - Returns: the text.
  public func greeting(of server: Server, program: String) -> String {
    let order = server.journal.register.orders.values.first
    let id = order?.id.text ?? ""
    let name = server.sampleName ?? "www.example.com"
    let port = server.gateAddresses.first?.split(separator: ":").last ?? "5300"
    return """
      Cordon is running, for trying out: the store is thrown away at the end.

      \(server.addressLines)
        sample order  \(id), \(order?.current.enforcedTargets ?? 0) targets, in force
        data          \(directory) (tokens of ada, ines and otto are in *.token)

      Try:
        dig @127.0.0.1 -p \(port) \(name)
      \(encryptedLines(server, name))
        \(program) explain \(name) --data \(directory)
        curl \(server.consoleURL)/orders/\(id)
      \(accountLines(server, program))
      Ctrl-C ends it.

      """
  }
}

extension Server {
  /// A host that an order in force blocks.
  var sampleName: String? {
    let rules = try? desk.rulesInForce(at: journal.now).first { $0.scope == .subtree }
    return rules.map { "www.\($0.name)" }
  }

  /// Where it answers DNS over HTTPS.
  var dohURL: String? {
    gatekeeper.httpsAddresses.first.map { "https://\($0)/dns-query" }
  }

  /// Where it answers.
  var addressLines: String {
    var lines = ["  DNS           \(gateAddresses.joined(separator: ", ")) (UDP and TCP)"]
    if !gatekeeper.tlsAddresses.isEmpty {
      let tls = gatekeeper.tlsAddresses.map(\.description).joined(separator: ", ")
      lines.append("  DNS over TLS  \(tls)")
    }
    if let dohURL { lines.append("  over HTTPS    \(dohURL)") }
    lines.append("  console       \(consoleURL)")
    return lines.joined(separator: "\n")
  }

  /// What a person reads first.
  public var greeting: String {
    let inForce = journal.register.orders.values.count { $0.state == .inForce }
    let start =
      journal.register.people.isEmpty
      ? """

      Nobody may act yet. Make the first administrator:
        cordon user add YOUR-NAME --role administrator

      """ : ""
    return """
      Cordon is running.

      \(addressLines)
        orders        \(inForce) in force, \(journal.register.orders.count) in all
        record        \(journal.size) entries, \(journal.verifierKey.name)
      \(start)
      """ + "\n"
  }
}
