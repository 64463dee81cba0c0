internal import Conduct
internal import Egress
internal import Enforcement

extension SettingReader {
  /// Where reports on accounts go, and when they are made.
  func reports() throws(ConfigurationFault) -> ReportSettings {
    var settings = ReportSettings()
    settings.ahead = .seconds(60 * number("report.ahead_minutes"))
    settings.rules = try webhookRules()
    for (name, target) in map("report.authorities") {
      let platform = try platform(name, in: "report.authorities")
      if target.hasPrefix("/") {
        settings.authorities[platform] = .folder(target)
      } else {
        try demandAddress(target, in: "report.authorities")
        settings.authorities[platform] = .webhook(target)
      }
    }
    let database = word("report.dsa.url")
    try demandAddress(database, in: "report.dsa.url")
    settings.database = database.hasSuffix("/") ? String(database.dropLast()) : database
    for (name, file) in map("report.dsa.tokens") {
      settings.tokens[try platform(name, in: "report.dsa.tokens")] = file
    }
    return settings
  }

  private func platform(_ name: String, in path: String) throws(ConfigurationFault) -> Slug {
    guard let platform = Slug(text: name) else { throw fault(path, name, "no platform's name") }
    return platform
  }

  private func demandAddress(_ text: String, in path: String) throws(ConfigurationFault) {
    do {
      let exceptions = ["127.0.0.0/8", "::1/128"].compactMap { AddressException($0) }
      _ = try WebhookAddress(
        text, addressGuard: AddressGuard(rules: .init(ports: nil, exceptions: exceptions)))
    } catch {
      throw fault(path, text, "neither a folder nor an address that is sent to: \(error)")
    }
  }
}
