import Conduct
import Detection
import Enforcement
import Foundation
import Records

/// Measures the intake of public posts, and what becomes of sanctions when there are many.
///
/// Usage: `conduct-benchmark POLICIES FOLDER [--quick]`, where the records are made in FOLDER; then
/// `conduct-benchmark --open FOLDER/many`, in a process of its own. Prints one `name value` a line.
@main
struct ConductBenchmark {
  static func main() async throws {
    var options = CommandLine.arguments.dropFirst()
    let isQuick = options.contains("--quick")
    options.removeAll { $0 == "--quick" }
    guard options.count == 2, let first = options.first, let folder = options.last else {
      throw BenchmarkFault(text: "usage: conduct-benchmark POLICIES FOLDER [--quick]")
    }
    guard first != "--open" else { return try Opening(folder: folder).run() }
    let detector = try DetectorFiles.load(first)
    var maker = PostMaker(seed: 1, accounts: 1_000_000)
    let batches = (0..<40).map { _ in maker.batch(5_000) }
    let floors = Floors(detector: detector, folder: folder, posts: batches[0].octets)
    try floors.run()
    try floors.appends()
    try await intake(detector, folder + "/posts", batches, isQuick)
    try await many(detector, folder + "/many", isQuick)
  }

  /// What posts cost.
  private static func intake(
    _ detector: Detector, _ folder: String, _ batches: [ReplayBatch], _ isQuick: Bool
  ) async throws {
    let office = try await BenchmarkOffice.open(folder, detector: detector)
    let throughput = try await Throughput(
      office: office, batches: batches, seconds: isQuick ? 3 : 20
    ).run()
    throughput.print("screened")
    let half = Int(min(50_000, throughput.postsPerSecond / 2)) / 100 * 100
    try await Offered(
      office: office, name: "half_load", perSecond: Double(half), batch: 100,
      batches: batches.flatMap { $0.cut(100) }, total: half * (isQuick ? 2 : 20), lanes: 64
    ).run().print()
    try await Offered(
      office: office, name: "osprey_recipe", perSecond: 1_000, batch: 1,
      batches: batches[..<2].flatMap { $0.cut(1) }, total: isQuick ? 2_000 : 10_000, lanes: 64
    ).run().print()
    print("infractions_on_record \(office.journal.register.conduct.infractions.count)")
    print("intake_memory_mb \(Memory.resident >> 20)")
    let start = ContinuousClock.now
    let report = office.journal.verify()
    print("verify_entries \(report.entries)")
    print("verify_s \((start.duration(to: .now) / .seconds(1)).hundredths)")
    print("verified \(report.verified)")
  }

  /// What many accounts, strikes and sanctions cost, and whether all is decided the same way again.
  private static func many(
    _ detector: Detector, _ folder: String, _ isQuick: Bool
  ) async throws {
    let office = try await BenchmarkOffice.open(folder, detector: detector, warnsFirst: false)
    try await Crowd(office: office, count: isQuick ? 20_000 : 1_000_000).run()
    try await Strikes(office: office, count: isQuick ? 1_000 : 10_000).run()
    try await Due(office: office, count: isQuick ? 2_000 : 100_000).run()
    var replay = Replay(office.journal)
    try replay.run()
  }
}

/// Something that makes the figures worthless.
struct BenchmarkFault: Error, CustomStringConvertible {
  let text: String
  var description: String { text }
}
