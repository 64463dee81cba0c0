internal import Enforcement
internal import TransparencyLog

/// What happened to sites and cases, read back.
extension EntryFields {
  func site() throws(StoreError) -> Site {
    guard let site = Site(sealedValue("site") ?? Self.erasedSite) else {
      throw .corrupt("site of the entry is none")
    }
    return site
  }

  /// Stands for a site that was erased; no site has this name (RFC 6761, Section 6.4).
  static let erasedSite = "erased.invalid"

  /// What happened to a case; nil where the kind is another.
  func caseChange(_ kind: String) throws(StoreError) -> Change? {
    let change: CaseChange
    switch kind {
    case "finding.made":
      change = .found(try finding(), follows: data["follows"] == nil ? nil : try caseID("follows"))
    case "case.reviewed":
      change = .reviewed(
        Review(evidence: try digest("evidence", in: data), remark: sealedText("remark")))
    case "notice.prepared": change = .noticePrepared(try notice())
    case "notice.sent": change = .noticeSent(try place(), reply: sealedText("reply"))
    case "notice.failed": change = .noticeFailed(try place(), reason: sealedText("reason"))
    case "case.due": change = .due(at: try instant("due", in: data))
    case "case.rechecked":
      change = .rechecked(
        Recheck(
          outcome: try choice("outcome"), seen: try instant("seen", in: data),
          capture: try capture(), detail: sealedText("detail")))
    case "case.resolved": change = .resolved(reason: sealedText("reason"))
    case "case.referred":
      change = .referred(
        evidence: try digest("evidence", in: data), reason: sealedText("reason"))
    case "case.dismissed":
      change = .dismissed(
        evidence: try digest("evidence", in: data), reason: sealedText("reason"))
    default: return nil
    }
    return .caseChanged(try caseID("case"), change)
  }

  private func caseID(_ name: String) throws(StoreError) -> CaseID {
    guard let id = CaseID(try text(name)) else { throw .corrupt("the entry names no case") }
    return id
  }

  func digest(
    _ name: String, in object: CanonicalJSON
  ) throws(StoreError) -> ContentDigest {
    guard let digest = ContentDigest(hex: try text(name, in: object)) else {
      throw .corrupt("\(name) of the entry is no digest")
    }
    return digest
  }

  private func capture() throws(StoreError) -> CaptureReference? {
    guard let object = data["capture"] else { return nil }
    return CaptureReference(
      file: try text("file", in: object), offset: Int64(try number("offset", in: object)),
      payload: try digest("payload", in: object))
  }

  private func place() throws(StoreError) -> DeliveryPlace {
    DeliveryPlace(
      notice: try number("notice", in: data), recipient: try number("recipient", in: data))
  }

  private func finding() throws(StoreError) -> Finding {
    Finding(
      site: try site(), url: sealedText("url"), address: sealedValue("address"),
      category: try choice("category"),
      score: Double(try number("score", in: data)) / 1000, language: data["language"]?.string,
      evidence: try Self.pieces(sealedArray("evidence") ?? []),
      packs: (data["packs"]?.array ?? []).compactMap(\.string),
      capture: try capture(), evidenceDigest: try digest("evidence", in: data),
      seen: try instant("seen", in: data))
  }

  static func pieces(_ objects: [CanonicalJSON]) throws(StoreError) -> [EvidencePiece] {
    var pieces: [EvidencePiece] = []
    for object in objects {
      guard let part = object["part"]?.string.flatMap(EvidencePiece.Part.init(rawValue:)) else {
        throw .corrupt("a piece of evidence has no part")
      }
      pieces.append(
        EvidencePiece(
          signal: try Self.text("signal", in: object), text: try Self.text("text", in: object),
          part: part,
          start: try Self.number("start", in: object), end: try Self.number("end", in: object),
          weight: Double(try Self.number("weight", in: object)) / 1000))
    }
    return pieces
  }

  private func notice() throws(StoreError) -> Notice {
    Notice(
      number: try number("notice", in: data), evidence: try digest("evidence", in: data),
      deadline: try instant("deadline", in: data), rule: sealedText("rule"),
      language: try text("language"), letters: try letters())
  }

  /// Erased letters still count.
  private func letters() throws(StoreError) -> [NoticeLetter] {
    guard let sealed = sealedArray("letters") else {
      let erased = NoticeRecipient(address: "(erased)", duty: .chosen, source: "(erased)")
      let count = max(0, min(Notice.letterLimit, try number("recipients", in: data)))
      let letter = NoticeLetter(
        recipient: erased, sender: "(erased)", messageID: "(erased)", message: "(erased)")
      return Array(repeating: letter, count: count)
    }
    var letters: [NoticeLetter] = []
    for object in sealed {
      guard let duty = object["duty"]?.string.flatMap(NoticeRecipient.Duty.init(rawValue:)) else {
        throw .corrupt("a letter has no recipient")
      }
      letters.append(
        NoticeLetter(
          recipient: NoticeRecipient(
            address: try text("address", in: object), duty: duty,
            source: try text("source", in: object)),
          sender: try text("sender", in: object), messageID: try text("message_id", in: object),
          message: try text("message", in: object)))
    }
    return letters
  }

  func sealedArray(_ name: String) -> [CanonicalJSON]? {
    guard let value = sealed[name] else { return nil }
    return (try? CanonicalJSON(parsing: value, requireCanonical: true))?.array
  }
}
