/// A message that is ready to be handed to a mail server, as it is kept until it was.
///
/// It names people: it belongs into a sealed field or a table beside the log, never into a leaf.
public struct OutgoingMessage: Sendable, Hashable, Codable {
  /// Whom the server tells when it cannot deliver (RFC 5321, Section 4.1.1.2).
  public var sender: MailAddress
  /// Who gets it.
  ///
  /// One message has one recipient, so that its fate is one.
  public var recipient: MailAddress
  /// Its Message-ID, with angle brackets; the same for the same notice to the same recipient.
  public var messageID: String
  /// Its octets: RFC 5322, lines ended by CR LF, ASCII throughout.
  public var octets: [UInt8]

  /// Takes the parts.
  public init(sender: MailAddress, recipient: MailAddress, messageID: String, octets: [UInt8]) {
    self.sender = sender
    self.recipient = recipient
    self.messageID = messageID
    self.octets = octets
  }
}
