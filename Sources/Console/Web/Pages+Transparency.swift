internal import Enforcement

extension Pages {
  /// How many orders stand on a page.
  static let ordersOnPage = 100

  /// All public orders, newest first.
  ///
  /// - Parameters:
  ///   - orders: all of them, oldest first.
  ///   - platforms: what was done about accounts.
  ///   - start: how many of the newest to leave out.
  ///   - links: the addresses of pages.
  /// - Returns: the page.
  func transparency(
    _ orders: [PublicOrder], _ platforms: [TransparencyReply], from start: Int, _ links: Links
  ) -> String {
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
    if !platforms.isEmpty {
      values["accounts"] = ["platforms": platforms.map { Self.numbers($0, language) }]
    }
    return render(.transparency, links, values)
  }

  private static func numbers(_ reply: TransparencyReply, _ language: Language) -> [String: Any] {
    let reports = Dictionary(reply.reports.map { ($0.kind, $0) }) { $1 }
    var numbers: [(Phrase, Int)] = [
      (.accountsImposed, reply.imposed), (.accountsAutomatic, reply.automatic),
      (.accountsAppeals, reply.appealsFiled),
      (.accountsOverturned, reply.appeals["overturned"] ?? 0),
    ]
    if let told = reports[Report.Kind.authority.rawValue], told.owed + told.made > 0 {
      numbers.append((.accountsReported, told.told))
    }
    if let stated = reports[Report.Kind.dsa.rawValue], stated.made > 0 {
      numbers.append((.accountsStated, stated.arrived))
    }
    return [
      "heading": Phrase.accountsHeading.text(language, ["name": reply.name]),
      "totals": numbers.map { ["label": $0.0.text(language), "value": $0.1] as [String: Any] },
    ]
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
