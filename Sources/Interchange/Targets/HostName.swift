internal import DomainNames
internal import Enforcement

/// Reads the text of a host as a domain name.
enum HostName {
  /// The name that a text stands for: letters, digits, hyphens and underscores, once it is ASCII.
  ///
  /// Escapes are refused: what needs one is no host.
  static func read(_ text: String) throws(Quarantine) -> DomainName {
    if text.utf8.contains(where: { $0 < 0x80 && !$0.isHostOctet && $0 != UInt8(ascii: ".") }) {
      throw .badCharacter(in: text)
    }
    let name: DomainName
    do {
      name = try DomainName(international: text)
    } catch {
      throw .badName(error)
    }
    // Mapping can yield any ASCII character, as U+2100 yields “a/c”.
    guard name.labels.allSatisfy({ $0.allSatisfy(\.isHostOctet) }) else {
      throw .badCharacter(in: name.description)
    }
    return name
  }
}

extension UInt8 {
  /// Letters, digits, hyphen, underscore.
  var isHostOctet: Bool {
    isLetter || isDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
  }
}
