internal import Detection
internal import Foundation

/// Judges a stream of lines with two workers; answers come in the order of the lines.
///
/// What has arrived is judged at once: a program that waits for each answer gets it. At most one
/// line's length and one read are held.
struct ScanStream {
  let detector: Detector
  /// Whether features are written in place of verdicts, to learn from.
  let writesFeatures: Bool

  private static let workers = 2

  /// Reads to the end of the input.
  func run(
    read: () throws -> [UInt8]?, write: ([UInt8]) async throws -> Void
  ) async throws {
    var lines = LineCutter()
    while let octets = try read() {
      let cut = lines.take(octets)
      if !cut.isEmpty { try await write(await answers(to: cut)) }
    }
    if let last = lines.rest() { try await write(await answers(to: [last])) }
  }

  /// The answers to lines, in their order.
  private func answers(to lines: [LineCutter.Line]) async -> [UInt8] {
    let size = (lines.count + Self.workers - 1) / Self.workers
    return await withTaskGroup(of: (Int, [UInt8]).self) { group in
      for start in stride(from: 0, to: lines.count, by: size) {
        let part = lines[start..<min(lines.count, start + size)]
        group.addTask { (start, part.flatMap(answer)) }
      }
      var parts: [(Int, [UInt8])] = []
      for await part in group {
        parts.append(part)
      }
      return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }

  /// The answer to one line; an empty line has none.
  @Sendable private func answer(_ line: LineCutter.Line) -> [UInt8] {
    guard let octets = line.octets else {
      return encoded(ScanError(id: nil, line: line.number, error: ScanLine.tooLong))
    }
    guard octets.contains(where: { $0 > 0x20 }) else { return [] }
    switch ScanLine.read(octets[...], number: line.number) {
    case .failure(let error): return encoded(error)
    case .success(let scan) where writesFeatures:
      return encoded(
        FeatureReply(
          id: scan.id, features: detector.features(of: scan.subject),
          canBeFinding: detector.canBeFinding(scan.subject)))
    case .success(let scan):
      return encoded(ScanReply(id: scan.id, verdict: detector.verdict(on: scan.subject)))
    }
  }

  private func encoded(_ reply: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(reply) else { return [] }
    return Array(data) + [0x0A]
  }
}

/// The numbers that weights are learned from.
struct FeatureReply: Encodable {
  let id: ScanID
  let features: [String: Double]
  let canBeFinding: Bool

  private enum CodingKeys: String, CodingKey {
    case id, features
    case canBeFinding = "can_be_finding"
  }
}

/// Cuts octets into lines, and holds no more of a line than ``ScanLine/maximumOctets``.
struct LineCutter {
  /// A line, without its end; no octets where it was too long to keep.
  struct Line: Sendable {
    let number: Int
    let octets: [UInt8]?
  }

  private var open: [UInt8] = []
  private var isTooLong = false
  private var number = 1

  /// The lines that end within these octets.
  mutating func take(_ octets: [UInt8]) -> [Line] {
    var lines: [Line] = []
    var start = 0
    while let end = octets[start...].firstIndex(of: 0x0A) {
      keep(octets[start..<end])
      lines.append(close())
      start = end + 1
    }
    keep(octets[start...])
    return lines
  }

  /// The last line, where it does not end.
  mutating func rest() -> Line? {
    open.isEmpty && !isTooLong ? nil : close()
  }

  private mutating func keep(_ octets: ArraySlice<UInt8>) {
    guard !isTooLong, open.count + octets.count <= ScanLine.maximumOctets else {
      isTooLong = true
      open.removeAll()
      return
    }
    open += octets
  }

  private mutating func close() -> Line {
    defer {
      open.removeAll(keepingCapacity: true)
      isTooLong = false
      number += 1
    }
    return Line(number: number, octets: isTooLong ? nil : open)
  }
}
