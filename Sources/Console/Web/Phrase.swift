/// Everything that pages say, in each of their languages, side by side.
///
/// A word in braces, such as `{time}`, is filled in.
enum Phrase: String, CaseIterable {
  // Every page
  case siteName, skipLink, navigation, ordersLink, contestLink, otherLanguage, footer
  // An order
  case orderTitle, authority, basis, jurisdiction, orderNumber, reference, issued, effective
  case expires, inForceSince, ended, decidedBy, decidedByAuthority, decidedByOperator
  case effect, sourceFile
  case stateConfirmed, stateInForce, stateSuspended, stateExpired, stateRevoked
  case tellsConfirmed, tellsInForce, tellsObserved, tellsSuspended, tellsExpired, tellsRevoked
  case answerNXDOMAIN, answerNodata, answerRefused, answerAddress, modeObserve
  // Its names
  case namesHeading, namesCount, name, reach, reachSubtree, reachExact, nextPage, firstPage, pages
  // Its history
  case historyHeading, event, time, entry, contestsCount
  case received, amended, confirmed, inForce, suspended, resumed, revoked, expired
  case linePaused, lineResumed
  // Its proof
  case proofHeading, proofIntroduction, proofStepLeaf, proofStepBundle, proofStepKey
  case proofLeaf, proofLeafHash, proofBundle, proofKey, asJSON
  // Contesting
  case contestHeading, contestIntroduction, contestPrivacy, fieldOrder, fieldName, fieldStatement
  case fieldContact, optional, required, hintOrder, hintName, hintStatement, hintContact, send
  case contestTitle, faultHeading, faultOrder, faultName, faultStatementEmpty, faultStatementLong
  case faultContact
  case thanksTitle, thanksIntroduction, yourReference, receivedAt, nextHeading, nextRead
  case nextInForce, nextAnswer, nextSilence, nextKeep, backToOrder, backToOrders
  // All orders
  case transparencyTitle, transparencyIntroduction, totals, totalInForce, totalNames, totalOrders
  case totalEnded, listHeading, order, state, from, until, names, noOrders, checkpointLink
  // A blocked name
  case blockedTitle, blockedLead, blockedOrders, blockedRead, aliasTitle, aliasLead
  // What went wrong
  case titleBadRequest, titleNotFound, titleMethod, titleTooLarge, titleMedia, titleMisdirected
  case titleUnprocessable, titleTooMany, titleInternal, titleUnavailable
  case detailHost, detailForm, detailCursor, detailNotFound, detailMethod, detailTooLarge
  case detailMedia, detailMisdirected, detailTooMany, detailInternal, detailUnavailable
  case detailNotRecorded
  // An account holder's page
  case appealTitle, appealHeading, appealWords, appealHint, appealField, appealFieldMore
  case appealProof, appealNumber, appealEntry, appealProofTells, appealFooter, appealSent
  case appealYou, appealHouse, appealFactWrong, appealUntil, appealMay, appealOver, appealOpen
  case appealDue, appealLate
  case appealClosed, outcomeHeading, outcomeUpheld, outcomeReduced, outcomeOverturned
  case sanctionInEffect, sanctionEnded, sanctionOverturned, standsUntil, standsForGood
  case standsEnded, standsOverturned, appealFault, appealFaultEmpty, appealFaultLong
  case appealFaultBusy, appealFaultLate
  // Reports, and numbers of accounts
  case reportTitle, reportSite, reportNumber, reportMade, reportReporter, reportCorrects
  case reportPlatform, reportCount, reportHash, reportReceipt, reportStands, reportSent
  case reportWaiting, reportFailed, reportLead, reportJSON, reportCSV, reportAccount
  case reportHandle, reportCategory, reportFiling, reportAgreement, reportOpened, reportParty
  case reportReviewed, reportReviewer, reportPermit
  case reportRegistration, reportGroup, reportSanction, reportImposed, reportUntil, reportForGood
  case reportEnded, reportState, reportClauses, reportTerritory, reportPoints, reportPointsOf
  case reportNoLadder, reportMachine, reportDecided, reportOfficers, reportYes, reportNo
  case reportInfractions, reportPost, reportPublished, reportFound, reportRule, reportWords
  case reportAppeals, reportFiled, reportOpen, reportProof, reportLog, reportEntry, reportLeaf
  case reportTree, reportPath, reportErased, reportFooter, reportWarn, reportRestrict
  case reportSuspend, reportClose, reportPosting, reportReplying, reportLinks
  case reportPromotion, reportMessaging, titleUnauthorized, detailUnauthorized, accountsHeading
  case accountsImposed, accountsAutomatic, accountsAppeals, accountsOverturned, accountsReported
  case accountsStated, accountsLink

  /// The text in a language.
  func text(_ language: Language) -> String {
    switch language {
    case .english: english
    case .chinese: chinese
    }
  }

  /// The text in a language, with its words in braces filled in.
  func text(_ language: Language, _ values: [String: String]) -> String {
    // Filled in one pass: what a value holds is never taken for a word in braces.
    var filled = ""
    var rest = text(language)[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      filled += rest[..<open]
      filled += values[String(rest[rest.index(after: open)..<close])] ?? ""
      rest = rest[rest.index(after: close)...]
    }
    return filled + rest
  }

  /// All texts of a language, by name, for templates.
  static func all(_ language: Language) -> [String: String] {
    switch language {
    case .english: allEnglish
    case .chinese: allChinese
    }
  }

  private static let allEnglish = table(.english)
  private static let allChinese = table(.chinese)

  private static func table(_ language: Language) -> [String: String] {
    Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0.text(language)) })
  }

  private var english: String { texts.0 }
  private var chinese: String { texts.1 }
}
