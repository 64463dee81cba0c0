extension ConfigurationKey {
  /// The keys of the watch.
  static let watch: [ConfigurationKey] = [
    ConfigurationKey(
      path: "watch.enabled", kind: .flag, standard: "false",
      meaning: "Whether serve looks at watched sites as they come due."),
    ConfigurationKey(
      path: "watch.contact_url", kind: .text, standard: "\"\"",
      meaning: "Where the owner of a site learns who looks; console.url where empty."),
    ConfigurationKey(
      path: "watch.user_agent", kind: .text, standard: "\"\"",
      meaning: "What the User-Agent field says; Cordon, its version and the contact where empty."),
    ConfigurationKey(
      path: "watch.workers", kind: .number(1...4_096), standard: "64",
      meaning: "Pages that are looked at side by side."),
    ConfigurationKey(
      path: "watch.delay_milliseconds", kind: .number(0...60_000), standard: "1000",
      meaning: "Time between two requests to a host; 0 only for hosts of your own."),
    ConfigurationKey(
      path: "watch.host_connections", kind: .number(1...64), standard: "1",
      meaning: "Requests on their way to one host."),
    ConfigurationKey(
      path: "watch.allow_addresses", kind: .list, standard: "[]",
      meaning: "Addresses, blocks and names that may be asked though they are not public."),
    ConfigurationKey(
      path: "watch.pages_per_site", kind: .number(1...100_000), standard: "500",
      meaning: "The most pages of a site that are looked at."),
    ConfigurationKey(
      path: "watch.depth", kind: .number(0...32), standard: "5",
      meaning: "The most links from a start page to a page that is looked at."),
    ConfigurationKey(
      path: "watch.capture", kind: .text, standard: "findings",
      meaning: "Which pages are kept: findings, only-findings or all."),
    ConfigurationKey(
      path: "watch.render", kind: .text, standard: "needed",
      meaning: "Whether pages that need their scripts are shown in Chromium: needed or off."),
    ConfigurationKey(
      path: "watch.browser", kind: .text, standard: "\"\"",
      meaning: "The Chromium program; looked for in the usual places where empty."),
    ConfigurationKey(
      path: "watch.ct_logs", kind: .list, standard: "[]",
      meaning: "Certificate logs that are read for names: monitoring prefix, space, public key."),
    ConfigurationKey(
      path: "watch.ct_keywords", kind: .list, standard: "[]",
      meaning: "Words that make a name in a new certificate a lead, besides venues' look-alikes."),
  ]
}
