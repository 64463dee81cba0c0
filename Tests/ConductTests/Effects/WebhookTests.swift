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
    ("ftp://hook.example", .notHTTPS), ("hook", .notAnAddress), ("https://", .notAnAddress),
    ("https://user:secret@hook.example", .credentials), ("https://127.0.0.1/x", .loopback),
    ("https://127.9.9.9", .loopback), ("https://localhost:8443", .loopback),
    ("https://a.localhost", .loopback), ("https://[::1]/", .loopback),
    ("https://[::ffff:127.0.0.1]/", .loopback), ("https://169.254.169.254/latest", .special),
    ("https://0.0.0.0", .special), ("https://224.0.0.1", .special), ("https://[fe80::1]", .special),
    ("https://[ff02::1]", .special), ("https://[::]", .special), ("https://2130706433", .special),
    ("https://0x7f.1", .special), ("https://127.1", .special),
  ])
  func `an address that no platform has is refused`(text: String, why: WebhookAddress.Refusal) {
    #expect(throws: why) { try WebhookAddress(text, allowsLoopback: false) }
  }

  @Test func `an administrator may allow this machine, and nothing else without TLS`() throws {
    _ = try WebhookAddress("http://127.0.0.1:8080/hook", allowsLoopback: true)
    _ = try WebhookAddress("https://hook.example/x?key=1", allowsLoopback: false)
    _ = try WebhookAddress("https://10.0.0.5/x", allowsLoopback: false)
    #expect(throws: WebhookAddress.Refusal.notHTTPS) {
      try WebhookAddress("http://10.0.0.5/x", allowsLoopback: true)
    }
    let address = try WebhookAddress("https://hook.example/x?key=1", allowsLoopback: false)
    #expect("\(address)" == "https://hook.example/x")
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
