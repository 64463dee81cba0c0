import Conduct
import Detection
import Foundation

/// Measures the intake of public posts.
@main
struct ConductBenchmark {
  static func main() throws {
    var options = CommandLine.arguments.dropFirst()
    let stage = options.popFirst() ?? ""
    let folder = options.popFirst() ?? "Policies/detection"
    if stage == "detect" { try detect(folder) }
    if stage == "fast" { try fast(folder) }
  }

  static func fast(_ folder: String) throws {
    let detector = try DetectorFiles.load(folder)
    var maker = PostMaker(seed: 1, accounts: 100_000)
    let posts = PostLines.read(maker.batch(20_000), allArePublic: true).compactMap { if case .post(let post) = $0 { post } else { nil } }
    let plain = posts.filter { detector.verdict(onPost: $0.text).score == 1 }
    var n = 0
    let start = DispatchTime.now().uptimeNanoseconds
    for _ in 0..<40 { for post in plain { n += detector.verdict(onPost: post.text).category == .none ? 1 : 0 } }
    print("plain", plain.count, n, Double(DispatchTime.now().uptimeNanoseconds - start) / Double(40 * plain.count), "ns")
  }

  static func detect(_ folder: String) throws {
    let detector = try DetectorFiles.load(folder)
    var maker = PostMaker(seed: 1, accounts: 100_000)
    let batch = maker.batch(20_000)
    func time(_ name: String, _ count: Int, _ body: () -> Void) {
      let start = DispatchTime.now().uptimeNanoseconds
      body()
      let spent = Double(DispatchTime.now().uptimeNanoseconds - start)
      print(name, Int(spent / Double(count)), "ns each", Int(Double(count) / spent * 1e9), "/s")
    }
    var lines: [PostLines.Line] = []
    for _ in 0..<3 { time("read", 20_000) { lines = PostLines.read(batch, allArePublic: true) } }
    let posts = lines.compactMap { if case .post(let post) = $0 { post } else { nil } }
    print("octets", batch.count / 20_000, "a line;", posts.reduce(0) { $0 + $1.text.count } / posts.count)
    var kinds: [Detection.Category: Int] = [:]
    for _ in 0..<3 {
      kinds = [:]
      time("fast", posts.count) { for post in posts { kinds[detector.verdict(onPost: post.text).category, default: 0] += 1 } }
    }
    print(kinds)
    kinds = [:]
    time("full", posts.count) { for post in posts { kinds[detector.verdict(on: Subject(content: .text(post.text))).category, default: 0] += 1 } }
    print(kinds)
    for post in posts where String(decoding: post.text, as: UTF8.self).contains("#") {
      let verdict = detector.verdict(onPost: post.text)
      if !verdict.category.isFinding { print("missed", verdict.category, String(decoding: post.text, as: UTF8.self)) ; break }
    }
    let hard = posts.filter { String(decoding: $0.text, as: UTF8.self).contains("#") }
    time("soliciting", hard.count * 20) { for _ in 0..<20 { for post in hard { kinds[detector.verdict(onPost: post.text).category, default: 0] += 1 } } }
  }
}
