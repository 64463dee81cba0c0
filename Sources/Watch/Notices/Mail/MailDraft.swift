internal import Crypto
internal import Enforcement

/// A message before it is written out: a text and attachments.
struct MailDraft: Sendable, Hashable {
  /// The name beside the sender's address.
  var senderName: String
  /// Who sends it.
  var sender: MailAddress
  /// Who gets the answers.
  var replyTo: MailAddress
  /// Who gets it.
  var recipient: MailAddress
  /// The subject.
  var subject: String
  /// When it was written.
  var date: Instant
  /// What tells this message from every other; the same for the same notice.
  var key: String
  /// The language of the text, as a BCP 47 tag.
  var language: String
  /// The text, lines ended by LF.
  var text: String
  /// What goes with it.
  var attachments: [Attachment]

  /// A file that goes with a message.
  struct Attachment: Sendable, Hashable {
    /// Its name: ASCII, without spaces and quotation marks.
    var name: String
    /// Its media type.
    var mediaType: String
    /// Its octets.
    var octets: [UInt8]
  }

  /// The message identifier: half a hash of the key, at the sender's domain.
  var messageID: String { "<\(Self.digest(key + "\n" + recipient.text))@\(sender.domain)>" }

  /// Writes the message; the same draft gives the same octets.
  func composed() -> OutgoingMessage {
    // Neither quoted-printable nor base 64 can hold "=_" (RFC 2045, Section 6.7).
    let boundary = "=_\(Self.digest("boundary\n" + messageID))"
    let encoding = MailText.encoding(for: text)
    var mail =
      MailHeader.field("Date", exact: Self.date(date))
      + MailHeader.field("From", title: senderName, address: sender)
      + MailHeader.field("Reply-To", exact: replyTo.text)
      + MailHeader.field("To", exact: recipient.text)
      + MailHeader.field("Subject", text: subject)
      + MailHeader.field("Message-ID", exact: messageID)
      + MailHeader.field("MIME-Version", exact: "1.0")
      + MailHeader.field("Content-Language", exact: language)
      + MailHeader.field("Content-Type", exact: "multipart/mixed; boundary=\"\(boundary)\"")
      + "\r\n--\(boundary)\r\n"
      + "Content-Type: text/plain; charset=utf-8\r\n"
      + "Content-Transfer-Encoding: \(encoding.rawValue)\r\n\r\n"
      + MailText.body(text, encoding)
    for attachment in attachments {
      mail +=
        "--\(boundary)\r\nContent-Type: \(attachment.mediaType); name=\"\(attachment.name)\"\r\n"
        + "Content-Transfer-Encoding: base64\r\n"
        + "Content-Disposition: attachment; filename=\"\(attachment.name)\"\r\n\r\n"
        + MailText.base64(attachment.octets)
    }
    mail += "--\(boundary)--\r\n"
    return OutgoingMessage(
      sender: sender, recipient: recipient, messageID: messageID, octets: Array(mail.utf8))
  }

  /// Half a SHA-256 hash, in hexadecimal.
  private static func digest(_ text: String) -> String {
    SHA256.hash(data: Array(text.utf8)).prefix(16).map { octet in
      (octet < 16 ? "0" : "") + String(octet, radix: 16)
    }.joined()
  }

  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// A date as RFC 5322, Section 3.3 writes it, in UTC.
  static func date(_ moment: Instant) -> String {
    let time = LetterTime(moment)
    let day = days[Int(moment.seconds / 86_400 % 7)]
    let seconds = moment.seconds % 60
    return "\(day), \(time.day) \(months[(time.month - 1) % 12]) \(time.year) \(time.clock):"
      + "\(seconds < 10 ? "0" : "")\(seconds) +0000"
  }
}
