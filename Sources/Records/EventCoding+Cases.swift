internal import Enforcement
internal import TransparencyLog

/// Sites, findings and cases on the record.
///
/// A site's name may be a person's, and quoted words are someone's: they are sealed. Scores are whole
/// thousandths, since a leaf has no fractions.
extension EventCoding {
  static func parts(of kind: String, _ site: Site, reason: String) -> Parts {
    Parts(
      kind: kind,
      sealed: [("site", .string(site.description)), ("reason", .string(reason))])
  }

  static func parts(of change: CaseChange, in id: CaseID) -> Parts {
    switch change {
    case .found(let finding, let follows): return found(finding, in: id, follows: follows)
    case .reviewed(let review):
      return about(
        id, "case.reviewed", [("evidence", .string(review.evidence.hex))],
        sealed: [("remark", .string(review.remark))])
    case .noticePrepared(let notice): return prepared(notice, in: id)
    case .noticeSent(let place, let reply):
      return about(
        id, "notice.sent", place.members, sealed: [("reply", .string(reply))])
    case .noticeFailed(let place, let reason):
      return about(
        id, "notice.failed", place.members, sealed: [("reason", .string(reason))])
    case .due(let moment):
      return about(id, "case.due", [("due", .string(moment.description))])
    case .rechecked(let recheck):
      var data: [(String, CanonicalJSON)] = [
        ("outcome", .string(recheck.outcome.rawValue)),
        ("seen", .string(recheck.seen.description)),
      ]
      if let capture = recheck.capture { data.append(("capture", capture.json)) }
      return about(
        id, "case.rechecked", data, sealed: [("detail", .string(recheck.detail))])
    case .resolved(let reason):
      return about(id, "case.resolved", [], sealed: [("reason", .string(reason))])
    case .referred(let evidence, let reason):
      return about(
        id, "case.referred", [("evidence", .string(evidence.hex))],
        sealed: [("reason", .string(reason))])
    case .dismissed(let evidence, let reason):
      return about(
        id, "case.dismissed", [("evidence", .string(evidence.hex))],
        sealed: [("reason", .string(reason))])
    }
  }

  private static func about(
    _ id: CaseID, _ kind: String, _ data: [(String, CanonicalJSON)],
    sealed: [(String, CanonicalJSON)] = []
  ) -> Parts {
    Parts(kind: kind, data: [("case", .string(id.text))] + data, sealed: sealed)
  }

  private static func found(_ finding: Finding, in id: CaseID, follows: CaseID?) -> Parts {
    var data: [(String, CanonicalJSON)] = [
      ("category", .string(finding.category.rawValue)),
      ("score", .integer(thousandths(finding.score))),
      ("evidence", .string(finding.evidenceDigest.hex)),
      ("packs", .array(finding.packs.map { .string($0) })),
      ("seen", .string(finding.seen.description)),
    ]
    if let language = finding.language { data.append(("language", .string(language))) }
    if let capture = finding.capture { data.append(("capture", capture.json)) }
    if let follows { data.append(("follows", .string(follows.text))) }
    var sealed: [(String, CanonicalJSON)] = [
      ("site", .string(finding.site.description)), ("url", .string(finding.url)),
      ("evidence", .array(finding.evidence.map(json))),
    ]
    if let address = finding.address { sealed.append(("address", .string(address))) }
    return about(id, "finding.made", data, sealed: sealed)
  }

  static func json(_ piece: EvidencePiece) -> CanonicalJSON {
    [
      "signal": .string(piece.signal), "text": .string(piece.text),
      "part": .string(piece.part.rawValue), "start": .integer(Int64(piece.start)),
      "end": .integer(Int64(piece.end)), "weight": .integer(thousandths(piece.weight)),
    ]
  }

  private static func prepared(_ notice: Notice, in id: CaseID) -> Parts {
    let letters = notice.letters.map { letter -> CanonicalJSON in
      [
        "address": .string(letter.recipient.address),
        "duty": .string(letter.recipient.duty.rawValue),
        "source": .string(letter.recipient.source), "sender": .string(letter.sender),
        "message_id": .string(letter.messageID), "message": .string(letter.message),
      ]
    }
    return about(
      id, "notice.prepared",
      [
        ("notice", .integer(Int64(notice.number))), ("evidence", .string(notice.evidence.hex)),
        ("deadline", .string(notice.deadline.description)),
        ("language", .string(notice.language)), ("recipients", .integer(Int64(letters.count))),
      ],
      sealed: [("rule", .string(notice.rule)), ("letters", .array(letters))])
  }

  static func thousandths(_ number: Double) -> Int64 { Int64((number * 1000).rounded()) }
}

extension CaptureReference {
  var json: CanonicalJSON {
    [
      "file": .string(file), "offset": .integer(offset), "payload": .string(payload.hex),
    ]
  }
}

extension DeliveryPlace {
  var members: [(String, CanonicalJSON)] {
    [("notice", .integer(Int64(notice))), ("recipient", .integer(Int64(recipient)))]
  }
}
