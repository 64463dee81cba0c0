internal import Enforcement
internal import Foundation
internal import Interchange
internal import Records
internal import UnixSignals

/// Runs one verb: at the server in progress, or on the store itself where none runs.
public struct Verb: Sendable {
  private let directory: String
  private let configuration: CordonConfiguration

  /// Takes the data directory and the settings.
  public init(directory: String, configuration: CordonConfiguration) {
    self.directory = directory
    self.configuration = configuration
  }

  /// Does what is asked for.
  ///
  /// - Parameters:
  ///   - request: what is asked for.
  ///   - file: the octets of the file that goes with it.
  ///   - output: where the output goes.
  /// - Returns: how it ended.
  public func run(
    _ request: DeskRequest, file: [UInt8] = [], output: DeskOutput
  ) async -> ExitCode {
    guard file.count <= OrderFile.maximumOctets else {
      try? await output.err(
        "refused: the file has \(file.count) octets; at most \(OrderFile.maximumOctets) are read")
      return .refused
    }
    do {
      let client = ControlClient(directory: directory)
      if let code = try await client.ask(request, file: file, output: output) { return code }
      let journal = try Journal(
        directory: directory, origin: configuration.origin, clock: SystemClock.now)
      let desk = Desk(journal: journal, configuration: configuration)
      var output = output
      output.untilStopped = Self.signalled
      return await desk.handle(request, file: file, output: output)
    } catch {
      try? await output.err("failed: \(error)")
      return .failed
    }
  }
}

extension Verb {
  /// Returns when the person or the system asks the program to end.
  private static func signalled() async {
    for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { return }
  }
}

/// The system's clock.
enum SystemClock {
  /// What time it is.
  @Sendable static func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
