import CVectorscan
import Glibc

/// Vectorscan alone on the same expressions: compiled once, scanned without folding, matches counted.
///
/// Safety: the database and its scratch live as long as the value that made them and are used by
/// one thread.
final class RawScan {
  private var database: OpaquePointer?
  private var scratch: OpaquePointer?

  init(_ expressions: [String]) throws {
    let pointers = expressions.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    var problem: UnsafeMutablePointer<hs_compile_error_t>?
    let outcome = hs_compile_multi(
      pointers.map { UnsafePointer($0) }, expressions.map { _ in UInt32(HS_FLAG_UTF8) },
      (0..<UInt32(expressions.count)).map { $0 }, UInt32(expressions.count), UInt32(HS_MODE_BLOCK),
      nil,
      &database, &problem)
    guard outcome == HS_SUCCESS, hs_alloc_scratch(database, &scratch) == HS_SUCCESS else {
      throw BenchmarkFault.notCompiled
    }
  }

  deinit {
    hs_free_scratch(scratch)
    hs_free_database(database)
  }

  /// Scans all texts several times; the median counts.
  func measure(_ texts: [[UInt8]], repetitions: Int) -> (megabytes: Double, found: Int) {
    let octets = texts.reduce(0) { $0 + $1.count }
    var times: [Double] = []
    var found = 0
    for _ in 0..<repetitions {
      found = 0
      times.append(
        Stopwatch.nanoseconds { for text in texts { found += count(text) } })
    }
    return (Rate(octets: octets, count: texts.count, nanoseconds: times.median).megabytes, found)
  }

  private func count(_ text: [UInt8]) -> Int {
    var found = 0
    text.withUnsafeBytes { octets in
      _ = hs_scan(
        database, octets.assumingMemoryBound(to: CChar.self).baseAddress, UInt32(text.count), 0,
        scratch,
        { _, _, _, _, context in
          context?.assumingMemoryBound(to: Int.self).pointee += 1
          return 0
        }, &found)
    }
    return found
  }
}
