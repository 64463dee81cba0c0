extension Phrase {
  /// What the account holder's page says: English, and Simplified Chinese.
  static let appealTexts: [Phrase: (String, String)] = [
    .appealTitle: ("A decision about your account", "关于您账号的决定"),
    .appealHeading: ("Appeal", "申诉"),
    .appealWords: ("The words it rests on", "决定所依据的内容"),
    .appealHint:
      (
        "Say what is wrong, in your own words. Someone reads it who took no part in the decision.",
        "请用自己的话说明哪里不对。审阅人未参与原决定。"
      ),
    .appealField: ("What is wrong with this decision?", "这个决定有什么问题？"),
    .appealFieldMore: ("Add something", "补充说明"),
    .appealProof: ("Proof", "证明"),
    .appealNumber: ("Number of the decision", "决定编号"),
    .appealEntry: ("Entry on the record", "记录条目"),
    .appealProofTells:
      (
        "Every decision is an entry of a public log that nobody can change afterwards. The entry"
          + " does not say whose account it is about.",
        "每项决定都是公开日志中的一个条目，事后任何人都无法更改。条目不含账号身份。"
      ),
    .appealFooter:
      (
        "This page is for you alone: whoever has its address can read it. It sets no cookies and"
          + " loads nothing from elsewhere.",
        "本页仅供您本人查看：知道此地址的人都能阅读。本页不设置 Cookie，不加载任何外部内容。"
      ),
    .appealSent: ("Received. It is on the record.", "已收到，并已记录在案。"),
    .appealYou: ("You", "您"),
    .appealHouse: ("The reviewers", "审阅方"),
    .appealFactWrong: ("found wrong since", "后来认定有误"),
    .appealUntil:
      ("You can appeal until {time}. It is free.", "您可以在 {time} 之前申诉，不收费。"),
    .appealMay: ("You can appeal now. It is free.", "您现在可以申诉，不收费。"),
    .appealOver: ("The time for an appeal ended on {time}.", "申诉期已于 {time} 结束。"),
    .appealOpen:
      (
        "Your appeal is open. You can add something until it is decided; the answer stands here.",
        "您的申诉正在处理中。作出决定前您可以补充说明，答复会显示在本页。"
      ),
    .appealDue: (" It is due by {time}.", "答复将于 {time} 之前作出。"),
    .appealLate:
      (
        " It was due by {time} and is late; your appeal stays open.",
        "答复本应于 {time} 之前作出，现已逾期；您的申诉仍在处理中。"
      ),
    .appealClosed: ("Your appeal was decided; see above.", "您的申诉已有结果，见上文。"),
    .outcomeHeading: ("Outcome of your appeal", "申诉结果"),
    .outcomeUpheld: ("The decision stands.", "维持原决定。"),
    .outcomeReduced: ("The decision was made milder.", "原决定已减轻。"),
    .outcomeOverturned:
      ("The decision was wrong and has been taken back.", "原决定有误，已经撤销。"),
    .sanctionInEffect: ("In effect", "生效中"),
    .sanctionEnded: ("Ended", "已结束"),
    .sanctionOverturned: ("Taken back", "已撤销"),
    .standsUntil: ("It ends by itself on {time}.", "将于 {time} 自动结束。"),
    .standsForGood: ("It does not end by itself.", "不会自动结束。"),
    .standsEnded: ("It has no effect any more. {time}", "已不再有效。{time}"),
    .standsOverturned: ("It has no effect any more. {time}", "已不再有效。{time}"),
    .appealFault: ("This was not sent.", "未能发送。"),
    .appealFaultEmpty: ("Please write something first.", "请先填写内容。"),
    .appealFaultLong:
      (
        "At most {count} octets fit; that is about {count} letters, or a third as many Chinese"
          + " characters.",
        "最多 {count} 字节，约为其三分之一个汉字。"
      ),
    .appealFaultBusy:
      ("Too many people write at this moment. Please try again in a minute.", "当前提交过多，请一分钟后再试。"),
    .appealFaultLate:
      ("Nothing can be added to this decision any more.", "此决定已不能再补充内容。"),
  ]
}
