internal import Detection
internal import Enforcement

/// The sentences of a letter in one language.
///
/// Short, exact and friendly; no sentence threatens or draws a conclusion.
protocol LetterWording: Sendable {
  func subject(host: String, caseNumber: String, deadline: Instant) -> String
  func greeting(_ scope: ContactScope, organization: String?, host: String) -> String
  func opening(reporter: String, seen: Instant) -> String
  func finding(_ category: Category) -> String
  /// A piece of evidence: the quoted text, the signal and where it stands.
  func quotation(_ text: String, _ evidence: Evidence) -> String
  func more(_ count: Int) -> String
  func capture(digest: String) -> String
  func rule(_ text: String) -> String
  func request(_ scope: ContactScope, host: String, address: String?, deadline: Instant) -> String
  func contest(contact: String, url: String?, caseNumber: String) -> String
  func limits() -> String
  func guessed() -> String
  func attachment(name: String) -> String
  func caseLine(_ caseNumber: String) -> String
}

/// A moment in the parts that a letter writes, in UTC.
struct LetterTime {
  let year: Int
  let month: Int
  let day: Int
  /// Hours and minutes, `20:31`.
  let clock: String

  init(_ moment: Instant) {
    // RFC 3339 in UTC: its fields stand at fixed places.
    let text = Array(moment.description.utf8)
    func number(_ range: Range<Int>) -> Int {
      Int(String(decoding: text[range], as: UTF8.self)) ?? 0
    }
    (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
    clock = String(decoding: text[11..<16], as: UTF8.self)
  }
}
