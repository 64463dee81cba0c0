internal import Crypto
internal import Foundation
internal import Records

/// What a person shows to act: 32 random octets as text.
///
/// Only its SHA-256 is kept.
enum AccessToken {
  static func make(_ random: RandomOctets = .system) -> String {
    "cordon_"
      + Data(random.octets(32)).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  static func digest(of token: String) -> [UInt8] {
    Array(SHA256.hash(data: Data(token.utf8)))
  }
}

/// SHA-256 of octets, in hexadecimal.
func hexadecimalSHA256(of octets: [UInt8]) -> String {
  SHA256.hash(data: octets).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
