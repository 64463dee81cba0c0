import Console
import Synchronization

/// Output that is kept instead of printed; sentences for standard error still go there.
final class KeptOutput: Sendable {
  private let kept = Mutex<[UInt8]>([])

  /// What came so far.
  var octets: [UInt8] { kept.withLock { $0 } }

  /// The way in.
  var output: DeskOutput {
    DeskOutput(
      out: { octets in self.kept.withLock { $0 += octets } }, err: Terminal.output.err)
  }
}
