internal import DomainNames
internal import Enforcement

/// Why a line is set aside for a person; thrown by what reads a line, and caught at the line.
struct Quarantine: Error {
  /// The code and the sentence.
  let reason: Unreadable

  private init(code: String, text: String) {
    reason = Unreadable(code: code, text: text)
  }
}

/// Every reason for which a line waits for a person. Codes are stable; other programs read them.
extension Quarantine {
  static var empty: Quarantine {
    Quarantine(code: "empty", text: "The cell is empty; no name is given.")
  }

  static func hiddenCharacter(_ which: String) -> Quarantine {
    Quarantine(
      code: "hidden-character",
      text: "It holds a character that cannot be seen (\(which)); type the name anew.")
  }

  static var defanged: Quarantine {
    Quarantine(
      code: "defanged",
      text:
        "The name is written so that it cannot be clicked, as in example[.]com; write it plainly.")
  }

  static var severalNames: Quarantine {
    Quarantine(
      code: "several-names", text: "The cell holds more than one name; give each its own line.")
  }

  static func badURL(_ reason: String) -> Quarantine {
    Quarantine(code: "bad-url", text: reason)
  }

  static var userinfo: Quarantine {
    Quarantine(
      code: "userinfo",
      text: "A user name stands before the host, a way to disguise a URL; write the host alone.")
  }

  static var email: Quarantine {
    Quarantine(code: "email", text: "This is a mail address, not the name of a site.")
  }

  static func singleLabel(_ label: String) -> Quarantine {
    Quarantine(
      code: "single-label",
      text: "“\(label.shortened)” has no dot: the end of the name is missing.")
  }

  static func badName(_ reason: DomainName.Invalid) -> Quarantine {
    Quarantine(code: "bad-name", text: "This is not a domain name: \(reason).")
  }

  static func badCharacter(in text: String) -> Quarantine {
    let character = text.unicodeScalars.first { scalar in
      scalar.isASCII && !UInt8(scalar.value).isHostOctet && scalar != "."
    }
    let found =
      switch character {
      case " ", "\t": "a space"
      case .some(let scalar): "“\(Character(scalar))”"
      case nil: "a character"
      }
    return Quarantine(
      code: "bad-name",
      text: "This is not a domain name: it holds \(found), which no host name has.")
  }

  static func numericEnding(isLoneNumber: Bool) -> Quarantine {
    Quarantine(
      code: "all-numeric-tld",
      text: isLoneNumber
        ? "This is a bare number, neither a name nor surely an address."
        : "The last part is a number, as in an address, but the whole is not an address.")
  }

  static func badScope(_ scope: String) -> Quarantine {
    Quarantine(
      code: "bad-scope",
      text: "The scope “\(scope.shortened)” is neither “exact” nor “subtree”.")
  }

  static func exactWildcard(_ name: DomainName) -> Quarantine {
    Quarantine(
      code: "bad-scope",
      text: "“*.\(name)” names what lies below, but the scope says “exact”; say which is meant.")
  }

  static func fieldTooLong(_ field: String, _ limit: Int) -> Quarantine {
    Quarantine(
      code: "too-long",
      text: "The \(field) is longer than \(limit) characters; only its start is kept.")
  }

  static func badRow(_ reason: String) -> Quarantine {
    Quarantine(code: "bad-row", text: reason)
  }

  static func badEntry(_ reason: String, line: Int) -> Quarantine {
    Quarantine(code: "bad-entry", text: "\(reason) It stands on line \(line) of the file.")
  }

  static var noWebsite: Quarantine {
    Quarantine(code: "no-website", text: "The register names the party but no website.")
  }

  static func nameMismatch(party: String, host: DomainName) -> Quarantine {
    Quarantine(
      code: "name-mismatch",
      text: """
        The party is called “\(party.shortened)”, but the website is “\(host)”, one character \
        apart; one of them may be a slip.
        """)
  }

  static func hostsBoilerplate(_ name: String) -> Quarantine {
    Quarantine(
      code: "hosts-boilerplate",
      text: "“\(name.shortened)” is part of every hosts file, not a target; strike the line.")
  }

  static func hostsAddress(_ address: String) -> Quarantine {
    Quarantine(
      code: "hosts-address",
      text: "The line sends the name to \(address.shortened), which does not block it.")
  }

  static var hostsLine: Quarantine {
    Quarantine(
      code: "bad-hosts-line",
      text: "A line of a hosts file is an address and at least one name behind it.")
  }
}
