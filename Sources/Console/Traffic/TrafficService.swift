internal import Conduct
internal import Enforcement
internal import Gate
internal import Logging
internal import Records
internal import ServiceLifecycle

/// Takes the gate's counters, ends the brake's windows, and writes totals down.
struct TrafficService: Service {
  let journal: Journal
  let gatekeeper: Gatekeeper
  let keeper: TotalsKeeper
  let totals: TotalsOffice
  let brake: BrakeDesk
  let liftings: LiftingMeter
  let reports: ReportService
  let logger: Logger

  /// How often the counters are taken, and totals written.
  private static let pace = Duration.seconds(10)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        group.addTask { await keepTotals() }
        group.addTask { await watchTheBrake() }
      }
    }
    write()
  }

  private func keepTotals() async {
    while true {
      do { try await Task.sleep(for: Self.pace) } catch { return }
      write()
    }
  }

  private func write() {
    keeper.sample()
    do throws(StoreError) {
      try keeper.write(to: try totals.store(), at: journal.now)
    } catch {
      logger.error("totals cannot be written: \(error)")
    }
  }

  private func watchTheBrake() async {
    while true {
      do { try await Task.sleep(for: .seconds(brake.window)) } catch { return }
      do throws(StoreError) {
        try await brake.take(gatekeeper.closeWindow())
      } catch {
        logger.error("the brake cannot act: \(error)")
      }
    }
  }
}

extension TrafficService {
  /// Everything there is to tell to who watches over the system.
  func metrics() -> String {
    var text = MetricsText()
    let sums = keeper.sums
    text.counter("cordon_gate_blocked_total", "Queries answered with a block.", sums.blocked)
    text.counter(
      "cordon_gate_observed_total", "Queries that observing orders saw.", sums.observed)
    text.add(gatekeeper.metrics)
    text.counter(
      "cordon_brake_pauses_total", "Lines paused by the brake.", brake.meter.pauses.value)
    text.counter(
      "cordon_brake_warnings_total", "Lines that matched too much and were left to people.",
      brake.meter.warnings.value)
    text.add(journal.register)
    text.add(liftings: liftings.lateness, reports.figures)
    addAppeals(to: &text)
    text.gauge("cordon_record_entries", "Entries of the record.", Int(journal.size))
    return text.text
  }
}

extension TrafficService {
  /// The appeals that wait; where the record cannot be read, these numbers are missing, not 0.
  private func addAppeals(to text: inout MetricsText) {
    do throws(StoreError) {
      let waiting = try journal.openAppeals(at: journal.now)
      text.gauge("cordon_appeals_open", "Appeals that wait for a decision.", waiting.open)
      text.gauge(
        "cordon_appeals_overdue", "Open appeals past their time for an answer.", waiting.overdue)
    } catch {
      logger.error("appeals cannot be counted: \(error)")
    }
  }
}

extension Brake {
  /// Takes the settings.
  init(_ configuration: BrakeConfiguration) {
    self.init(
      percent: configuration.percent, minimum: configuration.minimum,
      youth: .seconds(configuration.youthHours * 3_600), dailyLimit: configuration.dailyLimit)
  }
}
