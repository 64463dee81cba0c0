import Foundation
import Synchronization

/// A reader of hostile octets, fed by libFuzzer, which has the program's main function:
/// `fuzz TARGET`, then what libFuzzer takes.
private enum Target: String, CaseIterable {
  case message
  case target
  case index
}

/// The one that was named; set before the first input comes.
private let chosen = Mutex<Target?>(nil)

/// Takes the target's name out of the arguments.
///
/// Safety: there is one argument, and its pointer may be overwritten, as libFuzzer says.
@_cdecl("LLVMFuzzerInitialize")
func initialize(
  _ count: UnsafeMutablePointer<CInt>,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> CInt {
  let arguments = CommandLine.arguments
  let name = arguments.count > 1 ? arguments[1] : ""
  if name == "index-seeds", let folder = arguments.last { exit(IndexSeeds.write(to: folder)) }
  guard let target = Target(rawValue: name) else {
    FileHandle.standardError.write(
      Data(
        """
        usage: fuzz message|target|index [libFuzzer's options] [folders or files]
               fuzz index-seeds FOLDER

        """.utf8))
    exit(2)
  }
  chosen.withLock { $0 = target }
  // The program's own name comes first, the target's is second: the others move up.
  for place in 1..<Int(count.pointee) { words.pointee[place] = words.pointee[place + 1] }
  count.pointee -= 1
  return 0
}

/// Feeds the target.
///
/// Safety: libFuzzer's octets are read while it calls, and not kept; none can be read behind them.
@_cdecl("LLVMFuzzerTestOneInput")
func test(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let octets = UnsafeBufferPointer(start: data, count: size)
  switch chosen.withLock({ $0 }) {
  case .message: MessageTarget.run(Span(_unsafeElements: octets))
  case .target: RequestTargetTarget.run(Array(octets))
  case .index: IndexTarget.run(UnsafeRawBufferPointer(octets))
  case nil: break
  }
  return 0
}
