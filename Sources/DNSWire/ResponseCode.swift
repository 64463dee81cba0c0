/// How a query went: the twelve bits of header and EDNS together (RFC 6891, Section 6.1.3).
public struct ResponseCode: RawRepresentable, Sendable, Hashable {
  /// The number in the IANA registry "DNS RCODEs", at most 4095.
  public let rawValue: UInt16

  /// Takes the low twelve bits of a number.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue & 0x0FFF
  }

  /// All went well.
  public static let noError = ResponseCode(rawValue: 0)
  /// The query could not be read.
  public static let formErr = ResponseCode(rawValue: 1)
  /// The server failed.
  public static let servFail = ResponseCode(rawValue: 2)
  /// The name does not exist, and nothing below it (RFC 8020).
  public static let nxDomain = ResponseCode(rawValue: 3)
  /// The server does not do what was asked.
  public static let notImp = ResponseCode(rawValue: 4)
  /// The server does not want to answer.
  public static let refused = ResponseCode(rawValue: 5)
  /// A name exists that should not; also a DNAME's result that is too long (RFC 6672).
  public static let yxDomain = ResponseCode(rawValue: 6)
  /// The server has no authority over the zone, or the asker none to ask.
  public static let notAuth = ResponseCode(rawValue: 9)
  /// The name is not in the zone (RFC 2136).
  public static let notZone = ResponseCode(rawValue: 10)
  /// The server does not speak the query's version of EDNS (RFC 6891).
  public static let badVers = ResponseCode(rawValue: 16)
  /// The query's cookie is missing or wrong (RFC 7873).
  public static let badCookie = ResponseCode(rawValue: 23)

  /// Whether the header alone can hold this code, without EDNS.
  public var fitsHeader: Bool { rawValue < 16 }
}

extension ResponseCode: CustomStringConvertible {
  /// The mnemonic, as "NXDOMAIN"; for a code without one "RCODE" and the number.
  public var description: String {
    Self.mnemonics[self] ?? "RCODE\(rawValue)"
  }

  private static let mnemonics: [ResponseCode: String] = [
    .noError: "NOERROR", .formErr: "FORMERR", .servFail: "SERVFAIL", .nxDomain: "NXDOMAIN",
    .notImp: "NOTIMP", .refused: "REFUSED", .yxDomain: "YXDOMAIN", .notAuth: "NOTAUTH",
    .notZone: "NOTZONE", .badVers: "BADVERS", .badCookie: "BADCOOKIE",
    ResponseCode(rawValue: 7): "YXRRSET", ResponseCode(rawValue: 8): "NXRRSET",
    ResponseCode(rawValue: 11): "DSOTYPENI", ResponseCode(rawValue: 17): "BADKEY",
    ResponseCode(rawValue: 18): "BADTIME", ResponseCode(rawValue: 19): "BADMODE",
    ResponseCode(rawValue: 20): "BADNAME", ResponseCode(rawValue: 21): "BADALG",
    ResponseCode(rawValue: 22): "BADTRUNC",
  ]
}
