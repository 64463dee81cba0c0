internal import Logging
internal import ServiceLifecycle
internal import Watch

/// Looks at watched sites as they come due, as long as the server runs.
struct WatchService: Service {
  let office: WatchOffice
  let logger: Logger

  /// How long to wait before trying again after the watch has failed.
  private static let pause = Duration.seconds(30)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await office.crawl(.endless, only: nil, logger: logger) { crawl in
            _ = try await crawl.run()
          }
        } catch {
          logger.error("the watch has stopped, and begins again soon: \(error)")
          try? await Task.sleep(for: Self.pause)
        }
      }
    }
  }
}
