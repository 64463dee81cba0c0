internal import CDatagram
internal import Glibc

/// How much less of a processor the work gets than a thread that answers queries, where both want
/// it: a tenth.
private let niceness: Int32 = 10

/// Nanoseconds of a turn, the most there are: whoever is woken meanwhile does not wait for its end.
private let turn: UInt64 = 100_000_000

/// Runs long work on a thread of its own that gives way to those that answer, and waits for it.
///
/// A thread that gave way cannot take that back, so the caller's own is left as it is.
///
/// Safety: the work and its outcome lie on the stack of the caller, who waits until the thread has
/// ended.
func givingWay<Value, Failure: Error>(
  _ work: () throws(Failure) -> Value
) throws(Failure) -> Value {
  var outcome: Result<Value, Failure>?
  func perform() {
    do throws(Failure) {
      outcome = .success(try work())
    } catch {
      outcome = .failure(error)
    }
  }
  withoutActuallyEscaping(perform) { perform in
    var body = perform
    withUnsafeMutablePointer(to: &body) { body in
      var thread = pthread_t()
      let status = pthread_create(&thread, nil, { runGivingWay($0) }, body)
      if status == 0 {
        pthread_join(thread, nil)
      } else {
        // Without a thread the work is done all the same.
        body.pointee()
      }
    }
  }
  guard let outcome else { preconditionFailure("the thread ended without its work done") }
  return try outcome.get()
}

private func runGivingWay(_ body: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  // On Linux this is about the calling thread alone.
  _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
  cordon_take_turns(turn)
  body?.assumingMemoryBound(to: (() -> Void).self).pointee()
  return nil
}
