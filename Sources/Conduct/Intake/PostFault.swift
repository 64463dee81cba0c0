/// Why a line is no post: what is wrong, and where.
public struct PostFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public let reason: Reason
  /// The octet of the line, counted from 1.
  public let octet: Int

  /// What can be wrong with a line.
  public enum Reason: Sendable, Hashable {
    /// The line has more octets than ``PostLines/lineLimit``.
    case lineTooLong
    /// The line is no UTF-8.
    case notUTF8
    /// The line ends in the middle.
    case endsEarly
    /// Something else was to stand here.
    case expected(String)
    /// A control character stands in a string as it is.
    case controlCharacter
    /// A backslash that no escape of JSON begins with.
    case badEscape
    /// Half of a surrogate pair.
    case loneSurrogate
    /// A number that is none in JSON.
    case badNumber
    /// Lists and objects lie too deep in each other.
    case tooDeep
    /// A name that occurs twice.
    case duplicate(String)
    /// More members than ``PostLines/memberLimit``.
    case tooManyMembers
    /// Something that has to be there is not.
    case missing(String)
    /// A value of another type than the member has.
    case wrongType(String, wanted: String)
    /// A value that is empty.
    case empty(String)
    /// A value with more octets than fit.
    case tooLong(String, limit: Int)
    /// More links than ``PublicPost/linkLimit``.
    case tooManyLinks
    /// A time that is none.
    case badTime
    /// A language tag that is none.
    case badLanguage
    /// Nobody says that the post is public.
    case notKnownPublic
    /// The platform says that the post is not public.
    case notPublic
  }

  init(_ reason: Reason, octet: Int = 1) {
    self.reason = reason
    self.octet = octet
  }

  /// One sentence for whoever sent the line.
  public var description: String {
    switch reason {
    case .lineTooLong: "the line is longer than \(PostLines.lineLimit) octets"
    case .notUTF8: "octet \(octet): the line is not UTF-8 here"
    case .endsEarly: "the line ends in the middle of the post"
    case .expected(let what): "octet \(octet): \(what) was to stand here"
    case .controlCharacter: "octet \(octet): a control character has to be escaped"
    case .badEscape: "octet \(octet): JSON has no such escape"
    case .loneSurrogate: "octet \(octet): half of a surrogate pair is no character"
    case .badNumber: "octet \(octet): this is no number of JSON"
    case .tooDeep: "octet \(octet): deeper than \(PostLines.depthLimit) lists and objects"
    case .duplicate(let name): "octet \(octet): “\(name)” occurs twice"
    case .tooManyMembers: "octet \(octet): more than \(PostLines.memberLimit) members"
    case .missing(let name): "“\(name)” is missing"
    case .wrongType(let name, let wanted): "octet \(octet): “\(name)” has to be \(wanted)"
    case .empty(let name): "octet \(octet): “\(name)” is empty"
    case .tooLong(let name, let limit): "octet \(octet): “\(name)” has more than \(limit) octets"
    case .tooManyLinks: "octet \(octet): more than \(PublicPost.linkLimit) links"
    case .badTime:
      "octet \(octet): “published” has to be a time such as 2026-08-24T00:00:00Z (RFC 3339)"
    case .badLanguage: "octet \(octet): “lang” has to be a language tag such as zh-Hans"
    case .notKnownPublic:
      "nobody says that this post is public: send “public”: true, or have the platform declare it"
    case .notPublic: "this post is not public, so it is not looked at"
    }
  }
}
