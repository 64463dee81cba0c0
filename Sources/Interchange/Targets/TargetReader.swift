internal import DomainNames
public import Enforcement

/// Reads one cell of a list: a name, a URL, an address, or something a person has to look at.
///
/// The reader takes only what can be read in one way. It accepts a name with or without its final
/// dot, `*.name`, `http` and `https` URLs, and `name/path`; it takes white space from the ends and
/// makes international names ASCII. It tells an address in every spelling that programs accept
/// (dotted, decimal, octal, hexadecimal, IPv6) from a name. All else is unreadable, with a code
/// and a sentence.
public enum TargetReader {
  /// Reads a cell.
  ///
  /// A single label of letters, such as `com`, is a name: whether it may be blocked is for the
  /// assessment to say.
  public static func read(_ cell: some StringProtocol) -> Reading {
    plainName(in: cell) ?? carefully(String(cell))
  }

  /// The reading of a cell by all rules.
  static func carefully(_ cell: String) -> Reading {
    do {
      return try reading(of: String(cell.trimmedOfWhiteSpace))
    } catch {
      return .unreadable(error.reason)
    }
  }

  /// The reading of a cell that is plainly a name, as most are: host octets with a dot between
  /// them, the last label starting with a letter.
  private static func plainName(in cell: some StringProtocol) -> Reading? {
    var labelStart: UInt8?
    var dots = 0
    var previous = UInt8(ascii: ".")
    for octet in cell.utf8 {
      guard octet.isHostOctet || octet == UInt8(ascii: ".") else { return nil }
      if previous == UInt8(ascii: ".") { labelStart = octet }
      if octet == UInt8(ascii: ".") { dots += 1 }
      previous = octet
    }
    guard dots > 0, let labelStart, labelStart.isLetter, previous != UInt8(ascii: ".") else {
      return nil
    }
    return (try? DomainName(international: cell)).map { .name($0, .plain) }
  }

  /// The reading of a text without outer white space.
  private static func reading(of text: String) throws(Quarantine) -> Reading {
    guard !text.isEmpty else { throw .empty }
    if let hidden = HiddenCharacter.first(in: text) { throw .hiddenCharacter(hidden) }
    if text == "." || text == "*" || text == "*." {
      return .name(.root, text == "." ? .plain : .wildcard)
    }
    if Defanging.isDefanged(text) { throw .defanged }
    let separators = SeparatorScan(text)
    if separators.namesSeveral { throw .severalNames }
    if let address = IPAddressText(bare: text) { return .address(address.text) }
    let location = try Location(text)
    return try reading(of: location, in: text)
  }

  private static func reading(
    of location: Location, in text: String
  ) throws(Quarantine) -> Reading {
    if location.isBracketed {
      guard let address = IPAddressText(version6: location.host) else {
        throw .badURL("What stands in brackets is not an IPv6 address.")
      }
      return .address(address.text)
    }
    let isWildcard = location.host.hasPrefix("*.")
    let host = isWildcard ? String(location.host.dropFirst(2)) : location.host
    let name = try HostName.read(host)
    // The name, not the text: full-width digits and stops are plain ones by now.
    if let ending = NumericEnding(of: name.description) {
      guard !isWildcard, let address = ending.address else { throw ending.refusal }
      return .address(location.prefixLength.map { "\(address)/\($0)" } ?? address)
    }
    if name.labelCount == 1 {
      try requireTopLevelLabel(name, isURL: location.hasURLSyntax)
    }
    switch (isWildcard, location.hasPathOrPort) {
    case (true, true): throw .badURL("A URL with a path cannot name “*.”; write the name alone.")
    case (true, false): return .name(name, .wildcard)
    case (false, true): return .name(name, .urlWithPath)
    case (false, false): return .name(name, location.scheme == nil ? .plain : .url)
    }
  }

  /// Lets a single label pass only where it may be a top-level domain on purpose.
  private static func requireTopLevelLabel(
    _ name: DomainName, isURL: Bool
  ) throws(Quarantine) {
    let label = name.wire.dropFirst().dropLast()
    let isTopLevelLike = label.allSatisfy(\.isLetter) || label.starts(with: Array("xn--".utf8))
    guard isTopLevelLike, !isURL else { throw .singleLabel(name.description) }
  }
}
