internal import DomainNames
internal import Egress
internal import Enforcement

/// Knows which RDAP server to ask: those of the settings first, then those of IANA's registry.
///
/// The registry's files are read when they are first needed, and again after a day.
actor RDAPDirectory {
  private let own: RDAPBootstrap
  private let folder: String
  private let client: RDAPClient
  private var kept: [RDAPBootstrap.File: (registry: RDAPBootstrap, read: Instant)] = [:]

  /// How long a file is kept: the registry changes a few times a week.
  private static let lifetime = Duration.seconds(86_400)

  /// Takes the servers of the settings, and the URL or the folder that the registry's files are in.
  init(settings: ContactSettings, client: RDAPClient) {
    var own = RDAPBootstrap()
    for (entry, server) in settings.servers.sorted(by: { $0.key < $1.key }) {
      own.add(entry, server)
    }
    self.own = own
    folder = settings.bootstrap.hasSuffix("/") ? settings.bootstrap : settings.bootstrap + "/"
    self.client = client
  }

  /// The server for a name, and the step that found it out, if any was needed.
  func server(
    for name: DomainName, at moment: Instant
  ) async -> (server: String?, step: ContactStep?) {
    if let server = own.server(for: name) { return (server, nil) }
    return await ask(.dns, "\(name)", at: moment) { $0.server(for: name) }
  }

  /// The server for an address, and the step that found it out, if any was needed.
  func server(
    for address: IPAddress, at moment: Instant
  ) async -> (server: String?, step: ContactStep?) {
    if let server = own.server(for: address) { return (server, nil) }
    let file: RDAPBootstrap.File =
      switch address.family {
      case .v4: .ipv4
      case .v6: .ipv6
      }
    return await ask(file, "\(address)", at: moment) { $0.server(for: address) }
  }

  private func ask(
    _ file: RDAPBootstrap.File, _ subject: String, at moment: Instant,
    _ server: (RDAPBootstrap) -> String?
  ) async -> (server: String?, step: ContactStep?) {
    let place = folder + file.rawValue
    do throws(ContactFault) {
      let found = server(try await registry(file, at: moment))
      guard let found else { throw ContactFault.noServer(subject) }
      return (found, ContactStep(aim: .bootstrap, asked: place))
    } catch {
      return (nil, ContactStep(aim: .bootstrap, asked: place, fault: error))
    }
  }

  private func registry(
    _ file: RDAPBootstrap.File, at moment: Instant
  ) async throws(ContactFault) -> RDAPBootstrap {
    if let old = kept[file], old.read <= moment, moment < old.read + Self.lifetime {
      return old.registry
    }
    let place = folder + file.rawValue
    let document: JSONDocument
    if place.hasPrefix("https://") || place.hasPrefix("http://") {
      document = try await client.document(at: place, limit: RDAPBootstrap.byteLimit)
    } else {
      document = try Self.document(in: place)
    }
    let registry = try RDAPBootstrap(document)
    kept[file] = (registry, moment)
    return registry
  }

  private static func document(in path: String) throws(ContactFault) -> JSONDocument {
    guard let file = BoundedFile(path: path, limit: RDAPBootstrap.byteLimit) else {
      throw .fetch("the file is not there, is too large, or may not be read")
    }
    return try JSONDocument.read(file.octets, limit: RDAPBootstrap.byteLimit)
  }
}

extension ContactStep {
  /// A step that yielded nothing.
  init(aim: Aim, asked: String, fault: ContactFault) {
    self.init(
      aim: aim, asked: asked, failure: fault.description, retryAfter: fault.retryAfter)
  }
}
