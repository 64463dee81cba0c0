internal import Enforcement
internal import Records

/// The pages of one host that wait, and when it may be asked.
struct HostLine: Sendable {
  let origin: String
  var waiting = MinHeap<WaitingPage>()
  /// The rules, where they were read.
  var rules: RobotsRules?
  /// Until when the rules hold.
  var rulesEnd: Instant?
  var isReadingRules = false
  /// Requests on their way.
  var asked = 0
  /// The earliest moment of the next request.
  var next: Instant
  /// Failures in a row.
  var failures = 0
  /// What came of the last one.
  var fault: String?
  /// Which place in the timeline counts; earlier ones are void.
  var stamp: UInt64 = 0

  init(origin: String, next: Instant) {
    self.origin = origin
    self.next = next
  }

  func hasRules(at moment: Instant) -> Bool {
    rules != nil && rulesEnd.map { moment < $0 } ?? false
  }
}

/// A page in a host's line: by rank, and among equals in the order in which they came.
struct WaitingPage: Sendable, Comparable {
  let site: SiteNumber
  let rank: Int
  let order: UInt64
  private let kept: Kept

  /// A page holds a dozen texts: elements of a heap are moved about, and this is one reference.
  private final class Kept: Sendable {
    let due: DuePage

    init(_ due: DuePage) { self.due = due }
  }

  init(site: SiteNumber, rank: Int, order: UInt64, due: DuePage) {
    self.site = site
    self.rank = rank
    self.order = order
    kept = Kept(due)
  }

  var due: DuePage { kept.due }

  static func < (left: WaitingPage, right: WaitingPage) -> Bool {
    (left.rank, left.order) < (right.rank, right.order)
  }

  static func == (left: WaitingPage, right: WaitingPage) -> Bool { left.order == right.order }
}

/// A host's place in time.
struct HostMoment: Sendable, Comparable {
  let time: Instant
  let stamp: UInt64
  let origin: String

  static func < (left: HostMoment, right: HostMoment) -> Bool {
    (left.time, left.stamp) < (right.time, right.stamp)
  }

  static func == (left: HostMoment, right: HostMoment) -> Bool { left.stamp == right.stamp }
}
