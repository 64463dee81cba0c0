internal import DomainNames
internal import Enforcement
internal import Gate
internal import Records

/// Has resolved answers forgotten whose names' rules changed.
///
/// Answers of blocked names are never kept. But what was resolved before a block may still lie in the
/// cache when it is lifted, and must not be told then.
extension RuleFeed {
  /// Orders with more names than this have everything forgotten.
  private static let freshenedNames = 20_000

  func freshen(_ changes: [Change], _ register: Register) {
    let touched = Set(changes.compactMap(\.orderThatTouchesRules))
    guard !touched.isEmpty else { return }
    var names: [DomainName] = []
    do throws(StoreError) {
      for order in touched.compactMap({ register.orders[$0] }) {
        let versions = [order.current] + order.past.suffix(1)
        let count = versions.reduce(names.count) { $0 + $1.enforcedTargets }
        guard count <= Self.freshenedNames else { return gatekeeper.forgetAnswers() }
        for version in versions {
          try journal.forEachRule(of: order.id, version: version.number) { name, _ in
            names.append(name)
          }
        }
      }
    } catch {
      return gatekeeper.forgetAnswers()
    }
    gatekeeper.forgetAnswers(about: names)
  }
}

extension Change {
  /// The order whose rules as a whole may have changed.
  var orderInWhole: OrderID? {
    if case .lineChanged = self { nil } else { order }
  }

  /// The order whose names came into force, or went out of it.
  fileprivate var orderThatTouchesRules: OrderID? {
    switch self {
    case .orderInForce(let id, _, _), .orderSuspended(let id, _), .orderRevoked(let id, _),
      .orderExpired(let id, _):
      id
    case .recordOpened, .personAdded, .tokenReplaced, .orderReceived, .orderAmended,
      .orderAssessed, .lineSettled, .orderConfirmed, .orderResumed, .lineChanged, .actionRefused,
      .clockCorrected, .contestReceived, .siteWatched, .siteDropped, .caseChanged, .conduct:
      nil
    }
  }
}
