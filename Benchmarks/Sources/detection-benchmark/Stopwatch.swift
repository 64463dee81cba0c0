import Glibc

/// Measures time and memory of this process.
enum Stopwatch {
  /// Nanoseconds of processor time that the body takes in this thread.
  ///
  /// Not the clock on the wall: other programs on the machine would be measured with it.
  static func nanoseconds(_ body: () throws -> Void) rethrows -> Double {
    let start = processorTime()
    try body()
    return processorTime() - start
  }

  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }

  /// Octets of memory that the process holds now.
  static func residentOctets() -> Int {
    guard let statm = try? String(contentsOfSmallFile: "/proc/self/statm") else { return 0 }
    let pages = statm.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(getpagesize())
  }
}

extension [Double] {
  /// The middle value.
  var median: Double {
    let sorted = self.sorted()
    guard !sorted.isEmpty else { return .nan }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

/// Why a file could not be read.
struct FileFault: Error {}

extension String {
  /// The text of a file of at most 4,096 octets.
  fileprivate init(contentsOfSmallFile path: String) throws(FileFault) {
    guard let file = fopen(path, "r") else { throw FileFault() }
    defer { fclose(file) }
    var octets = [UInt8](repeating: 0, count: 4_096)
    let count = fread(&octets, 1, octets.count, file)
    self = String(decoding: octets.prefix(count), as: UTF8.self)
  }
}
