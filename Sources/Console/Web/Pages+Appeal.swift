internal import Conduct
internal import Enforcement

/// What stands in the form of an appeal, and what came of sending it.
struct AppealForm {
  var text = ""
  var fault: String?
  var wasSent = false
}

extension Pages {
  /// The page of an account holder: what was decided, why, and how to appeal.
  func appeal(_ subject: AppealSubject, _ form: AppealForm, _ links: Links) -> String {
    let (face, language) = (subject.face, links.language)
    let letter = Self.letter(subject, language)
    var values: [String: Any] = [
      "title": letter?.title ?? Phrase.appealTitle.text(language),
      "platform": face.sanction.platform,
      "number": face.sanction.id, "action": links.here,
    ]
    if let entry = face.sanction.entry { values["entry"] = entry }
    values.merge(Self.standing(face, language)) { $1 }
    values["items"] =
      (letter?.items ?? []).filter { $0.kind != .appeal }.map {
        ["heading": $0.heading, "lines": Self.lines($0.text)] as [String: Any]
      }
    let quotes = face.sanction.facts.filter { !$0.quotes.isEmpty }.map { Self.quote($0, language) }
    if !quotes.isEmpty {
      values["hasQuotes"] = true
      values["quotes"] = quotes
    }
    values["appealTells"] = Self.appealTells(face, language)
    values["canAppeal"] = face.mayAppeal || face.appeal != nil
    if form.wasSent { values["sent"] = Phrase.appealSent.text(language) }
    if let appeal = face.appeal {
      values["messages"] = appeal.dialogue.map { Self.message($0, language) }
      if let outcome = Self.outcome(appeal, language) { values["outcome"] = outcome }
    }
    if face.mayAppeal || face.appeal?.mayAnswer == true {
      values["form"] = Self.form(form, isNew: face.mayAppeal, links)
    }
    return render(.appeal, links, values)
  }

  /// The notice again, in the reader's language.
  private static func letter(_ subject: AppealSubject, _ language: Language) -> SanctionLetter? {
    guard var notice = subject.sanction.notice else { return nil }
    notice.language = language.rawValue
    notice.until = subject.sanction.until ?? notice.until
    notice.terms = subject.sanction.plan.terms
    return SanctionLetter(
      notice, platform: subject.platform.name, facts: subject.facts)
  }

  private static func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map(String.init)
  }

  private static func moment(_ text: String) -> [String: Any] {
    ["moment": text, "value": Instant(text)?.pageText ?? text]
  }

  private static func standing(_ face: AppealFace, _ language: Language) -> [String: Any] {
    let sanction = face.sanction
    let (state, phrase): (Phrase, Phrase)
    var moment = sanction.ended
    switch SanctionState(rawValue: sanction.state) {
    case .imposed where sanction.until == nil: (state, phrase) = (.sanctionInEffect, .standsForGood)
    case .imposed: (state, phrase, moment) = (.sanctionInEffect, .standsUntil, sanction.until)
    case .overturned: (state, phrase) = (.sanctionOverturned, .standsOverturned)
    case .lifted, .declined, .proposed, nil: (state, phrase) = (.sanctionEnded, .standsEnded)
    }
    let text = moment.flatMap { Instant($0)?.pageText } ?? ""
    return [
      "state": state.text(language), "stands": phrase.text(language, ["time": text]),
      "stateClass": sanction.state == SanctionState.imposed.rawValue ? "suspended" : "in-force",
    ]
  }

  private static func quote(
    _ fact: SanctionFace.Fact, _ language: Language
  ) -> [String: Any] {
    var values = moment(fact.published)
    values["words"] = fact.quotes
    if let post = fact.post { values["post"] = post }
    if fact.overturned { values["wrong"] = Phrase.appealFactWrong.text(language) }
    return values
  }

  private static func message(_ message: AppealMessage, _ language: Language) -> [String: Any] {
    var values = moment(message.at)
    values["from"] = message.from
    values["who"] =
      (message.from == "holder" ? Phrase.appealYou : .appealHouse).text(language)
    values["lines"] = lines(message.text)
    return values
  }

  private static func outcome(_ appeal: HolderAppeal, _ language: Language) -> [String: Any]? {
    guard let word = appeal.outcome, let decided = appeal.decided else { return nil }
    let phrase: Phrase
    switch word {
    case "overturned": phrase = .outcomeOverturned
    case "reduced": phrase = .outcomeReduced
    default: phrase = .outcomeUpheld
    }
    var values = moment(decided)
    values["heading"] = Phrase.outcomeHeading.text(language)
    values["tells"] = phrase.text(language)
    if let reason = appeal.reason { values["reason"] = lines(reason) }
    return values
  }

  private static func appealTells(_ face: AppealFace, _ language: Language) -> String {
    let until = face.appealUntil.flatMap { Instant($0)?.pageText }
    if let appeal = face.appeal {
      guard appeal.outcome == nil else { return Phrase.appealClosed.text(language) }
      let end = appeal.answerBy.flatMap { Instant($0)?.pageText }
      return Phrase.appealOpen.text(language)
        + (end.map { time in
          (appeal.overdue ? Phrase.appealLate : .appealDue).text(language, ["time": time])
        } ?? "")
    }
    guard face.mayAppeal else {
      return Phrase.appealOver.text(language, ["time": until ?? ""])
    }
    return until.map { Phrase.appealUntil.text(language, ["time": $0]) }
      ?? Phrase.appealMay.text(language)
  }

  private static func form(_ form: AppealForm, isNew: Bool, _ links: Links) -> [String: Any] {
    var values: [String: Any] = [
      "action": links.here, "text": form.text,
      "label": (isNew ? Phrase.appealField : .appealFieldMore).text(links.language),
    ]
    if let fault = form.fault {
      values["fault"] = [
        "title": Phrase.appealFault.text(links.language), "detail": fault,
      ]
    }
    return values
  }
}
