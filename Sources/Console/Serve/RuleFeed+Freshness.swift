internal import Enforcement
internal import Gate
internal import Records

/// Has resolved answers forgotten whose names' rules changed.
///
/// Answers of blocked names are never kept. But what was resolved before a block may still lie in the
/// cache when it is lifted, and must not be told then. All other answers stay: to ask for them anew,
/// all at once, would cost more than the change itself.
extension RuleFeed {
  /// Makes a change of orders' rules, and has the answers forgotten that the old or the new ones are
  /// about.
  ///
  /// Those under the old rules go first: nobody is told them, as their names are blocked still; and
  /// when the change is made nobody needs the old names any more.
  func refreshing(_ orders: Set<OrderID>, _ change: () -> Void) {
    forgetAnswers(under: board.cover(of: orders))
    change()
    forgetAnswers(under: board.cover(of: orders))
  }

  private func forgetAnswers(under cover: RuleCover) {
    if !cover.isEmpty { gatekeeper.forgetAnswers(under: cover) }
  }
}

extension Change {
  /// The order whose rules as a whole may have changed.
  var orderInWhole: OrderID? {
    if case .lineChanged = self { nil } else { order }
  }

  /// The order whose names came into force, or went out of it.
  var orderThatTouchesRules: OrderID? {
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
