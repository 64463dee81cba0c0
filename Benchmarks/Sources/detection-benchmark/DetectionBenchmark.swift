import Detection
import Glibc
import Interchange

/// Measures the detection engine on pages and posts made from a seed.
///
/// Writes the pages into a folder, one file each, so that other programs can read the same.
@main
struct DetectionBenchmark {
  static func main() throws {
    var options = CommandLine.arguments.dropFirst()
    let isQuick = options.contains("--quick")
    options.removeAll { $0 == "--quick" }
    guard options.count == 3, let termsPath = options.first, let folder = options.last else {
      throw BenchmarkFault.usage
    }
    let detector = try ShippedPacks.detector(in: options[options.startIndex + 1])
    let terms = try File.read(termsPath).split(separator: 0x0A).map {
      String(decoding: $0, as: UTF8.self)
    }
    let engine = try Engine(packs: [TermPack.pack(of: terms)])
    let sizes = [20_000, 50_000, 100_000, 200_000]
    var maker = PageMaker(seed: 20_261_122, terms: terms)
    let pages = (0..<(isQuick ? 40 : 240)).map { maker.page(octets: sizes[$0 % sizes.count]) }
    for (index, page) in pages.enumerated() {
      try File.write(page, to: "\(folder)/page-\(index).html")
    }
    let texts = (0..<(isQuick ? 20 : 60)).map { _ in maker.text(octets: 50_000) }
    let posts = (0..<20_000).map { _ in maker.text(octets: 60 + maker.number(400)) }
    let repetitions = isQuick ? 3 : 9

    var seen = 0
    let html = measure(pages, .html, engine, repetitions, &seen)
    let verdicts = measureVerdicts(pages, detector, repetitions)
    let text = measure(texts, .text, engine, repetitions, &seen)
    let matching = measureMatching(texts, engine, repetitions, &seen)
    let raw = try RawScan(engine.expressions).measure(texts, repetitions: repetitions)
    let short = measure(posts, .text, engine, repetitions, &seen)
    print("html_mb_s \(html.megabytes)")
    print("verdict_mb_s \(verdicts.megabytes)")
    print("text_mb_s \(text.megabytes)")
    print("matching_mb_s \(matching.megabytes)")
    print("vectorscan_mb_s \(raw.megabytes)")
    print("posts_s \(short.items)")
    print("posts_mb_s \(short.megabytes)")
    print("page_octets \(pages.reduce(0) { $0 + $1.count })")
    print("pages \(pages.count)")
    print("terms \(terms.count)")
    print("found \(seen / repetitions)")
    print("found_raw \(raw.found)")
  }

  /// Folds and matches all texts several times on one thread; the median counts.
  private static func measureMatching(
    _ texts: [[UInt8]], _ engine: Engine, _ repetitions: Int, _ seen: inout Int
  ) -> Rate {
    let times = (0..<repetitions).map { _ in
      Stopwatch.nanoseconds { for text in texts { seen += engine.countMatches(in: text) } }
    }
    let octets = texts.reduce(0) { $0 + $1.count }
    return Rate(octets: octets, count: texts.count, nanoseconds: times.median)
  }

  /// Judges all pages several times on one thread, with the packs and weights that Cordon ships with.
  private static func measureVerdicts(
    _ pages: [[UInt8]], _ detector: Detector, _ repetitions: Int
  ) -> Rate {
    var pieces = 0
    let times = (0..<repetitions).map { _ in
      Stopwatch.nanoseconds {
        for page in pages {
          let subject = Subject(url: "https://www.example.com/", content: .html(page))
          pieces += detector.verdict(on: subject).evidence.count
        }
      }
    }
    precondition(pieces > 0, "no page shows anything")
    let octets = pages.reduce(0) { $0 + $1.count }
    return Rate(octets: octets, count: pages.count, nanoseconds: times.median)
  }

  enum Kind { case html, text }

  /// Observes all subjects several times on one thread; the median counts.
  private static func measure(
    _ subjects: [[UInt8]], _ kind: Kind, _ engine: Engine, _ repetitions: Int, _ seen: inout Int
  ) -> Rate {
    let octets = subjects.reduce(0) { $0 + $1.count }
    var times: [Double] = []
    for _ in 0..<repetitions {
      times.append(
        Stopwatch.nanoseconds {
          for subject in subjects {
            let content: Subject.Content =
              switch kind {
              case .html: .html(subject)
              case .text: .text(subject)
              }
            seen += engine.observe(Subject(content: content)).signals.reduce(0) { $0 + $1.count }
          }
        })
    }
    return Rate(octets: octets, count: subjects.count, nanoseconds: times.median)
  }
}

/// How much was done in a time.
struct Rate {
  let octets: Int
  let count: Int
  let nanoseconds: Double

  /// Millions of octets a second.
  var megabytes: Double { (Double(octets) / nanoseconds * 1e4).rounded() / 10 }
  var items: Double { (Double(count) / nanoseconds * 1e9).rounded() }
}

/// Something that makes the figures worthless.
enum BenchmarkFault: Error, CustomStringConvertible {
  case usage
  case file(String)
  case notCompiled

  var description: String {
    switch self {
    case .usage: "usage: detection-benchmark TERMS PACKS FOLDER [--quick]"
    case .file(let path): "cannot read or write \(path)"
    case .notCompiled: "Vectorscan does not take the terms"
    }
  }
}
