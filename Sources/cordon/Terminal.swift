import ArgumentParser
import Console
import Foundation

/// Standard output and error.
enum Terminal {
  static let output = DeskOutput(
    out: { octets in try FileHandle.standardOutput.write(contentsOf: Data(octets)) },
    err: { sentence in
      try FileHandle.standardError.write(contentsOf: Data("cordon: \(sentence)\n".utf8))
    })

  static var wantsColor: Bool {
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  }

  static func fail(_ code: Console.ExitCode, _ sentence: String) throws -> Never {
    try? FileHandle.standardError.write(contentsOf: Data("cordon: \(sentence)\n".utf8))
    throw ArgumentParser.ExitCode(Int32(code.rawValue))
  }

  /// Asks on the terminal, without showing what is typed; nil where there is no terminal.
  static func askSecretly(_ prompt: String) -> String? {
    guard isatty(STDIN_FILENO) == 1 else { return nil }
    var settings = termios()
    tcgetattr(STDIN_FILENO, &settings)
    var hidden = settings
    hidden.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
      try? FileHandle.standardError.write(contentsOf: Data("\n".utf8))
    }
    try? FileHandle.standardError.write(contentsOf: Data(prompt.utf8))
    return readLine()
  }

  /// Writes a file whole, or not at all.
  static func write(_ octets: [UInt8], to path: String) throws {
    do {
      try Data(octets).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      try fail(.failed, "failed: \(path) cannot be written: \(error.localizedDescription)")
    }
  }

  /// The octets of a file, `-` being standard input.
  static func read(_ path: String) throws -> [UInt8] {
    if path == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
    guard let data = FileManager.default.contents(atPath: path) else {
      try fail(.refused, "refused: the file \(path) is not there, or may not be read")
    }
    return Array(data)
  }

  /// What has arrived on standard input; nil at its end.
  static func nextInput() throws -> [UInt8]? {
    let data = FileHandle.standardInput.availableData
    return data.isEmpty ? nil : Array(data)
  }
}
