extension ConductCommand {
  /// The verb, as the record and the command line name it.
  public var action: String {
    switch self {
    case .setPlatform: "conduct.platform"
    case .adoptLadder: "conduct.ladder"
    case .writeRule: "conduct.rule"
    case .stageRule: "conduct.stage"
    case .breakRule: "conduct.break"
    case .revertRule: "conduct.revert"
    case .setParty: "account.party"
    case .registerAccounts: "account.register"
    case .reviewAccount: "account.review"
    case .reportInfractions: "conduct.ingest"
    case .settleInfraction: "conduct.settle"
    case .proposeSanction: "account.sanction"
    case .approveSanction: "account.approve"
    case .declineSanction: "account.decline"
    case .liftSanction: "account.lift"
    case .confirmSanction: "account.confirm"
    case .recordNoticeDelivery: "account.deliver"
    case .fileAppeal: "appeal.file"
    case .answerAppeal: "appeal.answer"
    case .decideAppeal: "appeal.decide"
    case .settleLead: "conduct.lead"
    case .proposeBatch: "conduct.batch"
    case .moveBatch: "conduct.move-batch"
    case .makeReport: "report.make"
    case .receiveReport: "report.receive"
    case .setHold: "account.hold"
    case .eraseParty: "record.erase"
    }
  }

  /// What a role must allow for it.
  public var permission: Permission {
    switch self {
    case .setPlatform, .adoptLadder, .eraseParty: .managePlatforms
    case .writeRule, .stageRule, .breakRule, .revertRule, .setParty, .registerAccounts,
      .proposeSanction, .declineSanction, .liftSanction, .proposeBatch, .makeReport,
      .receiveReport:
      .handleConduct
    case .reviewAccount: .reviewAccounts
    case .approveSanction: .approveSanctions
    case .moveBatch(_, let state, _): state == .done ? .approveSanctions : .handleConduct
    case .settleInfraction, .settleLead: .settleInfractions
    case .fileAppeal, .answerAppeal, .decideAppeal: .decideAppeals
    case .setHold: .setHolds
    case .reportInfractions, .confirmSanction, .recordNoticeDelivery: .submitPosts
    }
  }

  /// Whether a platform may ask for it too, of what is its own.
  var isOpenToPlatform: Bool {
    switch self {
    case .setParty, .registerAccounts, .reviewAccount, .reportInfractions, .confirmSanction,
      .recordNoticeDelivery:
      true
    case .setPlatform, .adoptLadder, .writeRule, .stageRule, .breakRule, .revertRule,
      .settleInfraction, .proposeSanction, .approveSanction, .declineSanction, .liftSanction,
      .fileAppeal, .answerAppeal, .decideAppeal, .settleLead, .proposeBatch, .moveBatch,
      .makeReport, .receiveReport, .setHold, .eraseParty:
      false
    }
  }

  /// Whether the system may ask for it; anything else a person must ask for.
  var isOpenToSystem: Bool {
    switch self {
    case .breakRule, .reportInfractions, .confirmSanction, .recordNoticeDelivery, .fileAppeal,
      .answerAppeal, .makeReport, .receiveReport:
      true
    case .setPlatform, .adoptLadder, .writeRule, .stageRule, .revertRule, .setParty,
      .registerAccounts, .reviewAccount, .settleInfraction, .proposeSanction, .approveSanction,
      .declineSanction, .liftSanction, .decideAppeal, .settleLead, .proposeBatch, .moveBatch,
      .setHold, .eraseParty:
      false
    }
  }
}
