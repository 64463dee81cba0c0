/// Lines of posts as a platform sends them (NDJSON), read one by one.
///
/// A line that cannot be read is told by its number and its fault, and the others go on. Blank lines
/// are passed over.
public enum PostLines {
  /// The most octets of a line.
  public static let lineLimit = 1 << 20
  /// The most members of a post, unknown ones included.
  public static let memberLimit = 64
  /// How deep lists and objects may lie in each other where they are passed over.
  public static let depthLimit = 32

  /// What became of one line.
  public enum Line: Sendable, Hashable {
    /// A post.
    case post(PublicPost)
    /// None; `id` is the post's where the line told it before it went wrong.
    case fault(PostFault, id: String?, line: Int)
  }

  /// Reads all lines of a batch.
  ///
  /// - Parameters:
  ///   - octets: the batch.
  ///   - allArePublic: the platform's word that whatever it hands in is public.
  /// - Returns: what became of each line that is not blank, in order.
  public static func read(_ octets: [UInt8], allArePublic: Bool) -> [Line] {
    var lines: [Line] = []
    var number = 0
    forEachRange(octets, 0..<octets.count) { range in
      number += 1
      if let line = read(octets, range, number: number, allArePublic: allArePublic) {
        lines.append(line)
      }
    }
    return lines
  }

  /// Reads one line; nil for a blank one.
  static func read(
    _ octets: [UInt8], _ range: Range<Int>, number: Int, allArePublic: Bool
  ) -> Line? {
    guard range.count <= lineLimit else {
      return .fault(PostFault(.lineTooLong), id: nil, line: number)
    }
    if let wrong = firstBadOctet(octets, range) {
      return .fault(PostFault(.notUTF8, octet: wrong + 1), id: nil, line: number)
    }
    var reader = PostReader(scanner: PostScanner(octets, range))
    guard reader.scanner.skipSpace() else { return nil }
    do throws(PostFault) {
      return .post(try reader.read(allArePublic: allArePublic))
    } catch {
      return .fault(error, id: reader.id, line: number)
    }
  }

  /// Calls a closure for each line without its line feed.
  static func forEachRange(
    _ octets: [UInt8], _ part: Range<Int>, _ body: (Range<Int>) -> Void
  ) {
    var start = part.lowerBound
    while start < part.upperBound {
      let end = OctetSearch.find(0x0A, in: octets, start..<part.upperBound)
      body(start..<end)
      start = end + 1
    }
  }

  /// Where a part stops being UTF-8, counted from its beginning; nil where it is all UTF-8.
  private static func firstBadOctet(_ octets: [UInt8], _ range: Range<Int>) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: octets.span.extracting(range))
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}
