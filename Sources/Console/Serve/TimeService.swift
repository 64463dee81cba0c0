internal import Enforcement
internal import Logging
internal import Records
internal import ServiceLifecycle

/// Records what time brings about: orders that take effect, and orders that expire.
struct TimeService: Service {
  let journal: Journal
  let logger: Logger

  /// How often the clock is looked at.
  ///
  /// The gate reads its own clock, so this is about the record.
  private static let pace = Duration.milliseconds(250)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var told = false
      while !Task.isCancelled {
        if let due = journal.register.nextDue(), due <= journal.now {
          do throws(StoreError) {
            try journal.catchUp()
            told = false
          } catch {
            if !told { logger.error("time cannot be recorded: \(error)") }
            told = true
          }
        }
        do { try await Task.sleep(for: Self.pace) } catch { return }
      }
    }
  }
}
