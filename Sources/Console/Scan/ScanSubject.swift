internal import Detection
internal import Foundation

/// Something to judge, and what to call it.
struct ScanSubject: Sendable {
  /// The id that its answer carries.
  var id: ScanID
  /// What is looked at.
  var subject: Subject
  /// The original octets, which evidence is counted in.
  var octets: [UInt8] {
    switch subject.content {
    case .html(let octets), .text(let octets): octets
    }
  }

  /// A file's content; markup where it looks like it.
  init(path: String, octets: [UInt8], url: String? = nil) {
    id = .text(path)
    subject = Subject(
      url: url, content: Self.looksLikeMarkup(path, octets) ? .html(octets) : .text(octets))
  }

  /// Takes the parts.
  init(id: ScanID, subject: Subject) {
    self.id = id
    self.subject = subject
  }

  private static func looksLikeMarkup(_ path: String, _ octets: [UInt8]) -> Bool {
    if path.hasSuffix(".html") || path.hasSuffix(".htm") || path.hasSuffix(".xhtml") { return true }
    let head = String(decoding: octets.prefix(1_024), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    return head.hasPrefix("<!doctype") || head.hasPrefix("<html") || head.contains("<head")
      || head.contains("<body")
  }
}

/// An id as it was given: answers carry it back unchanged.
enum ScanID: Sendable, Hashable, Codable, CustomStringConvertible {
  case text(String)
  case number(Int)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .number(let number): try container.encode(number)
    }
  }

  var description: String {
    switch self {
    case .text(let text): text
    case .number(let number): "\(number)"
    }
  }
}
