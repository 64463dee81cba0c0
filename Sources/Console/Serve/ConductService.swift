internal import Conduct
internal import ServiceLifecycle

/// Tells platforms of their sanctions until the system shuts down.
struct ConductEffectService: Service {
  let effects: EffectService

  func run() async throws {
    await cancelWhenGracefulShutdown { await effects.run() }
  }
}

/// Makes and sends reports until the system shuts down.
struct ConductReportService: Service {
  let reports: ReportService

  func run() async throws {
    await cancelWhenGracefulShutdown { await reports.run() }
  }
}

/// Takes posts from a stream until the system shuts down.
struct ConductStreamService: Service {
  let stream: StreamIntake

  func run() async throws {
    await cancelWhenGracefulShutdown { await stream.run() }
  }
}
