import Conduct
import Detection
import Enforcement
import Foundation

/// What parts of intake cost by themselves, on one thread: the least that any intake pays beside.
struct Floors {
  let detector: Detector
  let folder: String
  let posts: [UInt8]

  func run() throws {
    let lines = posts.split(separator: 0x0A)
    measure("floor_utf8") {
      // What every reader of NDJSON does: find the lines, and ask whether they are UTF-8.
      lines.count { String(validating: $0, as: UTF8.self) == nil }
    }
    var read: [PublicPost] = []
    measure("floor_read") {
      read = PostLines.read(posts, allArePublic: true).compactMap { line in
        if case .post(let post) = line { post } else { nil }
      }
      return read.count - lines.count
    }
    measure("floor_foundation") {
      struct Post: Decodable { var id, account, published, text: String; var links: [String]? }
      let decoder = JSONDecoder()
      return lines.count { (try? decoder.decode(Post.self, from: Data($0))) == nil }
    }
    measure("floor_detect") {
      read.count { detector.verdict(onPost: $0.text).packs.isEmpty }
    }
  }

  /// Times a body that answers how often something went wrong, three times, and tells the best.
  private func measure(_ name: String, _ body: () -> Int) {
    let lines = posts.count { $0 == 0x0A }
    var best = Double.infinity
    for _ in 0..<3 {
      let start = Throughput.processorSeconds()
      let wrong = body()
      best = min(best, wrong == 0 ? Throughput.processorSeconds() - start : .infinity)
    }
    print("\(name)_us \((best / Double(lines) * 1e6).hundredths)")
  }

  /// Appends as many octets to a plain file as fifty infractions take on the record, and waits for
  /// the disk: the least that a durable answer costs.
  func appends() throws {
    let path = folder + "-floor"
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    guard file >= 0 else { throw BenchmarkFault(text: "\(path) cannot be written") }
    defer {
      close(file)
      unlink(path)
    }
    let octets = [UInt8](repeating: 0x20, count: 50 * 3_000)
    var times: [Double] = []
    for _ in 0..<200 {
      let start = ContinuousClock.now
      guard write(file, octets, octets.count) == octets.count, fdatasync(file) == 0 else {
        throw BenchmarkFault(text: "\(path) cannot be written")
      }
      times.append(start.duration(to: .now) / .milliseconds(1))
    }
    print("floor_append_ms \(times.sorted()[times.count / 2].hundredths)")
  }
}
