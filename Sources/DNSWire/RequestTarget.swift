/// The target of an HTTPS request, which may hold a message (RFC 8484, Section 4.1).
public struct RequestTarget: Sendable {
  /// What stands before the question mark.
  public let path: Substring
  private let parameters: Substring

  /// Takes a target as it stands in the request, with or without scheme and host, which HTTP/1.1
  /// allows (RFC 9112, Section 3.2.2).
  public init(_ target: String) {
    var origin = target[...]
    if !target.hasPrefix("/"), let scheme = target.firstRange(of: "://") {
      origin = target[scheme.upperBound...].drop { $0 != "/" }
    }
    path = origin.prefix { $0 != "?" }
    parameters = origin.dropFirst(path.count + 1)
  }

  /// Why a target holds no message that is read.
  public enum Fault: Error, Equatable, CustomStringConvertible {
    /// There is no parameter `dns`, or more than one.
    case noParameter
    /// It is not base64url without padding.
    case badParameter
    /// It stands for too many octets.
    case tooLong

    /// What is wrong, as a sentence.
    public var description: String {
      switch self {
      case .noParameter: "the target has not one parameter dns"
      case .badParameter: "the parameter dns is not base64url without padding"
      case .tooLong: "the parameter dns stands for too many octets"
      }
    }
  }

  /// The message in the one parameter `dns`.
  ///
  /// - Parameter limit: the most octets that are taken.
  /// - Returns: its octets, perhaps none; whether they are a message is not asked here.
  /// - Throws: ``Fault``.
  public func message(limit: Int) throws(Fault) -> [UInt8] {
    let texts = parameters.split(separator: "&").filter { $0.hasPrefix("dns=") }
    guard texts.count == 1, let text = texts.first?.dropFirst(4) else { throw .noParameter }
    guard text.utf8.count * 3 / 4 <= limit else { throw .tooLong }
    guard let message = Base64URL.decode(text, limit: limit) else { throw .badParameter }
    return message
  }
}
