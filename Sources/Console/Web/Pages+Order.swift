internal import Enforcement
internal import Records

extension Pages {
  /// The page of an order.
  func order(_ detail: PublicOrderDetail, from start: Int, _ links: Links) -> String {
    let (order, language) = (detail.order, links.language)
    let path = "/orders/\(order.id)"
    var values = ContestFields(order: order.id.text).context(language)
    values["title"] = Phrase.orderTitle.text(language, ["reference": order.reference])
    values["state"] = order.state.phrase.text(language)
    values["stateClass"] = order.state.rawValue
    values["tells"] = order.tells(language)
    values["facts"] = order.facts(language).map { $0.context(language) }
    values["count"] = Phrase.namesCount.text(language, ["count": "\(order.names)"])
    values["targets"] = detail.targets.map { $0.context(language) }
    values["history"] = detail.history.map { $0.context(language) }
    values["contests"] = Phrase.contestsCount.text(language, ["count": "\(detail.contests)"])
    values["jsonHref"] = "\(path).json"
    values["orderFixed"] = true
    values["action"] = links.to("/contest")
    if start > 0 { values["firstHref"] = links.to(path) + "#names" }
    if let next = detail.next {
      values["nextHref"] = links.to(path, [("from", "\(next)")]) + "#names"
    }
    if start > 0 || detail.next != nil { values["paged"] = true }
    if let proof = detail.proof {
      values["proof"] = [
        "introduction": Phrase.proofIntroduction.text(language, ["entry": "\(proof.entry)"]),
        "leaf": proof.leaf, "hash": proof.leafHash, "bundle": proof.bundle, "key": proof.key,
      ]
    }
    return render(.order, links, values)
  }
}

extension PublicOrder {
  /// What the order means for readers now, in a sentence.
  fileprivate func tells(_ language: Language) -> String {
    switch state {
    case .assessed, .confirmed:
      Phrase.tellsConfirmed.text(language, ["time": effective.pageText])
    case .inForce:
      (mode == .block ? Phrase.tellsInForce : .tellsObserved)
        .text(language, ["time": until.pageText])
    case .suspended: Phrase.tellsSuspended.text(language)
    case .expired: Phrase.tellsExpired.text(language, ["time": until.pageText])
    case .revoked: Phrase.tellsRevoked.text(language, ["time": until.pageText])
    }
  }

  fileprivate func facts(_ language: Language) -> [Fact] {
    let decided: Phrase = origin == .authority ? .decidedByAuthority : .decidedByOperator
    var facts = [Fact(.authority, authority), Fact(.basis, basis), Fact(.reference, reference)]
    if let jurisdiction { facts.append(Fact(.jurisdiction, jurisdiction)) }
    facts += [
      Fact(.issued, at: issued), Fact(.effective, at: effective), Fact(.expires, at: expires),
    ]
    if let since { facts.append(Fact(.inForceSince, at: since)) }
    if state.isFinal { facts.append(Fact(.ended, at: until)) }
    return facts + [
      Fact(.decidedBy, decided.text(language)), Fact(.effect, effect.text(language)),
      Fact(.orderNumber, id.text), Fact(.sourceFile, source, isCode: true),
    ]
  }

  private var effect: Phrase {
    if mode == .observe { return .modeObserve }
    switch answer {
    case .nxdomain: return .answerNXDOMAIN
    case .nodata: return .answerNodata
    case .refused: return .answerRefused
    case .address: return .answerAddress
    }
  }
}

extension PublicOrderDetail.Target {
  fileprivate func context(_ language: Language) -> [String: Any] {
    var context: [String: Any] = [
      "name": name,
      "reach": (scope == .subtree ? Phrase.reachSubtree : .reachExact).text(language),
    ]
    if let unicode { context["unicode"] = unicode }
    return context
  }
}

extension PublicOrderDetail.Happening {
  fileprivate func context(_ language: Language) -> [String: Any] {
    [
      "entry": entry, "moment": time.description, "value": time.pageText,
      "event": phrase.text(language, ["version": version.map(String.init) ?? ""]),
    ]
  }

  private var phrase: Phrase {
    switch event {
    case .received: .received
    case .amended: .amended
    case .confirmed: .confirmed
    case .inForce: .inForce
    case .suspended: .suspended
    case .resumed: .resumed
    case .revoked: .revoked
    case .expired: .expired
    case .linePaused: .linePaused
    case .lineResumed: .lineResumed
    }
  }
}
