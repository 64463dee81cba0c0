/// The results as tables in Markdown, ratios before times.
struct Report {
  private var results: [SizeResult] = []

  mutating func add(_ result: SizeResult) {
    results.append(result)
  }

  var markdown: String {
    [ratios, times, "Checksum of all rule numbers found: \(checksum).\n"].joined(separator: "\n")
  }

  private var checksum: String {
    let sum = results.flatMap(\.lookups).reduce(0) { $0 &* 31 &+ $1.checksum }
    return String(UInt(bitPattern: sum), radix: 16)
  }

  /// How many times the index's figure each other figure is.
  private var ratios: String {
    var text = """
      How many times as long (or as large) as the index:

      | rules | | index | with pending changes | set, careful walk | set, plain walk |
      |---:|---|---:|---:|---:|---:|

      """
    for result in results {
      for lookup in result.lookups {
        let own = lookup.times[.index] ?? .nan
        let cells = Contender.allCases.map { ratio((lookup.times[$0] ?? .nan) / own) }
        text += row([grouped(result.rules), lookup.queries] + cells)
      }
      text += row([grouped(result.rules), "build"] + pair(result.build))
      text += row([grouped(result.rules), "one change seen by all"] + change(result.change))
      if result.setOctets > 1 << 20 {
        text += row(
          [grouped(result.rules), "memory", "1", "", "", ""].enumerated().map { place, cell in
            place == 5 ? ratio(Double(result.setOctets) / Double(result.indexOctets)) : cell
          })
      }
    }
    return text
  }

  private var times: String {
    var text = """
      The same as processor time (a lookup, all of a build, a change) and octets a rule:

      | rules | | index | with pending changes | set, careful walk | set, plain walk |
      |---:|---|---:|---:|---:|---:|

      """
    for result in results {
      for lookup in result.lookups {
        let cells = Contender.allCases.map { rounded(lookup.times[$0] ?? .nan, places: 0) + " ns" }
        text += row([grouped(result.rules), lookup.queries] + cells)
      }
      text += row(
        [
          grouped(result.rules), "build", rounded(result.build.index / 1e6, places: 2) + " ms", "",
          "", rounded(result.build.set / 1e6, places: 2) + " ms",
        ])
      text += row(
        [
          grouped(result.rules), "one change seen by all", "",
          rounded(result.change.index / 1e3, places: 0) + " µs", "",
          rounded(result.change.set / 1e3, places: 0) + " µs",
        ])
      text += row(
        [
          grouped(result.rules), "octets a rule", perRule(result.indexOctets, result.rules), "", "",
          result.setOctets > 1 << 20 ? perRule(result.setOctets, result.rules) : "",
        ])
    }
    return text
  }

  private func pair(_ times: PairedTimes) -> [String] {
    ["1", "", "", ratio(times.set / times.index)]
  }

  private func change(_ times: PairedTimes) -> [String] {
    ["", "1", "", ratio(times.set / times.index)]
  }

  private func perRule(_ octets: Int, _ rules: Int) -> String {
    rounded(Double(octets) / Double(rules), places: 1)
  }

  private func row(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |\n"
  }

  private func ratio(_ value: Double) -> String {
    value == 1 ? "1" : rounded(value, places: value < 0.1 ? 4 : value < 10 ? 2 : 1)
  }
}

/// A number with this many places behind the point.
private func rounded(_ value: Double, places: Int) -> String {
  guard value.isFinite else { return "?" }
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let whole = Int((value * scale).rounded())
  guard places > 0 else { return String(whole) }
  let digits = String(whole.magnitude)
  let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
  return (whole < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
}

/// A whole number with commas between thousands.
private func grouped(_ number: Int) -> String {
  var rest = String(number)[...]
  var groups: [Substring] = []
  while !rest.isEmpty {
    groups.insert(rest.suffix(3), at: 0)
    rest = rest.dropLast(3)
  }
  return groups.joined(separator: ",")
}
