internal import Crypto
public import Enforcement
internal import Foundation
public import Records

/// Lets an account holder in without a password: the token stands in the notice, and nowhere else.
///
/// It is the sanction's number with a message authentication code, so that nothing has to be kept
/// for it, and a number alone opens nothing.
public struct AppealKey: Sendable {
  private let key: SymmetricKey

  /// Loads `appeal.key` of a data directory, and makes it where there is none.
  ///
  /// - Throws: ``PrivateFileFault`` where it cannot be read or others may read it.
  public init(directory: String, random: RandomOctets = .system) throws(PrivateFileFault) {
    let file = PrivateFile(path: directory + "/appeal.key")
    let octets = try file.readOrMake { random.octets(32) }
    guard octets.count == 32 else {
      throw file.fault("is no key of 32 octets: restore it from a backup")
    }
    key = SymmetricKey(data: octets)
  }

  /// The token of a sanction, such as `s-17.x7Ew…`: 43 signs of Base64url behind the number.
  public func token(for sanction: SanctionID) -> String {
    "\(sanction)." + Self.base64url(Data(code(sanction)))
  }

  /// The sanction that a token opens; nil where it is none of ours.
  ///
  /// How long that takes says nothing of how much of a token is right.
  public func sanction(of token: String) -> SanctionID? {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard token.utf8.count <= 100, parts.count == 2, let id = SanctionID(text: String(parts[0])),
      let code = Self.data(base64url: parts[1])
    else { return nil }
    return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.signed(id), using: key)
      ? id : nil
  }

  private func code(_ sanction: SanctionID) -> HMAC<SHA256>.MAC {
    HMAC<SHA256>.authenticationCode(for: Self.signed(sanction), using: key)
  }

  private static func signed(_ sanction: SanctionID) -> [UInt8] {
    Array("cordon appeal 1\n\(sanction)".utf8)
  }

  private static func base64url(_ data: Data) -> String {
    data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// 32 octets in the only form in which they are written.
  private static func data(base64url text: Substring) -> Data? {
    guard text.utf8.count == 43 else { return nil }
    let plain = String(text).replacing("-", with: "+").replacing("_", with: "/") + "="
    guard let data = Data(base64Encoded: plain), base64url(data) == text else { return nil }
    return data
  }
}
