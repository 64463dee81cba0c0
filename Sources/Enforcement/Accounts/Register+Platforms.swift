/// Platforms and their ladders: an administrator's.
extension Register {
  /// The most platforms.
  static let platformLimit = 1_000

  func set(_ platform: Platform, by actor: Actor, in docket: inout Docket) throws(Refusal) {
    if let fault = platform.fault {
      throw Refusal(.badField, "platform \(platform.id): \(fault)")
    }
    guard conduct.platforms[platform.id] != platform else { return }
    guard conduct.platforms[platform.id] != nil || conduct.platforms.count < Self.platformLimit
    else { throw Refusal(.badField, "at most \(Self.platformLimit) platforms are allowed") }
    docket.record(.platformSet(platform), by: actor)
  }

  /// Approvals below what the house asks for are corrected upwards, whatever the file says.
  func adopt(
    _ ladder: Ladder, on id: Slug, by actor: Actor, in docket: inout Docket
  ) throws(Refusal) {
    _ = try known(id)
    if let fault = ladder.fault { throw Refusal(.badField, "ladder \(ladder.reference): \(fault)") }
    var adopted = ladder
    for place in adopted.rungs.indices {
      let least = adopted.rungs[place].sanction.kind.leastApprovals
      adopted.rungs[place].approvals = max(adopted.rungs[place].approvals, least)
    }
    guard conduct.ladder(of: id) != adopted else { return }
    let past = conduct.ladders[id] ?? []
    if let newest = past.filter({ $0.name == adopted.name }).map(\.version).max(),
      adopted.version <= newest
    {
      throw Refusal(
        .badField,
        "\(id) has had \(adopted.name)@\(newest): a ladder that changed gets a higher version")
    }
    docket.record(.ladderAdopted(platform: id, adopted), by: actor)
  }
}

extension Platform {
  /// What is wrong with it; nil where nothing is.
  var fault: String? {
    guard (1...200).contains(name.utf8.count) else { return "its name has 1 to 200 octets" }
    guard Self.isLanguage(language) else {
      return "its language is a tag such as en or zh-Hans, not \"\(language)\""
    }
    guard !territory.isEmpty, territory.count <= 250, territory.allSatisfy(Self.isCountry) else {
      return "its territory is one country code or more, such as CN or DE"
    }
    guard Self.isAddress(appealAddress) else {
      return "its appeal address is like https://cordon.example, no slash at the end"
    }
    if let webhook, !Self.isAddress(webhook) {
      return "its webhook is an address that begins with http:// or https://"
    }
    return terms.fault
  }

  private static func isLanguage(_ tag: String) -> Bool {
    (2...35).contains(tag.utf8.count)
      && tag.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || $0 == 0x2D
      }
  }

  private static func isCountry(_ code: String) -> Bool {
    code.utf8.count == 2 && code.utf8.allSatisfy { (0x41...0x5A).contains($0) }
  }

  private static func isAddress(_ text: String) -> Bool {
    let isWeb = text.hasPrefix("https://") || text.hasPrefix("http://")
    return isWeb && (9...500).contains(text.utf8.count) && !text.hasSuffix("/")
      && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
  }
}

extension PlatformTerms {
  fileprivate var fault: String? {
    guard (1...3_660).contains(appealDays) else { return "an appeal has 1 to 3660 days" }
    if let answerDays, !(1...366).contains(answerDays) {
      return "an appeal is answered within 1 to 366 days"
    }
    if let reportHours, !(1...8_784).contains(reportHours) {
      return "a report has 1 to 8784 hours"
    }
    guard (appealDays...36_600).contains(keepDays) else {
      return "records are kept \(appealDays) days at least, as long as an appeal has"
    }
    return nil
  }
}

extension Ladder {
  /// The most kinds of infractions.
  public static let kindLimit = 256
  /// The most rungs.
  public static let rungLimit = 32
  /// The most officers that a rung may ask for.
  public static let approvalLimit = 5

  /// What is wrong with it; nil where nothing is.
  var fault: String? {
    guard version >= 1 else { return "versions count from 1" }
    guard (1...366).contains(windowDays) else { return "its window has 1 to 366 days" }
    guard (1...Self.kindLimit).contains(infractions.count),
      Set(infractions.map(\.kind)).count == infractions.count
    else { return "it gives points to 1 to \(Self.kindLimit) kinds of infractions, each once" }
    for weight in infractions {
      guard (1...1_000).contains(weight.points) else {
        return "\(weight.kind) counts 1 to 1000 points"
      }
      if let days = weight.decayDays, !(1...3_660).contains(days) {
        return "\(weight.kind) decays after 1 to 3660 days, or never"
      }
    }
    return rungFault
  }

  private var rungFault: String? {
    guard (1...Self.rungLimit).contains(rungs.count) else {
      return "it has 1 to \(Self.rungLimit) rungs"
    }
    for rung in rungs {
      if let fault = rung.sanction.fault { return "the rung of \(rung.points) points: \(fault)" }
      guard rung.points >= 1, (0...1_000).contains(rung.leastShare),
        (0...Self.approvalLimit).contains(rung.approvals)
      else {
        return "a rung has 1 point or more, a share of 0 to 1000 thousandths, and at most"
          + " \(Self.approvalLimit) approvals"
      }
    }
    for (lower, upper) in zip(rungs, rungs.dropFirst()) {
      guard lower.points < upper.points, lower.sanction.comesBefore(upper.sanction) else {
        return "the rung of \(upper.points) points must come after that of \(lower.points), ask for"
          + " more points, and be harder: in kind, in days or in what it restricts"
      }
    }
    return nil
  }
}
