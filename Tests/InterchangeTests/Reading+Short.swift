import DomainNames
import Enforcement

extension Reading {
  /// A reading in one short text, for tables of expectations.
  ///
  /// `plain a.example`, `url …`, `path …`, `wildcard …`, `address …`, or a code alone.
  var short: String {
    switch self {
    case .name(let name, .plain): "plain \(name)"
    case .name(let name, .url): "url \(name)"
    case .name(let name, .urlWithPath): "path \(name)"
    case .name(let name, .wildcard): "wildcard \(name)"
    case .address(let text): "address \(text)"
    case .unreadable(let reason): reason.code
    }
  }

  var isName: Bool {
    if case .name = self { true } else { false }
  }
}

extension SourceLine {
  /// Number and reading.
  var short: String { "\(id) \(reading.short)" }
}
