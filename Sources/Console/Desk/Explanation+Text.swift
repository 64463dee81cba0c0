extension Explanation {
  func text(_ style: TextStyle) -> String {
    let shown = unicode.map { "\(name) (\(style.safe($0)))" } ?? name
    var text = style.paint("\(shown): ", .strong)
    switch decision {
    case "blocked": text += style.paint("blocked", .bad)
    case "observed": text += style.paint("observed, not blocked", .warning)
    case "protected": text += style.paint("protected", .good) + " by \(protectedBy ?? "")"
    default: text += style.paint("not listed", .good) + " by any order in force"
    }
    text += "\n"
    text += style.fields([
      ("order", order.map { "\($0.id), \(style.safe($0.reference))" }),
      ("authority", order.map { style.safe($0.authority) }),
      ("basis", order.map { style.safe($0.basis) }),
      ("rule", rule.map { "\($0.name) (\($0.scope)), answered \($0.action)" }),
      ("issued", order?.issued), ("since", since), ("until", until),
      ("hits", hits?.phrase), ("if lifted", ifLifted?.phrase(style)),
      ("read and contest", contest),
      (
        "on the record",
        proof.map { "entry \($0.entry); `cordon record prove \($0.entry)` proves it" }
      ),
    ])
    let others = matches.filter { !($0.isActive && $0.order.id == order?.id) }
    if !others.isEmpty { text += style.paint("\nOther rules that cover the name\n", .strong) }
    for match in others { text += match.text(at: at, style) }
    return text
  }
}

extension Explanation.Match {
  fileprivate func text(at moment: String, _ style: TextStyle) -> String {
    var text = "  \(order.id)  \(rule.name) (\(rule.scope), \(mode))  \(since) to \(until)"
    if let paused {
      text += style.paint(", paused by the brake since \(paused.since)", .warning)
      if let matched = paused.matched, let counted = paused.counted {
        text += ": it matched \(matched) of \(counted) counted queries"
      }
      text += paused.until == nil ? "; `cordon order resume \(order.id) --line \(line)`" : ""
    } else {
      text += isActive ? ", in force too" : ", not in force at \(moment)"
    }
    return text
      + "\n    \(style.safe(order.authority)), \(style.safe(order.basis))\(hits.map { "; hits: \($0.phrase)" } ?? "")\n"
  }
}

extension Explanation.IfLifted {
  fileprivate func phrase(_ style: TextStyle) -> String {
    switch decision {
    case "blocked": "still blocked, by \(order ?? "")"
    case "observed": "observed by \(order ?? ""), not blocked"
    default: "the name resolves"
    }
  }
}
