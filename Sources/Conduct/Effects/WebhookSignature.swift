internal import Crypto
internal import Foundation

/// Signs a webhook as Standard Webhooks 1.0.0 defines it: HMAC-SHA256 over `id.timestamp.body`.
enum WebhookSignature {
  /// The value of `webhook-signature`: one signature for each secret, the newest first.
  ///
  /// - Parameters:
  ///   - id: the value of `webhook-id`, the same however often the message is sent.
  ///   - timestamp: seconds since 1970, the value of `webhook-timestamp`.
  ///   - body: the body, octet by octet.
  ///   - secrets: what it is signed with.
  /// - Returns: the value.
  static func header(
    id: String, timestamp: Int64, body: [UInt8], secrets: WebhookSecrets
  ) -> String {
    let signed = Array("\(id).\(timestamp).".utf8) + body
    return secrets.keys.map { key in
      let code = HMAC<SHA256>.authenticationCode(for: signed, using: key)
      return "v1," + Data(code).base64EncodedString()
    }.joined(separator: " ")
  }
}
