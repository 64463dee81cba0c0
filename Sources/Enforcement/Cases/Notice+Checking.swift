extension Notice {
  /// The notice with its rule trimmed, and all of it checked.
  func checked(for id: CaseID, at moment: Instant) throws(Refusal) -> Notice {
    var notice = self
    notice.rule = rule.trimmingWhitespace
    guard (1...2_000).contains(notice.rule.count) else {
      throw Refusal(
        .missingField, "the notice names no rule, or one of over 2000 characters: give --rule \"…\""
      )
    }
    let wait = deadline.duration(since: moment)
    // A letter takes a moment to write, so that a deadline of one day is a little less by now.
    guard wait >= .seconds(86_400 - 3_600), wait <= .seconds(Self.deadlineDays.upperBound * 86_400)
    else {
      throw Refusal(
        .badField,
        "the deadline \(deadline) is not \(Self.deadlineDays.lowerBound) to"
          + " \(Self.deadlineDays.upperBound) days ahead")
    }
    guard !letters.isEmpty else {
      throw Refusal(
        .missingField, "the notice for \(id) has no recipient: name one with --to ADDRESS")
    }
    guard letters.count <= Self.letterLimit else {
      throw Refusal(
        .badField,
        "the notice for \(id) has \(letters.count) recipients; at most \(Self.letterLimit) are allowed"
      )
    }
    var addresses: Set<String> = []
    for letter in letters {
      let address = letter.recipient.address
      guard MailAddress.isPlausible(address), addresses.insert(address).inserted else {
        throw Refusal(
          .badField, "\"\(address)\" is no mail address, or stands twice: correct it")
      }
      guard (1...NoticeLetter.identifierLimit).contains(letter.messageID.utf8.count),
        MailAddress.isPlausible(letter.sender)
      else {
        throw Refusal(
          .badField, "the letter to \(address) has no Message-ID or no sender: write it again")
      }
      guard (1...NoticeLetter.messageLimit).contains(letter.message.utf8.count) else {
        throw Refusal(
          .badField,
          "the letter to \(address) has \(letter.message.utf8.count) octets; 1 to"
            + " \(NoticeLetter.messageLimit) are allowed")
      }
    }
    return notice
  }
}
