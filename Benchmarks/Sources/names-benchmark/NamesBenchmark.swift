import DomainNames

/// Measures the name index beside sets of strings, and writes tables in Markdown.
@main
struct NamesBenchmark {
  static func main() throws {
    let isQuick = CommandLine.arguments.contains("--quick")
    let sizes = isQuick ? [120, 10_000] : [120, 100_000, 1_000_000]
    let repetitions = isQuick ? 3 : 9
    let queries = isQuick ? 20_000 : 200_000
    var report = Report()
    for set in sizes.map({ SuffixSet($0, seed: UInt64($0)) }) {
      let bench = try SizeBenchmark(set, queries: queries, repetitions: repetitions)
      report.add(try bench.run())
    }
    print(report.markdown)
  }
}

/// Something that makes the figures worthless.
enum BenchmarkFault: Error, CustomStringConvertible {
  case wrongAnswer(contender: String, queries: String, found: Int, expected: Int)

  var description: String {
    switch self {
    case .wrongAnswer(let contender, let queries, let found, let expected):
      "\(contender) found \(found) of the queries “\(queries)”, and \(expected) are right: what"
        + " answers wrongly is not worth timing"
    }
  }
}
