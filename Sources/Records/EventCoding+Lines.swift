internal import Enforcement
internal import TransparencyLog

/// Lines paused by the brake, and put back, on the record.
///
/// The name stands with the order's targets; the leaf has the line and the counts.
extension EventCoding {
  static func parts(
    of change: LineChange, of line: LineID, in id: OrderID, _ version: Int
  ) -> Parts {
    let data = about(id, version) + [("line", CanonicalJSON.string(line.description))]
    switch change {
    case .paused(let reading):
      return Parts(
        kind: "order.line-paused",
        data: data + [
          ("matched", .integer(Int64(reading.matched))),
          ("counted", .integer(Int64(reading.counted))),
          ("seconds", .integer(Int64(reading.seconds))),
        ])
    case .resumed(let reason):
      return Parts(
        kind: "order.line-resumed", data: data, sealed: [("reason", .string(reason))])
    }
  }
}

extension EntryFields {
  func lineChange(_ kind: String) throws(StoreError) -> Change {
    let change: LineChange =
      kind == "order.line-resumed"
      ? .resumed(reason: sealedText("reason"))
      : .paused(
        BrakeReading(
          matched: try number("matched", in: data), counted: try number("counted", in: data),
          seconds: try number("seconds", in: data)))
    return .lineChanged(try order(), version: try version(), try line(), change)
  }
}
