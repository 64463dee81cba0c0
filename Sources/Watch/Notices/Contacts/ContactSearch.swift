internal import DomainNames
internal import Egress
public import Enforcement

/// Finds out whom to write to about a site.
///
/// Three answers count: the registry's and the registrar's record of the name, the record of the
/// network that the host is in, and what the site itself publishes. Where no one publishes an
/// address for the operator, the conventional one is offered last, and marked as a guess.
public struct ContactSearch: Sendable {
  private let client: RDAPClient
  private let directory: RDAPDirectory
  private let suffixes: PublicSuffixes?

  /// The most records of a name that are read one after the other, the registry's included.
  static let referralLimit = 3
  /// The most addresses of a site that are kept.
  static let siteLimit = 8

  /// Takes the settings and what fetches.
  public init(settings: ContactSettings, fetching: any Fetching) {
    client = RDAPClient(fetching: fetching)
    directory = RDAPDirectory(settings: settings, client: client)
    suffixes = settings.suffixes
  }

  /// Looks for contacts.
  ///
  /// It does not fail: what could not be asked stands among the steps of the report.
  ///
  /// - Parameters:
  ///   - host: the host name of the site, or its IP address.
  ///   - address: the IP address that the host answered from; nil where it is not known.
  ///   - siteAddresses: the addresses that the site publishes, as they stand there.
  ///   - moment: now; it says how old the bootstrap registry may be.
  /// - Returns: the contacts, and every step of the search.
  public func contacts(
    host: String, address: String?, siteAddresses: [String] = [], at moment: Instant
  ) async -> ContactReport {
    async let network = searchNetwork(address ?? host, isKnown: address != nil, at: moment)
    var report = await searchName(host, at: moment)
    report.append(await network)
    report.append(site(siteAddresses, host: host))
    report.append(convention(host: host))
    report.sort()
    return report
  }

  // MARK: The name

  private func searchName(_ host: String, at moment: Instant) async -> ContactReport {
    guard IPAddress(host) == nil else { return ContactReport() }
    let registered: RegisteredName
    do throws(ContactFault) {
      registered = try RegisteredName(host: host, suffixes: suffixes)
    } catch {
      return ContactReport(steps: [ContactStep(aim: .registry, asked: host, fault: error)])
    }
    guard !registered.isShared else {
      let fault = ContactFault.shared(name: host, owner: "\(registered.name)")
      return ContactReport(steps: [ContactStep(aim: .registry, asked: host, fault: fault)])
    }
    let (server, step) = await directory.server(for: registered.name, at: moment)
    var report = ContactReport(steps: step.map { [$0] } ?? [])
    guard let server else { return report }
    await follow("\(server)domain/\(registered.name)", into: &report)
    return report
  }

  /// Reads the registry's record and those that it refers to.
  private func follow(_ first: String, into report: inout ContactReport) async {
    var queue = [first]
    var seen: Set<String> = []
    var aim = ContactStep.Aim.registry
    var previous = first
    while !queue.isEmpty {
      let url = queue.removeFirst()
      do throws(ContactFault) {
        guard seen.insert(url).inserted else { throw ContactFault.loop }
        guard seen.count <= Self.referralLimit else {
          throw ContactFault.tooManyReferrals(limit: Self.referralLimit - 1)
        }
        guard !previous.hasPrefix("https:") || url.hasPrefix("https:") else {
          throw ContactFault.insecureReferral
        }
        let record = try await client.record(at: url, .domain)
        let contacts = record.contactsOfName(source: url)
        report.contacts += contacts
        report.registrar = report.registrar ?? record.registrarName
        report.registered = report.registered ?? record.registered
        report.steps.append(
          contacts.isEmpty && record.related.isEmpty
            ? ContactStep(aim: aim, asked: url, fault: .noContact)
            : ContactStep(aim: aim, asked: url, found: contacts.count))
        queue += record.related.prefix(Self.referralLimit)
        previous = url
      } catch {
        report.steps.append(ContactStep(aim: aim, asked: url, fault: error))
        if case .tooManyReferrals = error { return }
      }
      aim = .registrar
    }
  }

  // MARK: The network

  private func searchNetwork(
    _ text: String, isKnown: Bool, at moment: Instant
  ) async -> ContactReport {
    guard let address = IPAddress(text) else {
      guard isKnown else {
        let step = ContactStep(
          aim: .network, asked: text, failure: "the address of the host is not known")
        return ContactReport(steps: [step])
      }
      let step = ContactStep(aim: .network, asked: text, failure: "this is no IP address")
      return ContactReport(steps: [step])
    }
    let (server, step) = await directory.server(for: address, at: moment)
    var report = ContactReport(steps: step.map { [$0] } ?? [])
    guard let server else { return report }
    let url = "\(server)ip/\(address)"
    do throws(ContactFault) {
      let record = try await client.record(at: url, .network)
      report.contacts = record.contactsOfNetwork(source: url)
      report.network = record.holderName
      report.steps.append(
        report.contacts.isEmpty
          ? ContactStep(aim: .network, asked: url, fault: .noContact)
          : ContactStep(aim: .network, asked: url, found: report.contacts.count))
    } catch {
      report.steps.append(ContactStep(aim: .network, asked: url, fault: error))
    }
    return report
  }

  // MARK: The site itself

  /// What the site publishes; addresses of its own domain come first.
  private func site(_ texts: [String], host: String) -> ContactReport {
    guard !texts.isEmpty else { return ContactReport() }
    let domain = (try? RegisteredName(host: host, suffixes: suffixes)).map { "\($0.name)" } ?? host
    var addresses: [MailAddress] = []
    for address in texts.prefix(64).compactMap({ MailAddress(published: $0) })
    where !addresses.contains(address) { addresses.append(address) }
    let isOwn = { (address: MailAddress) in
      address.domain == domain || address.domain.hasSuffix("." + domain)
    }
    let kept = (addresses.filter(isOwn) + addresses.filter { !isOwn($0) }).prefix(Self.siteLimit)
    let contacts = kept.map {
      Contact(address: $0, scope: .operator, role: .published, source: host)
    }
    let step =
      contacts.isEmpty
      ? ContactStep(aim: .site, asked: host, failure: "what the site gives is no mail address")
      : ContactStep(aim: .site, asked: host, found: contacts.count)
    return ContactReport(contacts: contacts, steps: [step])
  }

  /// `abuse@` the registered name; below a shared name, of who runs it (RFC 2142, Section 2).
  private func convention(host: String) -> ContactReport {
    guard IPAddress(host) == nil,
      let registered = try? RegisteredName(host: host, suffixes: suffixes),
      let address = MailAddress("abuse@\(registered.name)")
    else { return ContactReport() }
    let contact = Contact(
      address: address, scope: registered.isShared ? .host : .operator, role: .guess,
      source: "RFC 2142")
    return ContactReport(
      contacts: [contact],
      steps: [ContactStep(aim: .convention, asked: address.text, found: 1)])
  }
}
