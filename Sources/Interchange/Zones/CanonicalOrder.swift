internal import DomainNames
internal import Enforcement

extension DomainName {
  /// Octets that compare as canonical order does (RFC 4034, Section 6.1), made once for a sort.
  ///
  /// Labels from the root, each ended by zero; a zero or one inside a label is spelt with two.
  var canonicalKey: [UInt8] {
    var key: [UInt8] = []
    key.reserveCapacity(wire.count)
    for label in labels.reversed() {
      for octet in label {
        if octet <= 1 { key.append(1) }
        key.append(octet == 0 ? 1 : octet == 1 ? 2 : octet)
      }
      key.append(0)
    }
    return key
  }
}

extension Sequence<EnforcedRule> {
  /// By name in canonical order, then scope, then order: total, so that output is always the same.
  var inCanonicalOrder: [EnforcedRule] {
    let keyed = map { (key: $0.name.canonicalKey, rule: $0) }
    return keyed.sorted { left, right in
      left.key == right.key
        ? left.rule.precedesAtSameName(right.rule) : left.key.lexicographicallyPrecedes(right.key)
    }.map(\.rule)
  }
}

extension EnforcedRule {
  fileprivate func precedesAtSameName(_ other: EnforcedRule) -> Bool {
    if scope != other.scope { return scope == .exact }
    if order != other.order { return order < other.order }
    return (mode.rawValue, answer.rawValue) < (other.mode.rawValue, other.answer.rawValue)
  }
}
