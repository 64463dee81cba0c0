internal import Detection
internal import Foundation

/// Reads one line of `scan --jsonl`: `{"id","url"?,"title"?,"html"?|"text"?}`.
enum ScanLine {
  /// The most octets that a line may have; a longer one is answered with an error.
  static let maximumOctets = 16 * 1_024 * 1_024

  /// What a line says.
  ///
  /// - Parameters:
  ///   - line: the line, without its end.
  ///   - number: its number in the stream, counted from 1.
  /// - Returns: what is to be judged, or why it cannot be.
  static func read(_ line: ArraySlice<UInt8>, number: Int) -> Result<ScanSubject, ScanError> {
    guard line.count <= maximumOctets else {
      return .failure(ScanError(id: nil, line: number, error: tooLong))
    }
    let data = Data(line)
    guard let fields = try? JSONDecoder().decode(Fields.self, from: data) else {
      let id = try? JSONDecoder().decode(IDAlone.self, from: data).id
      return .failure(
        ScanError(
          id: id, line: number,
          error: "no JSON object with “id” and “html” or “text”, each a text"))
    }
    let content: Subject.Content
    if let html = fields.html {
      content = .html(Array(html.utf8))
    } else if let text = fields.text {
      content = .text(Array(text.utf8))
    } else {
      return .failure(
        ScanError(id: fields.id, line: number, error: "neither “html” nor “text” is given"))
    }
    guard let id = fields.id else {
      return .failure(ScanError(id: nil, line: number, error: "“id” is missing"))
    }
    return .success(
      ScanSubject(
        id: id, subject: Subject(url: fields.url, title: fields.title, content: content)))
  }

  /// The error of a line that is too long to be read.
  static let tooLong = "longer than \(maximumOctets) octets; give the page in a file"

  private struct Fields: Decodable {
    let id: ScanID?
    let url: String?
    let title: String?
    let html: String?
    let text: String?
  }

  private struct IDAlone: Decodable {
    let id: ScanID
  }
}

/// A line that could not be judged; the others go on.
struct ScanError: Error, Encodable, Sendable {
  let id: ScanID?
  let line: Int
  let error: String
}
