import Glibc

/// Files of the benchmark.
enum File {
  static func read(_ path: String) throws(BenchmarkFault) -> [UInt8] {
    guard let file = fopen(path, "r") else { throw .file(path) }
    defer { fclose(file) }
    var octets: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      octets += buffer[..<count]
    }
    return octets
  }

  static func write(_ octets: [UInt8], to path: String) throws(BenchmarkFault) {
    guard let file = fopen(path, "w") else { throw .file(path) }
    defer { fclose(file) }
    guard fwrite(octets, 1, octets.count, file) == octets.count else { throw .file(path) }
  }
}
