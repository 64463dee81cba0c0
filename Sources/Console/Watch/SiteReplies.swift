internal import Enforcement
internal import Records

/// A site that is watched from now on.
struct SiteAdded: Tellable {
  let site: String
  let state: String
  let startUrls: [String]
  let risk: String

  init(_ terms: SiteTerms, isNew: Bool) {
    site = terms.site.description
    state = isNew ? "added" : "watched-already"
    startUrls = terms.startURLs
    risk = terms.risk.rawValue
  }

  func text(_ style: TextStyle) -> String {
    let word = state == "added" ? style.paint("added", .good) : "watched already"
    return "\(style.safe(site))  \(word)\n"
  }
}

/// A site that is not watched any more.
struct SiteDropped: Tellable {
  let site: String
  var state = "dropped"

  func text(_ style: TextStyle) -> String {
    "\(style.safe(site))  dropped; its pages and captures are kept\n"
  }
}

/// A moment as people say it, seen from another.
enum SpokenTime {
  static func ago(_ moment: Instant?, now: Instant) -> String {
    guard let moment else { return "never" }
    return "\(span(now.duration(since: moment))) ago"
  }

  static func ahead(_ moment: Instant, now: Instant) -> String {
    guard moment.milliseconds != .max else { return "-" }
    return moment <= now ? "now" : "in \(span(moment.duration(since: now)))"
  }

  private static func span(_ duration: Duration) -> String {
    let seconds = max(0, duration.components.seconds)
    switch seconds {
    case ..<60: return "\(seconds) s"
    case ..<3_600: return "\(seconds / 60) min"
    case ..<172_800: return "\(seconds / 3_600) h"
    default: return "\(seconds / 86_400) d"
    }
  }
}
