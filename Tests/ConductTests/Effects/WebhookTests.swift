import Egress
import Enforcement
import Foundation
import Testing

@testable import Conduct

struct WebhookTests {
  @Test func `a signature is that of the standard's own example`() throws {
    // Standard Webhooks 1.0.0, the reference libraries' test vector.
    let secrets = try #require(WebhookSecrets(text: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    #expect(
      WebhookSignature.header(
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330,
        body: Array(#"{"test": 2432232314}"#.utf8), secrets: secrets)
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  }

  @Test(arguments: [
    "", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_???",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\nwhsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\nwhsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  ])
  func `what is no secret is not taken for one`(text: String) {
    #expect(WebhookSecrets(text: text) == nil)
  }

  @Test func `a secret is made once, kept from others, and goes on signing for one change more`()
    throws
  {
    let folder = try TestFolder()
    let store = WebhookSecretStore(directory: folder.path)
    let platform = Slug(text: "agora")!
    let first = try store.secrets(of: platform)
    #expect(try store.secrets(of: platform).keys == first.keys)
    let path = folder.path + "/webhooks/agora.secret"
    let facts = try FileManager.default.attributesOfItem(atPath: path)
    #expect(facts[.posixPermissions] as? Int == 0o600)
    let text = try store.rotate(platform)
    let second = try store.secrets(of: platform)
    #expect(second.keys.count == 2 && second.keys[1] == first.keys[0])
    #expect(try #require(WebhookSecrets(text: text)).keys[0] == second.keys[0])
    _ = try store.rotate(platform)
    #expect(try store.secrets(of: platform).keys.count == 2)
    #expect(try !store.secrets(of: platform).keys.contains(first.keys[0]))
    #expect(!"\(second)".contains("whsec_"))
    let header = WebhookSignature.header(id: "a", timestamp: 1, body: [], secrets: second)
    #expect(header.split(separator: " ").count == 2)
  }

  @Test func `everybody who asks at once for the first secret is given the same`() async throws {
    for round in 0..<8 {
      let folder = try TestFolder()
      let platform = try #require(Slug(text: "agora-\(round)"))
      let found = try await withThrowingTaskGroup(of: WebhookSecrets.self) { group in
        for _ in 0..<16 {
          group.addTask { try WebhookSecretStore(directory: folder.path).secrets(of: platform) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      let kept = try WebhookSecretStore(directory: folder.path).secrets(of: platform)
      #expect(found.count == 16 && found.allSatisfy { $0.keys == kept.keys })
    }
  }

  @Test(arguments: [
    ("http://hook.example/x", WebhookAddress.Refusal.notHTTPS),
    ("http://10.0.0.5/x", .notHTTPS), ("ftp://hook.example", .notAnAddress),
    ("hook", .notAnAddress), ("https://", .notAnAddress),
    ("https://user:secret@hook.example", .credentials),
    ("https:\\\\user@hook.example", .credentials),
  ])
  func `what is no address of a platform is refused`(text: String, why: WebhookAddress.Refusal) {
    #expect(throws: why) { try WebhookAddress(text, addressGuard: AddressGuard()) }
  }

  /// What leads inside, by its number or by what a name says at that moment.
  static let inside = [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.5", "172.16.3.4", "192.168.1.1", "100.64.0.1",
    "169.254.1.1", "169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.2.1", "198.18.0.1",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1",
    "::ffff:169.254.169.254", "64:ff9b::a00:1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1",
    "ff02::1", "2002:7f00:1::", "2001:db8::1",
  ]

  @Test(arguments: inside)
  func `an address inside is refused when it is entered`(text: String) throws {
    let host = text.contains(":") ? "[\(text)]" : text
    let refused = #expect(throws: WebhookAddress.Refusal.self) {
      try WebhookAddress(
        "https://\(host)/hook", addressGuard: AddressGuard(rules: .init(ports: nil)))
    }
    guard case .refused = refused else {
      Issue.record("\(host) was refused as \(String(describing: refused))")
      return
    }
    for spelling in ["https://2130706433", "https://0x7f.1", "https://127.1", "https://１２７.１"] {
      #expect(throws: WebhookAddress.Refusal.self) {
        try WebhookAddress(spelling, addressGuard: AddressGuard())
      }
    }
  }

  @Test(arguments: inside)
  func `a name that leads inside is not asked, whatever it led to before`(text: String) async throws
  {
    let table = HostTable(["hook.example": [try #require(IPAddress(text))]], next: nil)
    let addressGuard = AddressGuard(rules: .init(ports: nil), resolver: table)
    let address = try WebhookAddress("https://hook.example/hook", addressGuard: addressGuard)
    let sender = try WebhookSender(addressGuard)
    let outcome = await sender.send(
      WebhookMessage(id: "m", body: []), to: address,
      secrets: try #require(WebhookSecrets(text: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")), at: 1)
    await sender.close()
    guard case .failed(let reason, nil) = outcome else {
      Issue.record("\(text) was asked: \(outcome)")
      return
    }
    #expect(reason.hasPrefix("not asked: hook.example is at "), "\(reason)")
  }

  @Test func `of several addresses only those outside, or allowed, are asked`() async throws {
    let table = HostTable(
      ["hook.example": ["10.0.0.5", "169.254.169.254", "1.1.1.1"].compactMap { IPAddress($0) }],
      next: nil)
    let exception = try #require(AddressException("10.0.0.5:8443"))
    let addressGuard = AddressGuard(
      rules: .init(ports: nil, exceptions: [exception]), resolver: table)
    func asked(_ port: Int) async throws -> [String] {
      try await addressGuard.permit(host: "hook.example", port: port).map(\.address.description)
    }
    #expect(try await asked(8443) == ["10.0.0.5", "1.1.1.1"])
    #expect(try await asked(443) == ["1.1.1.1"])
  }

  @Test func `this machine may be allowed, and is the only one asked without TLS`() async throws {
    let platform = TestPlatform()
    try await platform.run { hook in
      let port = try WebURL(hook).port
      let loopback = try #require(AddressException("127.0.0.0/8"))
      let outside = try #require(IPAddress("10.0.0.5"))
      for (leadsTo, isAsked) in [("127.0.0.1", true), (outside.description, false)] {
        let inside = try #require(AddressException(outside.description))
        let addressGuard = AddressGuard(
          rules: .init(ports: nil, exceptions: [loopback, inside]),
          resolver: HostTable(["localhost": [try #require(IPAddress(leadsTo))]], next: nil))
        let address = try WebhookAddress(
          "http://localhost:\(port)/hook?key=1", addressGuard: addressGuard)
        #expect("\(address)" == "http://localhost:\(port)/hook")
        let sender = try WebhookSender(addressGuard)
        _ = await sender.send(
          WebhookMessage(id: "m-\(leadsTo)", body: []), to: address,
          secrets: try #require(WebhookSecrets(text: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
          at: 1)
        await sender.close()
        #expect(platform.arrived.contains { $0.id == "m-\(leadsTo)" } == isAsked)
      }
    }
  }

  @Test func `pauses double up to the longest, a quarter more or less`() {
    let backoff = Backoff(first: .seconds(5), longest: .seconds(100), patience: .seconds(1_000))
    let plain = (1...8).map { backoff.pause(afterAttempts: $0, chance: 0.5) / .seconds(1) }
    #expect(plain == [5, 10, 20, 40, 80, 100, 100, 100])
    #expect(backoff.pause(afterAttempts: 1, chance: 0) == .milliseconds(3_750))
    #expect(backoff.pause(afterAttempts: 1, chance: 1) == .milliseconds(6_250))
    #expect(backoff.pause(afterAttempts: .max, chance: 0.5) == .seconds(100))
  }
}
