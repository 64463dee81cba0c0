public import DomainNames
public import Enforcement

/// A target of an order as the record keeps it.
public struct RecordedTarget: Sendable, Hashable {
  /// Where it stands in the file.
  public var line: LineID
  /// The text of the file.
  public var input: String
  /// What the assessment decided.
  public var decision: Decision
  /// The name, where one could be read.
  public var name: DomainName?
  /// How far it reaches.
  public var scope: Scope?
  /// The party behind the name, as the file says.
  public var party: String?
  /// A remark of the file.
  public var note: String?
  /// Why it was decided so.
  public var reasons: [Reason]
}

/// A name that an order enforces, or enforced.
public struct RecordedRule: Sendable, Hashable {
  /// The order.
  public var order: OrderID
  /// The version of the order that names it.
  public var version: Int
  /// The name.
  public var name: DomainName
  /// How far it reaches.
  public var scope: Scope
  /// The line of the file.
  public var line: LineID
}

/// A stretch of time in which a version of an order was in force.
public struct RecordedInterval: Sendable, Hashable {
  /// The order.
  public var order: OrderID
  /// The version in force.
  public var version: Int
  /// From when.
  public var since: Instant
  /// Until when; nil where it still is.
  public var until: Instant?

  /// Takes the parts.
  public init(order: OrderID, version: Int, since: Instant, until: Instant?) {
    self.order = order
    self.version = version
    self.since = since
    self.until = until
  }
}

/// An event with its place on the record.
public struct RecordedEvent: Sendable, Hashable {
  /// The number of the entry, from 0.
  public var index: UInt64
  /// What happened.
  public var event: Event
}
