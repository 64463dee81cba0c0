internal import Enforcement

/// What happens next in a case, and by when.
struct NextStep: Sendable {
  /// A few words for people.
  let text: String
  /// When it falls due; nil where a person decides when.
  let due: Instant?
  /// Whether a person is waited for.
  let isPersons: Bool

  init(_ found: CaseFile) {
    switch found.state {
    case .new:
      self.init(found.review == nil ? "review" : "review the new evidence")
    case .reviewed:
      let failed = found.notice.map { $0.sent.isEmpty } ?? false
      self.init(
        failed ? "the notice reached nobody: notice, refer or close" : "notice, refer or close")
    case .noticed, .waiting:
      let notice = found.notice
      let sent = "\(notice?.sent.count ?? 0) of \(notice?.letters ?? 0) letters sent"
      if found.isDue {
        self.init("re-check", due: notice?.deadline, isPersons: false)
      } else {
        self.init("wait (\(sent))", due: found.recheckAt, isPersons: false)
      }
    case .rechecked: self.init(rechecked: found)
    case .referred: self.init("an officer decides")
    case .resolved, .dismissed: self.init("", isPersons: false)
    }
  }

  private init(rechecked found: CaseFile) {
    let again = found.isDue || found.recheckAt != nil
    let due = found.recheckAt
    switch found.lastRecheck {
    case .gone:
      self.init(
        "re-check: gone on \(found.goneOn.count) of \(CaseFile.goneDays) days", due: due,
        isPersons: false)
    case .unreachable where again:
      self.init("re-check: it could not be reached", due: due, isPersons: false)
    case .unreachable: self.init("it cannot be reached: notice, refer or close")
    case .present, nil: self.init("still there: notice, refer or close")
    }
  }

  private init(_ text: String, due: Instant? = nil, isPersons: Bool = true) {
    self.text = text
    self.due = due
    self.isPersons = isPersons
  }
}
