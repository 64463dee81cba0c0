import DomainNames

@testable import Enforcement

func domain(_ text: String) -> DomainName {
  try! DomainName(presentation: text)
}

func instant(_ text: String) -> Instant {
  Instant(text)!
}

func person(_ text: String) -> PersonName {
  PersonName(text)!
}

extension Actor {
  static func named(_ text: String) -> Actor { .person(PersonName(text)!) }
}

extension OrderClaim {
  /// A claim with everything that every order must say.
  static func sample(
    reference: String = "IFRR-2018-117",
    issued: String = "2018-08-23",
    effective: String? = "2018-08-24",
    expires: String = "2019-08-24"
  ) -> OrderClaim {
    var claim = OrderClaim()
    claim.reference = reference
    claim.authority = "Example Financial Supervisor"
    claim.basis = "Payment Services Act s. 12(3)"
    claim.issued = issued
    claim.effective = effective
    claim.expires = expires
    return claim
  }
}

extension Submission {
  /// A submission of accepted targets, and of lines that wait.
  static func sample(
    _ claim: OrderClaim = .sample(),
    accept: Int = 2,
    open: [LineID: Decision] = [:]
  ) -> Submission {
    var tally = Tally()
    tally.accept = accept
    for decision in open.values { tally[decision] += 1 }
    return Submission(
      claim: claim,
      source: SourceFile(digest: String(repeating: "ab", count: 32), bytes: 1_024, format: "json"),
      assessment: AssessmentSummary(
        tally: tally, targetsRoot: String(repeating: "cd", count: 32), openLines: open),
      difference: TargetDifference(added: 1, removed: 0, kept: accept))
  }
}
