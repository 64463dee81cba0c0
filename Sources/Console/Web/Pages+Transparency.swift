internal import Enforcement

extension Pages {
  /// How many orders stand on a page.
  static let ordersOnPage = 100

  /// All public orders, newest first.
  ///
  /// - Parameters:
  ///   - orders: all of them, oldest first.
  ///   - start: how many of the newest to leave out.
  ///   - links: the addresses of pages.
  /// - Returns: the page.
  func transparency(_ orders: [PublicOrder], from start: Int, _ links: Links) -> String {
    let language = links.language
    let shown = orders.reversed().dropFirst(start).prefix(Self.ordersOnPage)
    let active = orders.filter(\.isActive)
    var values: [String: Any] = [
      "totals": [
        (Phrase.totalInForce, active.count),
        (.totalNames, active.reduce(0) { $0 + $1.names }),
        (.totalEnded, orders.count { $0.state.isFinal }), (.totalOrders, orders.count),
      ].map { ["label": $0.0.text(language), "value": $0.1] as [String: Any] },
      "orders": shown.map { Self.row($0, links) }, "any": !shown.isEmpty,
    ]
    if start > 0 { values["firstHref"] = links.to("/transparency") }
    let next = start + Self.ordersOnPage
    if next < orders.count { values["nextHref"] = links.to("/transparency", [("from", "\(next)")]) }
    if start > 0 || next < orders.count { values["paged"] = true }
    return render(.transparency, links, values)
  }

  private static func row(_ order: PublicOrder, _ links: Links) -> [String: Any] {
    let from = order.since ?? order.effective
    return [
      "href": links.to("/orders/\(order.id)"), "reference": order.reference,
      "authority": order.authority, "state": order.state.phrase.text(links.language),
      "stateClass": order.state.rawValue, "names": order.names, "from": from.date,
      "fromMoment": from.description, "until": order.until.date,
      "untilMoment": order.until.description,
    ]
  }
}
