import DNSWire
import Foundation

/// The reader of what a GET request asks (RFC 8484): it takes one text for each message, and no other.
enum RequestTargetTarget {
  private static let limit = 4_096

  static func run(_ octets: [UInt8]) {
    guard let text = String(validating: octets, as: UTF8.self) else { return }
    read("/dns-query?dns=" + text)
    read(text)
  }

  private static func read(_ text: String) {
    let target = RequestTarget(text)
    guard let message = try? target.message(limit: limit) else { return }
    precondition(message.count <= limit, "too much is taken")
    let right = Data(message).base64EncodedString().replacing("+", with: "-")
      .replacing("/", with: "_").replacing("=", with: "")
    precondition(
      text.contains("dns=" + right), "another text than the one of these octets is taken")
    _ = QuestionView.parse(message.span)
  }
}
