import DNSWire
import DomainNames
import Testing

@testable import Gate

@Suite("Forwarding upstream, with real servers")
struct ForwardingRealServerTests {
  /// What every server of the zones must answer.
  private func checkPlainZone(_ upstream: any Upstream) async throws {
    let www = try await upstream.message(UpstreamQuery("www.plain.example"))
    #expect(www.responseCode == .noError)
    #expect(www.answers.map(\.address) == [[192, 0, 2, 80]])

    let alias = try await upstream.message(UpstreamQuery("alias.plain.example"))
    #expect(
      alias.cnameChain.map(\.description)
        == ["alias.plain.example", "hop.plain.example", "www.plain.example"])

    let big = try await upstream.message(UpstreamQuery("big.plain.example", .txt))
    #expect(big.answers.count == 12, "an answer of more than 3,000 octets comes by TCP")
    #expect(!big.flags.contains(.truncated))

    let odd = try await upstream.message(
      UpstreamQuery("odd\\.label\\032here.plain.example"))
    #expect(odd.answers.map(\.address) == [[192, 0, 2, 7]])

    let missing = try await upstream.message(UpstreamQuery("missing.plain.example"))
    #expect(missing.responseCode == .nxDomain)
    #expect(missing.authorities.map(\.type) == [.soa])
    // A resolver may have kept the SOA for a second or two already.
    #expect((100...120).contains(try KeptAnswer(missing.encoded()).lifetime))

    let noData = try await upstream.message(UpstreamQuery("www.plain.example", .mx))
    #expect(noData.responseCode == .noError)
    #expect(noData.answers.isEmpty)
  }

  @Test func `BIND's answers come as they are`() async throws {
    try await Workshop.run { workshop in
      try await ServedZones.servedByBIND(in: workshop) { zones in
        try await withForwarding(to: [zones.server], tryTimeout: .seconds(10)) { upstream in
          try await checkPlainZone(upstream)
          let elsewhere = try await upstream.message(UpstreamQuery("www.other.example"))
          #expect(elsewhere.responseCode == .refused)
        }
      }
    }
  }

  @Test func `Knot's answers come as they are`() async throws {
    try await Workshop.run { workshop in
      try await ServedZones.servedByKnot(in: workshop) { zones in
        try await withForwarding(to: [zones.server], tryTimeout: .seconds(10)) { upstream in
          try await checkPlainZone(upstream)
          let elsewhere = try await upstream.message(UpstreamQuery("www.other.example"))
          #expect(elsewhere.responseCode == .refused)
        }
      }
    }
  }

  @Test func `Unbound's answers and validation come as they are`() async throws {
    try await Workshop.run { workshop in
      try await ServedZones.servedByBIND(in: workshop) { zones in
        try await zones.resolvedByUnbound(in: workshop) { resolver in
          try await withForwarding(
            to: [resolver], tryTimeout: .seconds(10), trustsValidation: true
          ) { upstream in
            try await checkPlainZone(upstream)
            let plain = try await upstream.message(
              UpstreamQuery("www.plain.example", wantsDNSSEC: true))
            #expect(!plain.flags.contains(.authenticData))
            let signed = try await upstream.message(
              UpstreamQuery("www.signed.example", wantsDNSSEC: true))
            #expect(signed.flags.contains(.authenticData))
            #expect(signed.answers.map(\.type).contains(.rrsig))
            let tampered = try await upstream.message(UpstreamQuery("www.tampered.example"))
            #expect(tampered.responseCode == .servFail)
            let unchecked = try await upstream.message(
              UpstreamQuery("www.tampered.example", checkingDisabled: true))
            #expect(unchecked.answers.map(\.address) == [[192, 0, 2, 66]])
          }
        }
      }
    }
  }
}

@Suite("Recursive upstream, with real servers")
struct RecursiveUpstreamTests {
  /// A resolver that knows the zones and asks nobody else.
  private func configuration(_ zones: ServedZones) -> RecursiveUpstream.Configuration {
    RecursiveUpstream.Configuration(
      trustAnchorFile: nil, trustAnchors: zones.trustAnchors,
      stubZones: ServedZones.names.map {
        RecursiveUpstream.Configuration.Zone(name: $0, server: zones.server)
      },
      asksLocalhost: true, deadline: .seconds(60))
  }

  private func withResolver<Result>(
    _ change: (inout RecursiveUpstream.Configuration) -> Void = { _ in },
    use: (RecursiveUpstream) async throws -> Result
  ) async throws -> Result {
    try await Workshop.run { workshop in
      try await ServedZones.servedByBIND(in: workshop) { zones in
        var configuration = configuration(zones)
        change(&configuration)
        let upstream = try RecursiveUpstream(configuration)
        do {
          let result = try await use(upstream)
          await upstream.shutdown()
          return result
        } catch {
          await upstream.shutdown()
          throw error
        }
      }
    }
  }

  @Test func `data that is not signed comes without AD`() async throws {
    try await withResolver { upstream in
      let www = try await upstream.message(UpstreamQuery("www.plain.example", wantsDNSSEC: true))
      #expect(www.answers.map(\.address) == [[192, 0, 2, 80]])
      #expect(www.flags == [.response, .recursionDesired, .recursionAvailable])
      #expect(www.id == 0)
      #expect(www.edns == nil)
    }
  }

  @Test func `signed data comes with AD, and with its signatures only for DO`() async throws {
    try await withResolver { upstream in
      let verified = try await upstream.message(
        UpstreamQuery("www.signed.example", wantsDNSSEC: true))
      #expect(verified.flags.contains(.authenticData))
      #expect(Set(verified.answers.map(\.type)) == [.a, .rrsig])
      let short = try await upstream.message(UpstreamQuery("www.signed.example"))
      #expect(short.flags.contains(.authenticData))
      #expect(short.answers.map(\.type) == [.a])
      let missing = try await upstream.message(
        UpstreamQuery("missing.signed.example", wantsDNSSEC: true))
      #expect(missing.responseCode == .nxDomain)
      #expect(missing.flags.contains(.authenticData))
      #expect(Set(missing.authorities.map(\.type)) == [.soa, .rrsig, .nsec])
      let bare = try await upstream.message(UpstreamQuery("missing2.signed.example"))
      #expect(bare.authorities.map(\.type) == [.soa])
    }
  }

  @Test func `signatures that were asked for come without DO too`() async throws {
    try await withResolver { upstream in
      let keys = try await upstream.message(UpstreamQuery("signed.example", .dnskey))
      #expect(Set(keys.answers.map(\.type)) == [.dnskey])
      #expect(keys.flags.contains(.authenticData))
    }
  }

  @Test func `tampered data is bogus and says why`() async throws {
    try await withResolver { upstream in
      let failure = await upstream.failure(of: UpstreamQuery("www.tampered.example"))
      guard case .bogus(let reason) = failure else {
        Issue.record("not bogus: \(String(describing: failure))")
        return
      }
      #expect(reason.contains("tampered.example"))
      #expect(failure?.extendedError.infoCode == .dnssecBogus)
      // The rest of the zone is as it was signed.
      let alias = try await upstream.message(UpstreamQuery("www.tampered.example", .aaaa))
      #expect(alias.flags.contains(.authenticData))
    }
  }

  @Test func `tampered data comes for CD, without AD`() async throws {
    try await withResolver { upstream in
      for _ in 0..<2 {
        let www = try await upstream.message(
          UpstreamQuery("www.tampered.example", checkingDisabled: true))
        #expect(www.answers.map(\.address) == [[192, 0, 2, 66]])
        #expect(www.flags.contains(.checkingDisabled))
        #expect(!www.flags.contains(.authenticData))
        #expect(await upstream.failure(of: UpstreamQuery("www.tampered.example")) != nil)
      }
    }
  }

  @Test func `long answers, aliases and odd labels come whole`() async throws {
    try await withResolver { upstream in
      let big = try await upstream.message(UpstreamQuery("big.signed.example", .txt))
      #expect(big.answers.count == 12)
      let alias = try await upstream.message(UpstreamQuery("alias.signed.example"))
      #expect(
        alias.cnameChain.map(\.description)
          == ["alias.signed.example", "hop.signed.example", "www.signed.example"])
      let odd = try await upstream.message(UpstreamQuery("odd\\.label\\032here.signed.example"))
      #expect(odd.answers.map(\.address) == [[192, 0, 2, 7]])
    }
  }

  @Test func `an authority nobody answers for is not reachable`() async throws {
    let silent = try await RealServer.freePort()
    try await withResolver {
      $0.stubZones.append(
        RecursiveUpstream.Configuration.Zone(
          name: "gone.example", server: ServerAddress(ip: "127.0.0.1", port: silent)!))
      $0.deadline = .milliseconds(400)
    } use: { upstream in
      #expect(
        await upstream.failure(of: UpstreamQuery("www.gone.example")) == .noReachableAuthority)
      #expect(upstream.load == 0)
    }
  }

  @Test func `an asker that goes away is let go, and the next one is answered`() async throws {
    try await ScriptedServer.run({ _ in [] }) { silent in
      try await withResolver {
        $0.stubZones.append(
          RecursiveUpstream.Configuration.Zone(name: "mute.example", server: silent.address))
        $0.deadline = .seconds(600)
      } use: { upstream in
        await withTaskGroup(of: UpstreamFailure?.self) { group in
          for number in 0..<20 {
            group.addTask { await upstream.failure(of: UpstreamQuery("n\(number).mute.example")) }
          }
          while upstream.load < 20 { await Task.yield() }
          group.cancelAll()
          for await failure in group { #expect(failure == .cancelled) }
        }
        #expect(upstream.load == 0)
        let www = try await upstream.message(UpstreamQuery("www.plain.example"))
        #expect(www.answers.count == 1)
      }
    }
  }

  @Test func `a shutdown ends what is on its way`() async throws {
    try await ScriptedServer.run({ _ in [] }) { silent in
      let upstream = try RecursiveUpstream(
        RecursiveUpstream.Configuration(
          trustAnchorFile: nil,
          stubZones: [
            RecursiveUpstream.Configuration.Zone(name: "mute.example", server: silent.address)
          ],
          asksLocalhost: true, deadline: .seconds(600)))
      await withTaskGroup(of: UpstreamFailure?.self) { group in
        for number in 0..<20 {
          group.addTask { await upstream.failure(of: UpstreamQuery("n\(number).mute.example")) }
        }
        while upstream.load < 20 { await Task.yield() }
        await upstream.shutdown()
        for await failure in group { #expect(failure == .cancelled) }
      }
      #expect(await upstream.failure(of: UpstreamQuery("late.mute.example")) == .cancelled)
      // A second call finds nothing to do.
      await upstream.shutdown()
    }
  }

  @Test func `libunbound's own message has signatures and OPT, and bogus data with its reason`()
    async throws
  {
    try await Workshop.run { workshop in
      try await ServedZones.servedByBIND(in: workshop) { zones in
        let context = try UnboundContext(configuration(zones).settings)
        let signed = try await context.resolve(name: "www.signed.example.", type: 1, recordClass: 1)
        let tampered = try await context.resolve(
          name: "www.tampered.example.", type: 1, recordClass: 1)
        let refused = try await context.resolve(name: "www.other.invalid.", type: 1, recordClass: 1)
        await context.shutdown()

        let message = try Message(parsing: signed.packet)
        #expect(signed.isSecure)
        #expect(Set(message.answers.map(\.type)) == [.a, .rrsig])
        #expect(message.edns?.dnssecOK == true)
        #expect(message.questions.map(\.name.description) == ["www.signed.example"])

        #expect(!tampered.isSecure)
        #expect(tampered.bogusReason?.isEmpty == false)
        #expect(tampered.responseCode == 0, "the code is that of the data, not SERVFAIL")
        #expect(try Message(parsing: tampered.packet).answers.contains { $0.type == .a })

        // A special-use name, which libunbound denies without asking anyone (RFC 6761).
        #expect(refused.responseCode == 3)
      }
    }
  }

  @Test func `Debian's trust anchor and root hints are taken`() async throws {
    let upstream = try RecursiveUpstream(
      RecursiveUpstream.Configuration(rootHintsFile: "/usr/share/dns/root.hints"))
    await upstream.shutdown()
  }

  @Test func `a file that is not there is refused at the start, by its name`() {
    for change: (inout RecursiveUpstream.Configuration) -> Void in [
      { $0.trustAnchorFile = "/nowhere/root.key" }, { $0.rootHintsFile = "/nowhere/root.hints" },
    ] {
      let error = #expect(throws: UnboundContext.SetupError.self) {
        var configuration = RecursiveUpstream.Configuration()
        change(&configuration)
        _ = try RecursiveUpstream(configuration)
      }
      #expect(error?.description.contains("/nowhere/root.") == true)
    }
  }

  @Test func `a file of trust anchors that holds something else is refused at the start`()
    async throws
  {
    try await Workshop.run { workshop in
      let path = try workshop.write("root.key", "this is no trust anchor\n")
      let error = #expect(throws: UnboundContext.SetupError.self) {
        _ = try RecursiveUpstream(RecursiveUpstream.Configuration(trustAnchorFile: path))
      }
      #expect(error?.description.contains(path) == true)
    }
  }

  @Test func `a setting libunbound does not know is refused by its name`() {
    let error = #expect(throws: UnboundContext.SetupError.self) {
      _ = try UnboundContext([.option("no-such-option", "yes")])
    }
    #expect(error?.description.contains("no-such-option") == true)
  }
}

extension Upstream {
  /// The parsed answer to a query.
  func message(_ query: UpstreamQuery) async throws -> Message {
    try Message(parsing: try await exchange(query))
  }
}
