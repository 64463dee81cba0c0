internal import Enforcement

extension CaseChange {
  /// What happened, for people.
  var phrase: String {
    switch self {
    case .found(let finding, let follows):
      "found: \(finding.category.rawValue) on \(finding.url)"
        + (follows.map { ", after \($0) had ended" } ?? "")
    case .reviewed(let review):
      "evidence \(review.evidence.short) was looked at: \(review.remark)"
    case .noticePrepared(let notice):
      "notice \(notice.number) written to \(notice.letters.count), to act by \(notice.deadline)"
    case .noticeSent(let place, let reply):
      "notice \(place.notice) taken over for recipient \(place.recipient): \(reply)"
    case .noticeFailed(let place, let reason):
      "notice \(place.notice) cannot reach recipient \(place.recipient): \(reason)"
    case .due: "the site is to be looked at again"
    case .rechecked(let recheck):
      "looked at again: \(recheck.outcome.rawValue)"
        + (recheck.detail.isEmpty ? "" : " (\(recheck.detail))")
    case .resolved(let reason): "resolved: \(reason)"
    case .referred(_, let reason): "referred to an officer: \(reason)"
    case .dismissed(_, let reason): "dismissed: \(reason)"
    }
  }
}
