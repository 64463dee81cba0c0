internal import Enforcement
internal import Gate

/// Numbers in Prometheus' text format, version 0.0.4: no names, no clients.
struct MetricsText {
  /// Its media type.
  static let mediaType = "text/plain; version=0.0.4"

  private(set) var text = ""

  mutating func counter(_ name: String, _ help: String, _ value: UInt64) {
    head(name, "counter", help)
    text += "\(name) \(value)\n"
  }

  mutating func gauge(_ name: String, _ help: String, _ value: Int) {
    head(name, "gauge", help)
    text += "\(name) \(value)\n"
  }

  /// Values by a label, whose values are words of ours.
  mutating func gauges(
    _ name: String, _ help: String, by label: String, _ values: [(String, Int)]
  ) {
    head(name, "gauge", help)
    for (word, value) in values { text += "\(name){\(label)=\"\(word)\"} \(value)\n" }
  }

  mutating func histogram(_ name: String, _ help: String, _ histogram: GateMetrics.Histogram) {
    head(name, "histogram", help)
    var count: UInt64 = 0
    for (bound, number) in zip(histogram.bounds, histogram.counts) {
      count += number
      text += "\(name)_bucket{le=\"\(bound)\"} \(count)\n"
    }
    count += histogram.counts.last ?? 0
    text += "\(name)_bucket{le=\"+Inf\"} \(count)\n"
    text += "\(name)_sum \(histogram.sum)\n\(name)_count \(count)\n"
  }

  private mutating func head(_ name: String, _ kind: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
  }
}

extension MetricsText {
  /// What the gate tells of itself.
  mutating func add(_ gate: GateMetrics) {
    counter("cordon_gate_queries_total", "Queries that came.", gate.queries)
    counter(
      "cordon_gate_cache_hits_total", "Queries answered from the cache.", gate.cacheHits)
    counter(
      "cordon_gate_stale_answers_total", "Queries answered with data past its time.",
      gate.staleAnswers)
    counter(
      "cordon_gate_refreshes_total", "Answers asked for again in the background.", gate.refreshes)
    gauge("cordon_gate_cache_answers", "Answers in the cache.", gate.cacheEntries)
    gauge("cordon_gate_cache_bytes", "Memory of the answers in the cache.", gate.cacheOctets)
    counter(
      "cordon_gate_upstream_failures_total", "Exchanges with upstreams that failed.",
      gate.upstreamFailures)
    histogram(
      "cordon_gate_upstream_seconds", "How long exchanges with upstreams took.",
      gate.upstreamSeconds)
    gauge("cordon_gate_names", "Names with a rule or a protection.", gate.names)
    gauge("cordon_gate_names_bytes", "Memory of the names.", gate.nameOctets)
  }

  /// How many orders stand where.
  mutating func add(_ register: Register) {
    let states = OrderState.allCases.map { state in
      (state.rawValue, register.orders.values.count { $0.state == state })
    }
    gauges("cordon_orders", "Orders by where they stand.", by: "state", states)
    gauge(
      "cordon_paused_lines", "Lines that the brake keeps out of force.",
      register.orders.values.reduce(0) { $0 + $1.current.pausedLines.count })
  }
}
