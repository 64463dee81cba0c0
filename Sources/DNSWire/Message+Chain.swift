public import DomainNames

extension Message {
  /// The most names that ``cnameChain`` holds.
  public static let maximumChainLength = 32

  /// The names the answer leads through: the one asked for, then where each alias leads, in order.
  ///
  /// Aliases are CNAME, DNAME (RFC 6672) and SVCB and HTTPS in AliasMode (RFC 9460). A name that comes
  /// again ends its branch, so loops end; the order of the records does not matter. Where a name has
  /// several aliases all are followed. Empty without a question; at most ``maximumChainLength`` names.
  public var cnameChain: [DomainName] {
    guard let question = questions.first else { return [] }
    var chain = [question.name]
    var next = 0
    while next < chain.count {
      for target in answers.compactMap({ $0.aliasTarget(of: chain[next]) })
      where !chain.contains(target) {
        guard chain.count < Self.maximumChainLength else { return chain }
        chain.append(target)
      }
      next += 1
    }
    return chain
  }
}

extension Record {
  /// Where this record leads a name; nil where it is no alias or one of another name.
  fileprivate func aliasTarget(of name: DomainName) -> DomainName? {
    switch type {
    case .cname: owner == name ? cnameTarget : nil
    case .svcb, .https: owner == name ? aliasTarget : nil
    case .dname: name.isBelow(owner) ? dnameTarget.flatMap { name.moved(from: owner, to: $0) } : nil
    default: nil
    }
  }
}

extension DomainName {
  /// This name with the ancestor it lies below replaced; nil where the result is too long.
  fileprivate func moved(from ancestor: DomainName, to target: DomainName) -> DomainName? {
    try? DomainName(wire: wire.dropLast(ancestor.wire.count) + target.wire)
  }
}
