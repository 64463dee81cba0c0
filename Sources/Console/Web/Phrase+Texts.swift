extension Phrase {
  /// English, and Simplified Chinese.
  var texts: (String, String) {
    switch self {
    // Every page
    case .siteName: ("Blocking orders", "封锁令公示")
    case .skipLink: ("Skip to the content", "跳到正文")
    case .navigation: ("Pages", "页面")
    case .ordersLink: ("All orders", "全部封锁令")
    case .contestLink: ("Contest a block", "提出异议")
    case .otherLanguage: ("简体中文", "English")
    case .footer:
      (
        "This site sets no cookies, loads nothing from elsewhere, and keeps no record of who reads"
          + " it.",
        "本站不设置 Cookie，不加载任何外部内容，也不记录谁在阅读。"
      )

    // An order
    case .orderTitle: ("Order {reference}", "封锁令 {reference}")
    case .authority: ("Authority", "发令机关")
    case .basis: ("Legal basis", "法律依据")
    case .jurisdiction: ("Jurisdiction", "适用地区")
    case .orderNumber: ("Number here", "本站编号")
    case .reference: ("Reference", "文号")
    case .issued: ("Issued", "签发")
    case .effective: ("Takes effect", "生效")
    case .expires: ("Expires", "到期")
    case .inForceSince: ("In force since", "开始执行")
    case .ended: ("Ended", "已结束")
    case .decidedBy: ("Decided by", "决定方")
    case .decidedByAuthority: ("An authority, by order", "主管机关（命令）")
    case .decidedByOperator: ("The operator, by its own rule", "运营方（自有规则）")
    case .effect: ("Effect", "效果")
    case .sourceFile: ("SHA-256 of the order’s file", "命令文件的 SHA-256")
    case .stateConfirmed: ("Confirmed", "待生效")
    case .stateInForce: ("In force", "执行中")
    case .stateSuspended: ("Suspended", "已暂停")
    case .stateExpired: ("Expired", "已到期")
    case .stateRevoked: ("Revoked", "已撤销")
    case .tellsConfirmed:
      (
        "This order is not in effect yet. It takes effect on {time}.",
        "本封锁令尚未生效，将于 {time} 生效。"
      )
    case .tellsInForce:
      (
        "The names below are blocked until {time}.",
        "下列域名被封锁，至 {time} 为止。"
      )
    case .tellsObserved:
      (
        "Queries for the names below are counted until {time}. Nothing is blocked.",
        "对下列域名的查询仅作计数，至 {time} 为止；不封锁任何域名。"
      )
    case .tellsSuspended:
      (
        "This order is set aside for now. It blocks nothing.",
        "本封锁令已暂停执行，目前不封锁任何域名。"
      )
    case .tellsExpired:
      (
        "This order expired on {time}. It blocks nothing.",
        "本封锁令已于 {time} 到期，不再封锁任何域名。"
      )
    case .tellsRevoked:
      (
        "This order was lifted on {time}. It blocks nothing.",
        "本封锁令已于 {time} 撤销，不再封锁任何域名。"
      )
    case .answerNXDOMAIN:
      (
        "The resolver answers that the name does not exist, and says why.",
        "解析器回答该域名不存在，并说明原因。"
      )
    case .answerNodata:
      (
        "The resolver answers that the name has no addresses, and says why.",
        "解析器回答该域名没有地址，并说明原因。"
      )
    case .answerRefused:
      (
        "The resolver refuses to answer for the name, and says why.",
        "解析器拒绝回答该域名，并说明原因。"
      )
    case .answerAddress:
      (
        "The resolver answers with the address of a page that explains the block.",
        "解析器回答一个说明页面的地址，由该页面解释封锁原因。"
      )
    case .modeObserve:
      (
        "Queries are counted in total, never by person. Nothing is blocked.",
        "仅统计查询总数，不针对个人；不封锁任何域名。"
      )

    // Its names
    case .namesHeading: ("Names", "域名")
    case .namesCount: ("{count} in all.", "共 {count} 个。")
    case .name: ("Name", "域名")
    case .reach: ("What it covers", "覆盖范围")
    case .reachSubtree: ("And all below it", "含全部下级域名")
    case .reachExact: ("This name alone", "仅该域名")
    case .nextPage: ("Next names", "后面的域名")
    case .firstPage: ("First names", "从头开始")
    case .pages: ("More names", "更多域名")

    // Its history
    case .historyHeading: ("History", "经过")
    case .event: ("What happened", "事项")
    case .time: ("When", "时间")
    case .entry: ("Entry", "记录编号")
    case .contestsCount: ("Contested so far: {count}.", "迄今收到异议：{count} 件。")
    case .received: ("Received", "收到")
    case .amended: ("Version {version} received", "收到第 {version} 版")
    case .confirmed: ("Confirmed by a second officer", "由第二名经办人确认")
    case .inForce: ("Took effect", "生效")
    case .suspended: ("Suspended", "暂停")
    case .resumed: ("Resumed", "恢复")
    case .revoked: ("Revoked", "撤销")
    case .linePaused: ("A name paused by the automatic brake", "一个名称被自动制动暂停")
    case .lineResumed: ("A paused name put back", "一个暂停的名称恢复")
    case .expired: ("Expired", "到期")

    // Its proof
    case .proofHeading: ("Proof", "证明")
    case .proofIntroduction:
      (
        "Every decision here is an entry in a public log that cannot be changed unnoticed. Entry"
          + " {entry} put this order on record. You can check that yourself, offline:",
        "这里的每项决定都是公开日志中的一条记录，任何改动都会被发现。第 {entry} 条记录了本封锁令。"
          + "您可以离线自行核验："
      )
    case .proofStepLeaf:
      (
        "Compute SHA-256 of a zero octet followed by the entry. It must equal the hash below.",
        "计算“一个零字节加上该条记录”的 SHA-256，结果必须等于下方的哈希值。"
      )
    case .proofStepBundle:
      (
        "Check the hash against the proof with any tool for c2sp.org/tlog-proof.",
        "用任何支持 c2sp.org/tlog-proof 的工具，以该哈希值核对证明。"
      )
    case .proofStepKey:
      (
        "The proof’s checkpoint must be signed with the log’s key. Compare the key with one that you"
          + " got another way.",
        "证明中的检查点必须由日志的密钥签署。请将该密钥与您从其他途径得到的密钥比对。"
      )
    case .proofLeaf: ("Entry", "记录内容")
    case .proofLeafHash: ("Hash of the entry", "记录的哈希值")
    case .proofBundle: ("Proof", "证明文本")
    case .proofKey: ("Key of the log", "日志密钥")
    case .asJSON: ("All of this as JSON", "以 JSON 格式查看全部内容")

    // Contesting
    case .contestHeading: ("Contest this block", "对本封锁提出异议")
    case .contestTitle: ("Contest a block", "提出异议")
    case .contestIntroduction:
      (
        "Is a name blocked by mistake, or is the order wrong? Anyone may say so.",
        "有域名被误封，或命令有误？任何人都可以提出。"
      )
    case .contestPrivacy:
      (
        "That you wrote, and when, goes on the public record. What you wrote, the name, and your"
          + " address do not; only the operator’s officers can read them.",
        "公开记录只写明收到异议及其时间。您的陈述、域名和联系地址不会公开，只有运营方的经办人员可以阅读。"
      )
    case .fieldOrder: ("Order", "封锁令编号")
    case .fieldName: ("Name", "域名")
    case .fieldStatement: ("What is wrong?", "您的陈述")
    case .fieldContact: ("Your e-mail address", "您的电子邮箱")
    case .optional: ("optional", "选填")
    case .required: ("required", "必填")
    case .hintOrder: ("Such as o-20260824-1", "例如 o-20260824-1")
    case .hintName: ("Such as shop.example", "例如 shop.example")
    case .hintStatement: ("At most 4,000 characters", "最多 4,000 字")
    case .hintContact: ("Only to answer you", "仅用于答复您")
    case .send: ("Send", "提交")
    case .faultHeading: ("Not sent yet", "尚未提交")
    case .faultOrder:
      ("There is no public order with that number.", "没有该编号的公开封锁令。")
    case .faultName:
      (
        "That cannot be read as a domain name. Write it like shop.example, or leave it out.",
        "这不是可识别的域名。请写成 shop.example 的形式，或留空。"
      )
    case .faultStatementEmpty: ("Please say what is wrong.", "请填写您的陈述。")
    case .faultStatementLong:
      (
        "The statement has {count} characters. At most 4,000 are allowed.",
        "陈述有 {count} 字，最多 4,000 字。"
      )
    case .faultContact:
      (
        "That is no e-mail address. Write it like name@host.example, or leave it out.",
        "这不是电子邮箱地址。请写成 name@host.example 的形式，或留空。"
      )
    case .thanksTitle: ("Your contest is on the record", "您的异议已记录")
    case .thanksIntroduction:
      (
        "Thank you. It was written down before this page was sent to you.",
        "谢谢。本页发送给您之前，您的异议已写入记录。"
      )
    case .yourReference: ("Your reference number", "您的受理编号")
    case .receivedAt: ("Received", "收到时间")
    case .nextHeading: ("What happens next", "接下来")
    case .nextRead:
      ("The operator’s officers read what you wrote.", "运营方的经办人员会阅读您的陈述。")
    case .nextInForce:
      (
        "Until they decide, the block stays as it is. If it is lifted, the order’s page says so.",
        "在作出决定之前，封锁维持不变。如果解除，封锁令的页面会写明。"
      )
    case .nextAnswer:
      (
        "You left an address, so they can answer you there.",
        "您留下了地址，他们可以通过该地址答复您。"
      )
    case .nextSilence:
      (
        "You left no address, so they cannot answer you. Look at the order’s page from time to time.",
        "您没有留下地址，因此无法直接答复您。请不时查看封锁令的页面。"
      )
    case .nextKeep:
      (
        "Keep the number: it proves on the public record that you wrote, and when.",
        "请保存受理编号：它可以在公开记录中证明您何时提出了异议。"
      )
    case .backToOrder: ("Back to the order", "返回封锁令")
    case .backToOrders: ("All orders", "全部封锁令")

    // All orders
    case .transparencyTitle: ("All blocking orders", "全部封锁令")
    case .transparencyIntroduction:
      (
        "Every order that blocks names here, or did: who issued it, on what basis, and until when."
          + " Nothing is blocked that is not listed.",
        "这里列出所有正在或曾经封锁域名的命令：由谁签发、依据什么、到何时为止。未列出的一律不封锁。"
      )
    case .totals: ("Totals", "合计")
    case .totalInForce: ("Orders in force", "执行中的封锁令")
    case .totalNames: ("Names in orders in force", "执行中封锁令的域名")
    case .totalEnded: ("Orders ended", "已结束的封锁令")
    case .totalOrders: ("Orders in all", "封锁令总数")
    case .listHeading: ("Orders, newest first", "封锁令（新的在前）")
    case .order: ("Order", "封锁令")
    case .state: ("State", "状态")
    case .from: ("From", "起")
    case .until: ("Until", "止")
    case .names: ("Names", "域名数")
    case .noOrders: ("There are no public orders.", "目前没有公开的封锁令。")
    case .checkpointLink: ("Signed state of the log", "日志的签名状态")

    // A blocked name
    case .blockedTitle: ("{host} is blocked", "{host} 已被封锁")
    case .blockedLead:
      (
        "This network does not open {host}, because of the order below. The site itself has nothing"
          + " to do with this page.",
        "依据下列封锁令，本网络不提供对 {host} 的访问。本页与该网站本身无关。"
      )
    case .aliasTitle: ("This network does not open {host}", "本网络不提供对 {host} 的访问")
    case .aliasLead:
      (
        "No order in force names {host} itself. Its address may lead, by an alias, to a name that is"
          + " blocked, and the answer to your query said which order that is. If a block of {host}"
          + " has just ended, try again in a minute.",
        "没有执行中的封锁令直接列出 {host}。其地址可能经由别名指向已被封锁的域名，"
          + "查询所得的答复中已说明是哪一项封锁令。如果对 {host} 的封锁刚刚结束，请一分钟后重试。"
      )
    case .blockedOrders: ("By which order", "依据的封锁令")
    case .blockedRead: ("Read or contest order {id}", "查看封锁令 {id} 或提出异议")

    // What went wrong
    case .titleBadRequest: ("The request cannot be read", "无法识别的请求")
    case .titleNotFound: ("There is nothing here", "此处没有内容")
    case .titleMethod: ("That cannot be done here", "此处不支持该操作")
    case .titleTooLarge: ("That is too much", "内容过大")
    case .titleMedia: ("That form is not read here", "不支持的格式")
    case .titleMisdirected: ("Nothing blocks this name", "该域名未被封锁")
    case .titleUnprocessable: ("Not sent yet", "尚未提交")
    case .titleTooMany: ("Please wait a moment", "请稍候")
    case .titleInternal: ("Something went wrong", "出错了")
    case .titleUnavailable: ("Not possible just now", "暂时无法处理")
    case .detailHost:
      (
        "The Host field of the request is missing, repeated, or no host name.",
        "请求的 Host 字段缺失、重复，或不是主机名。"
      )
    case .detailForm:
      (
        "The form could not be read. Please fill it in again.",
        "无法读取表单，请重新填写。"
      )
    case .detailCursor:
      (
        "The cursor is none that this list gave, or the limit is not between 1 and 500.",
        "游标并非本列表所给，或 limit 不在 1 到 500 之间。"
      )
    case .detailNotFound:
      (
        "No page has this address. Orders that were never confirmed have no page.",
        "该地址没有页面。从未确认的命令没有页面。"
      )
    case .detailMethod:
      ("This address answers {methods} only.", "该地址只接受 {methods}。")
    case .detailTooLarge:
      (
        "At most 32 KiB are taken in. Please shorten what you wrote.",
        "最多接收 32 KiB，请缩短内容。"
      )
    case .detailMedia:
      (
        "Send a form (application/x-www-form-urlencoded) or JSON (application/json).",
        "请发送表单（application/x-www-form-urlencoded）或 JSON（application/json）。"
      )
    case .detailMisdirected:
      (
        "This server was asked for {host}, which no order in force blocks. If you were blocked, the"
          + " block has ended: try the site again in a minute.",
        "本服务器收到对 {host} 的请求，但没有执行中的封锁令封锁该域名。如曾被封锁，封锁已经结束：请一分钟后重试。"
      )
    case .detailTooMany:
      (
        "Too many people wrote at once. Nothing was recorded: please send it again in {seconds}"
          + " seconds.",
        "同时提交的人太多，尚未记录。请在 {seconds} 秒后重新提交。"
      )
    case .detailInternal:
      (
        "The fault is on our side and was noted. Please try again later.",
        "这是我们的故障，已经记录。请稍后再试。"
      )
    case .detailUnavailable:
      (
        "The record cannot be read just now. Please try again in a few minutes.",
        "目前无法读取记录，请几分钟后再试。"
      )
    case .detailNotRecorded:
      (
        "The record takes nothing in just now, so your contest was not recorded. Please keep your"
          + " text, and send it again in a few minutes.",
        "记录目前无法写入，您的异议尚未记录。请保留您的文字，几分钟后重新提交。"
      )
    case .appealTitle, .appealHeading, .appealWords, .appealHint, .appealField, .appealFieldMore,
      .appealProof, .appealNumber, .appealEntry, .appealProofTells, .appealFooter, .appealSent,
      .appealYou, .appealHouse, .appealFactWrong, .appealUntil, .appealMay, .appealOver,
      .appealOpen, .appealDue, .appealLate, .appealClosed, .outcomeHeading, .outcomeUpheld,
      .outcomeReduced,
      .outcomeOverturned, .sanctionInEffect, .sanctionEnded, .sanctionOverturned, .standsUntil,
      .standsForGood, .standsEnded, .standsOverturned, .appealFault, .appealFaultEmpty,
      .appealFaultLong, .appealFaultBusy, .appealFaultLate:
      Self.appealTexts[self] ?? ("", "")
    case .reportTitle, .reportSite, .reportNumber, .reportMade, .reportReporter, .reportCorrects,
      .reportPlatform, .reportCount, .reportHash, .reportReceipt, .reportStands, .reportSent,
      .reportWaiting, .reportFailed, .reportLead, .reportJSON, .reportCSV, .reportAccount,
      .reportHandle, .reportCategory, .reportFiling, .reportAgreement, .reportOpened,
      .reportReviewed, .reportReviewer, .reportPermit,
      .reportParty, .reportRegistration, .reportGroup, .reportSanction, .reportImposed,
      .reportUntil, .reportForGood, .reportEnded, .reportState, .reportClauses, .reportTerritory,
      .reportPoints, .reportPointsOf, .reportNoLadder, .reportMachine, .reportDecided,
      .reportOfficers, .reportYes, .reportNo, .reportInfractions, .reportPost, .reportPublished,
      .reportFound, .reportRule, .reportWords, .reportAppeals, .reportFiled, .reportOpen,
      .reportProof, .reportLog, .reportEntry, .reportLeaf, .reportTree, .reportPath,
      .reportErased, .reportFooter, .reportWarn, .reportRestrict, .reportSuspend, .reportClose,
      .reportPosting, .reportReplying, .reportLinks, .reportPromotion, .reportMessaging,
      .titleUnauthorized, .detailUnauthorized, .accountsHeading, .accountsImposed,
      .accountsAutomatic, .accountsAppeals, .accountsOverturned, .accountsReported,
      .accountsStated, .accountsLink:
      Self.reportTexts[self] ?? ("", "")
    }
  }
}
