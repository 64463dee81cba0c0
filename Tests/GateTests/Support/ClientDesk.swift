import DNSWire
import DomainNames
import Enforcement

@testable import Gate

/// A desk that asks as certain clients do, and with a limit.
final class ClientDesk {
  let board: RuleBoard
  let clients: ClientRules
  var limiter: RateLimiter

  init(
    _ configuration: ClientConfiguration = ClientConfiguration(allowed: everywhere),
    secrets: CookieKeeper? = nil,
    board: RuleBoard = .with(.sample(blocking: [("venue.example", .subtree)]))
  ) throws {
    self.board = board
    let keeper = try secrets ?? CookieKeeper(file: nil, at: sampleNow / 1_000)
    clients = ClientRules(
      configuration, cookies: configuration.cookies.isEnabled ? keeper : nil)
    limiter = RateLimiter(configuration.limit, key: (3, 4))
  }

  var responder: Responder {
    Responder(blocked: BlockedAnswerWriter(page: BlockPageAddresses()), clients: clients)
  }

  /// The answer as octets; nil where there is none.
  func octets(
    to message: [UInt8], from client: ClientAddress = .sample, by transport: Transport = .udp,
    at now: Int64 = sampleNow
  ) -> [UInt8]? {
    var buffer = AnswerBuffer(capacity: 1_232)
    let context = QueryContext(transport: transport, client: client)
    let step =
      transport == .udp
      ? responder.respond(
        to: message.span, in: context, rules: board.snapshot, now: now, limiter: &limiter,
        into: &buffer)
      : responder.respond(
        to: message.span, in: context, rules: board.snapshot, now: now, into: &buffer)
    guard case .answered = step else { return nil }
    return Array(buffer.answer)
  }

  func answer(
    to message: [UInt8], from client: ClientAddress = .sample, by transport: Transport = .udp,
    at now: Int64 = sampleNow
  ) throws -> Message? {
    try octets(to: message, from: client, by: transport, at: now).map { octets in
      try Message(parsing: octets)
    }
  }
}

let everywhere = ["0.0.0.0/0", "::/0"].map { AddressPrefix($0)! }

extension ClientAddress {
  static let sample = ClientAddress(ipv4: 0xC000_0207)

  init(_ text: String) {
    self.init(BlockPageAddresses.octets(of: text)!)!
  }
}

extension EDNS {
  static func with(_ options: EDNSOption...) -> EDNS { EDNS(options: options) }

  /// The data of the first option with a code.
  func data(_ code: EDNSOptionCode) -> [UInt8]? { options.first { $0.code == code }?.data }
}

extension EDNSOption {
  static func cookie(_ data: [UInt8]) -> EDNSOption { EDNSOption(code: .cookie, data: data) }
}
