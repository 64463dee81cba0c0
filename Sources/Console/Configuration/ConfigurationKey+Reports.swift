extension ConfigurationKey {
  /// Where reports on accounts go.
  static let reports: [ConfigurationKey] = [
    ConfigurationKey(
      path: "report.ahead_minutes", kind: .number(0...1_440), standard: "5",
      meaning: "How many minutes before its deadline a report to an authority is made and sent."),
    ConfigurationKey(
      path: "report.authorities", kind: .map, standard: "{}",
      meaning: "Where reports to authorities go: platform to webhook (https) or folder."),
    ConfigurationKey(
      path: "report.dsa.url", kind: .text, standard: "https://transparency.dsa.ec.europa.eu",
      meaning: "The DSA Transparency Database."),
    ConfigurationKey(
      path: "report.dsa.tokens", kind: .map, standard: "{}",
      meaning:
        "Files with the tokens for it: platform to file, mode 600; others make no statements."),
  ]
}
