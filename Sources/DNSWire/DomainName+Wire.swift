public import DomainNames

extension DomainName {
  /// Reads the name at an offset of a message, through compression pointers, and makes it canonical.
  ///
  /// - Throws: ``WireError`` where there is no well-formed name.
  public init(in message: Span<UInt8>, at offset: Int) throws(WireError) {
    var octets: [UInt8] = []
    _ = try message.appendName(at: offset, to: &octets)
    try self.init(checked: octets, at: offset)
  }

  /// Takes the octets of an uncompressed name which stood at an offset of a message.
  init(checked octets: some Collection<UInt8>, at offset: Int) throws(WireError) {
    do {
      try self.init(wire: octets)
    } catch {
      throw Self.wireError(for: error, at: offset)
    }
  }

  /// The same fault in terms of a message.
  private static func wireError(for fault: DomainName.Invalid, at offset: Int) -> WireError {
    switch fault {
    case .compressed: .compressedName(at: offset)
    case .labelTooLong: .labelType(at: offset)
    case .tooLong: .nameTooLong(at: offset)
    case .empty, .truncated: .truncated(at: offset)
    case .trailingOctets(let count): .trailingOctets(count)
    case .emptyLabel, .badEscape, .notASCII, .badInternationalLabel: .labelType(at: offset)
    }
  }
}
