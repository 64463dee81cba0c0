import Conduct
import Enforcement
import Foundation
import Records

/// Measures the intake of public posts: how many are screened a second with every infraction on the
/// disk before its answer, how long a batch of 100 takes at half of that load, and the recipe of
/// osprey-stress: 10,000 events offered at 1,000 a second; and how long it takes until 100,000
/// sanctions that are due at one moment are lifted.
///
/// Usage: `conduct-benchmark POLICIES FOLDER [--quick]`; the record is made in FOLDER. Prints one
/// `name value` a line.
@main
struct ConductBenchmark {
  static func main() async throws {
    var options = CommandLine.arguments.dropFirst()
    let isQuick = options.contains("--quick")
    options.removeAll { $0 == "--quick" }
    guard options.count == 2, let policies = options.first, let folder = options.last else {
      throw BenchmarkFault(text: "usage: conduct-benchmark POLICIES FOLDER [--quick]")
    }
    let detector = try DetectorFiles.load(policies)
    let office = try await BenchmarkOffice.open(folder, detector: detector)
    let throughput = try await Throughput(office: office, seconds: isQuick ? 3 : 20).run()
    throughput.print("screened")
    let half = throughput.postsPerSecond / 2
    try await Offered(
      office: office, name: "half_load", perSecond: min(50_000, half), batch: 100,
      total: Int(min(50_000, half)) * (isQuick ? 2 : 20), lanes: 8
    ).run().print()
    try await Offered(
      office: office, name: "osprey_recipe", perSecond: 1_000, batch: 1,
      total: isQuick ? 2_000 : 10_000, lanes: 64
    ).run().print()
    print("infractions_on_record \(office.journal.register.conduct.infractions.count)")
    let other = try await BenchmarkOffice.open(
      folder + "-due", detector: detector, warnsFirst: false)
    try await Due(office: other, count: isQuick ? 2_000 : 100_000).run()
    print("verified \(isQuick || office.journal.verify().verified)")
  }
}

/// Something that makes the figures worthless.
struct BenchmarkFault: Error, CustomStringConvertible {
  let text: String
  var description: String { text }
}
