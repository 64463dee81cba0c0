/// What makes two addresses the same page for the frontier.
extension WebURL {
  /// The address without what only says where the visitor came from.
  ///
  /// Parameters of advertising and mail campaigns are dropped, the others stay in their order: it
  /// may matter. An empty query is none.
  public var identity: WebURL {
    guard let query else { return self }
    let kept = query.split(separator: "&").filter {
      !Self.isTracking($0.utf8.prefix { $0 != UInt8(ascii: "=") })
    }
    let text = kept.joined(separator: "&")
    let identity = try? WebURL(
      scheme: scheme, host: host, port: port, path: path, query: text.isEmpty ? nil : text)
    return identity ?? self
  }

  /// Reads an address and answers the text that stands for its page.
  ///
  /// - Throws: ``Invalid`` where it leads to no web page.
  public static func canonical(
    _ text: some StringProtocol, relativeTo base: WebURL? = nil
  ) throws(Invalid) -> String {
    try WebURL(text, relativeTo: base).identity.text
  }

  /// Whether a parameter of this name never chooses content.
  private static func isTracking(_ name: some Collection<UInt8>) -> Bool {
    guard name.count <= 40 else { return false }
    let lower = String(decoding: name, as: UTF8.self).lowercased()
    return trackingNames.contains(lower)
      || trackingPrefixes.contains { lower.hasPrefix($0) }
  }

  /// Urchin and Google Analytics, Matomo, Piwik, HubSpot: families of parameters.
  private static let trackingPrefixes = ["utm_", "mtm_", "pk_", "piwik_", "hsa_", "_hs"]

  /// Click identifiers of Google, Meta, Microsoft, Yandex, TikTok, X, LinkedIn, Instagram, Baidu,
  /// Mailchimp, Marketo, Adobe, Olytics, Vero, Drip, Wicked Reports and Branch.
  private static let trackingNames: Set<String> = [
    "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "srsltid",
    "_ga", "_gl", "fbclid", "fb_action_ids", "fb_action_types", "fb_source", "msclkid", "yclid",
    "ysclid", "_openstat", "ttclid", "twclid", "li_fat_id", "igshid", "igsh", "bd_vid", "mc_cid",
    "mc_eid", "mkt_tok", "s_cid", "oly_anon_id", "oly_enc_id", "vero_id", "vero_conv",
    "__s", "wickedid", "_branch_match_id", "spm", "scm",
  ]
}
