public import DomainNames

/// Why a name is guarded; `Policies/guard` has one file for each kind.
public enum GuardKind: String, Sendable, Hashable, CaseIterable {
  case popular
  case cdn
  case cloud
  case appStore = "app-store"
  case linkShortener = "link-shortener"
  case sharedHost = "shared-host"
  case payment
  /// Names that devices need to work: time, certificate status, captive-portal checks, the root.
  case essential
}

/// A name that must not be blocked without a second look, or at all.
public struct GuardEntry: Sendable, Hashable {
  /// The guarded name; all names below it are guarded with it.
  public var name: DomainName
  /// Why it is guarded.
  public var kind: GuardKind
  /// What it is.
  public var note: String?

  /// Takes an entry.
  public init(name: DomainName, kind: GuardKind, note: String? = nil) {
    self.name = name
    self.kind = kind
    self.note = note
  }
}

/// The guarded names, by name.
public struct GuardList: Sendable {
  private var entries: [DomainName: GuardEntry] = [:]
  private var namesAbove: [DomainName: DomainName] = [:]

  /// Takes entries; of two for one name the graver kind stays (`essential` beats all).
  public init(_ entries: some Sequence<GuardEntry>) {
    for entry in entries {
      if let known = self.entries[entry.name], known.kind == .essential { continue }
      self.entries[entry.name] = entry
      for ancestor in entry.name.ancestors where namesAbove[ancestor] == nil {
        namesAbove[ancestor] = entry.name
      }
    }
  }

  /// The number of guarded names.
  public var count: Int { entries.count }

  /// The entries of a kind, in no order.
  public func entries(of kind: GuardKind) -> [GuardEntry] {
    entries.values.filter { $0.kind == kind }
  }

  /// The nearest entry at or above a name.
  public func entry(covering name: DomainName) -> GuardEntry? {
    entry(among: [name] + name.ancestors)
  }

  /// The entry of the first of some names that has one.
  func entry(among lineage: [DomainName]) -> GuardEntry? {
    lineage.lazy.compactMap { entries[$0] }.first
  }

  /// The first essential entry among some names.
  func essentialEntry(among lineage: [DomainName]) -> GuardEntry? {
    lineage.lazy.compactMap { entries[$0] }.first { $0.kind == .essential }
  }

  /// The nearest essential entry at or above a name, whatever other entries lie between.
  public func essentialEntry(covering name: DomainName) -> GuardEntry? {
    essentialEntry(among: [name] + name.ancestors)
  }

  /// The entry of exactly this name.
  public func entry(at name: DomainName) -> GuardEntry? {
    entries[name]
  }

  /// A guarded name that lies below `name`, if there is one.
  ///
  /// An essential one where there is one; of several the first in canonical order, so that the
  /// same list gives the same answer in every run.
  public func entry(below name: DomainName) -> GuardEntry? {
    guard let first = namesAbove[name] else { return nil }
    let essential = entries.values.lazy.filter { $0.kind == .essential && $0.name.isBelow(name) }
    return essential.min { $0.name < $1.name } ?? entries[first]
  }
}
