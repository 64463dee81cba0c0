/// Why a step of the search for contacts yielded nothing.
enum ContactFault: Error, Sendable, Hashable {
  /// No server is known for a name or an address.
  case noServer(String)
  case fetch(String)
  case notFound
  /// The server asked to be left alone for a while (429).
  case busy(retryAfter: Int?)
  case status(Int)
  case tooLarge(limit: Int)
  case tooDeep(limit: Int)
  case unreadable(String)
  /// The answer is JSON, but not of the class that was asked for.
  case wrongClass(String)
  /// A link leads back to where the search has been.
  case loop
  case tooManyReferrals(limit: Int)
  /// A link of an answer that came by `https` leads to `http`.
  case insecureReferral
  /// The name is run for strangers, too.
  case shared(name: String, owner: String)
  case noName(String)
  case noContact

  /// When to ask again, in seconds, where the server said so.
  var retryAfter: Int? {
    guard case .busy(let seconds) = self else { return nil }
    return seconds
  }
}

extension ContactFault: CustomStringConvertible {
  /// The fault as a sentence.
  var description: String {
    switch self {
    case .noServer(let what): "no RDAP server is known for \(what)"
    case .fetch(let reason): "it could not be asked: \(reason)"
    case .notFound: "the server does not know it (404)"
    case .busy(let seconds):
      "the server asks to be left alone (429)"
        + (seconds.map { ": ask again in \($0) seconds" } ?? ": ask again later")
    case .status(let code): "the server answered \(code)"
    case .tooLarge(let limit): "the answer has more than \(limit) octets"
    case .tooDeep(let limit): "the answer is nested deeper than \(limit) levels"
    case .unreadable(let reason): "the answer cannot be read: \(reason)"
    case .wrongClass(let wanted): "the answer is no RDAP \(wanted)"
    case .loop: "the link leads back to an answer that was read before"
    case .tooManyReferrals(let limit): "there are more than \(limit) referrals"
    case .insecureReferral: "the link leads from https to http, where anyone could answer"
    case .shared(let name, let owner):
      "\(name) stands below \(owner), where others have their sites: its registrar could only "
        + "suspend them all, so it is not asked"
    case .noName(let host): "\(host) is no name that can be registered"
    case .noContact: "the answer names nobody who can be written to"
    }
  }
}
