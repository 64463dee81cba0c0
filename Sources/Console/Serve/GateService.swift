internal import Gate
internal import ServiceLifecycle

/// Runs the gate until the system shuts down.
struct GateService: Service {
  let gatekeeper: Gatekeeper

  func run() async throws {
    await cancelWhenGracefulShutdown { await gatekeeper.run() }
  }
}
