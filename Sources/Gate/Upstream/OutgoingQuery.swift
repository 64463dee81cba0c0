internal import DNSWire
internal import DomainNames

/// A query as it goes to a server once: with an id and a case that only its answer repeats.
///
/// Together with the kernel's random port, id and case ("0x20") are what someone off the path would
/// have to guess (RFC 5452, Section 9).
struct OutgoingQuery: Sendable, Hashable {
  /// How a query travels.
  enum Transport: Sendable, Hashable {
    case datagram
    case stream
  }

  /// The message on the wire.
  let octets: [UInt8]
  /// The id that its answer repeats.
  let id: UInt16
  private let question: [UInt8]
  private let transport: Transport

  /// Padded queries are as long as a multiple of so many octets (RFC 8467, Section 4.1).
  static let block = 128

  /// Makes a query of its own for one try.
  ///
  /// - Parameters:
  ///   - query: what is asked.
  ///   - transport: how it travels.
  ///   - usesEDNS: whether the server understands EDNS.
  ///   - isPadded: whether its length is to say nothing, which needs EDNS, and helps under encryption
  ///     alone.
  ///   - random: chooses id and case.
  init(
    _ query: UpstreamQuery, over transport: Transport, usesEDNS: Bool, isPadded: Bool = false,
    random: inout some RandomNumberGenerator
  ) {
    id = .random(in: .min ... .max, using: &random)
    self.transport = transport
    let wireName = Self.mixingCase(of: query.name.wire, random: &random)
    // A change of case keeps a name well formed, so the other branch is never taken.
    let asked =
      (try? Question(wireName: wireName, type: query.type, recordClass: query.recordClass))
      ?? Question(name: query.name, type: query.type, recordClass: query.recordClass)
    let message = Message(
      id: id,
      flags: query.checkingDisabled ? [.recursionDesired, .checkingDisabled] : .recursionDesired,
      questions: [asked],
      edns: usesEDNS ? EDNS(dnssecOK: query.wantsDNSSEC) : nil)
    var octets = message.encoded()
    if isPadded { OptionAppending.pad(&octets, toMultipleOf: Self.block) }
    self.octets = octets
    question = Array(octets[Header.length..<(Header.length + wireName.count + 4)])
  }

  /// Gives each letter of a name a random case.
  private static func mixingCase(
    of wire: [UInt8], random: inout some RandomNumberGenerator
  ) -> [UInt8] {
    // Lengths are at most 63, below every letter.
    wire.map { octet in
      let isLetter = octet >= UInt8(ascii: "a") && octet <= UInt8(ascii: "z")
      return isLetter && Bool.random(using: &random) ? octet & ~0x20 : octet
    }
  }

  /// What a message from the server says to this query; nil where it is no answer to it.
  func reply(in received: [UInt8]) -> Reply? {
    guard let header = try? Header(parsing: received.span), header.flags.contains(.response),
      header.id == id, header.opcode == .query
    else { return nil }
    guard header.questionCount > 0 else { return Self.bareReply(header) }
    guard let echo = echo(in: received) else { return nil }
    switch transport {
    case .datagram:
      if echo == .otherCase || header.flags.contains(.truncated) { return .needsStream }
    case .stream:
      if header.flags.contains(.truncated) { return .malformed }
    }
    guard let message = try? Message(parsing: withOwnCase(received)),
      message.cnameChain.count < Message.maximumChainLength
    else { return .malformed }
    return Reply(message)
  }

  /// The answer with the question in lower case.
  ///
  /// Names in records point into it, and would else be told in the random case of this try.
  private func withOwnCase(_ received: [UInt8]) -> [UInt8] {
    var answer = received
    for place in Header.length..<(Header.length + question.count - 4) {
      answer[place] = answer[place].asciiLowercased
    }
    return answer
  }

  private enum Echo {
    case exact
    case otherCase
  }

  private func echo(in received: [UInt8]) -> Echo? {
    let place = received.dropFirst(Header.length).prefix(question.count)
    if place.elementsEqual(question) { return .exact }
    // The type and class behind the name have to be the same to the bit.
    let same =
      place.suffix(4).elementsEqual(question.suffix(4))
      && place.elementsEqual(question) { $0.asciiLowercased == $1.asciiLowercased }
    return same ? .otherCase : nil
  }

  /// Servers that do not understand a query may answer with a header alone.
  private static func bareReply(_ header: Header) -> Reply? {
    switch header.responseCode {
    case .formErr, .notImp: .notUnderstood(nil)
    case .servFail, .refused: .declined(nil)
    default: nil
    }
  }
}
