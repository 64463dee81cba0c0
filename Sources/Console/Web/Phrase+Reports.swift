extension Phrase {
  /// What reports and the numbers of accounts say: English, and Simplified Chinese.
  static let reportTexts: [Phrase: (String, String)] = [
    .reportTitle: ("Report {id}", "报告 {id}"),
    .reportSite: ("Reports to the authority", "向主管机关的报告"),
    .reportNumber: ("Number", "编号"),
    .reportMade: ("Made", "制作时间"),
    .reportReporter: ("Reported by", "报告方"),
    .reportCorrects: ("Corrects", "更正"),
    .reportPlatform: ("Platform", "平台"),
    .reportCount: ("Sanctions", "处置数量"),
    .reportHash: ("SHA-256 of the report", "报告的 SHA-256"),
    .reportReceipt: ("Receipt", "回执"),
    .reportStands: ("State", "状态"),
    .reportSent: ("Received", "已送达"),
    .reportWaiting: ("On its way", "发送中"),
    .reportFailed: ("Given up; somebody must look", "已停止发送，须人工处理"),
    .reportLead:
      (
        "The report, word for word. Later changes are told in reports of their own.",
        "以下为报告原文。此后的变化另行报告。"
      ),
    .reportJSON: ("As JSON", "JSON 文件"),
    .reportCSV: ("As a table (CSV)", "表格文件（CSV）"),
    .reportAccount: ("Account", "账号"),
    .reportHandle: ("Handle", "账号名称"),
    .reportCategory: ("Category", "类别"),
    .reportFiling: ("Filing number", "备案编号"),
    .reportAgreement: ("Agreement signed", "所签协议版本"),
    .reportReviewed: ("Reviewed", "审核时间"),
    .reportReviewer: ("Reviewed by", "审核人"),
    .reportPermit: ("Permit for political news", "时政新闻许可"),
    .reportOpened: ("Opened", "开设时间"),
    .reportParty: ("Party behind it", "账号主体"),
    .reportRegistration: ("Registration", "登记号"),
    .reportGroup: ("Group", "所属集团"),
    .reportSanction: ("Sanction", "处置"),
    .reportImposed: ("In effect since", "生效时间"),
    .reportUntil: ("Until", "截止时间"),
    .reportForGood: ("It does not end by itself", "不会自动结束"),
    .reportEnded: ("Ended", "结束时间"),
    .reportState: ("State when reported", "报告时状态"),
    .reportClauses: ("Clauses broken", "违反条款"),
    .reportTerritory: ("Territory", "适用地区"),
    .reportPoints: ("Points", "记分"),
    .reportPointsOf:
      (
        "{points}; the rung asks for {rung} ({ladder})",
        "{points}；本级需 {rung} 分（{ladder}）"
      ),
    .reportNoLadder: ("decided by officers", "由人工决定"),
    .reportMachine: ("Found by a machine", "由机器发现"),
    .reportDecided: ("Took effect without a person", "未经人工即生效"),
    .reportOfficers: ("Officers who agreed", "同意的审批人数"),
    .reportYes: ("yes", "是"),
    .reportNo: ("no", "否"),
    .reportInfractions: ("Infractions and evidence", "违规事实与证据"),
    .reportPost: ("Post", "帖子"),
    .reportPublished: ("Published", "发布时间"),
    .reportFound: ("Found to be", "认定为"),
    .reportRule: ("Rule", "规则"),
    .reportWords: ("Words", "原文"),
    .reportAppeals: ("Appeals", "申诉"),
    .reportFiled: ("filed", "提出"),
    .reportOpen: ("open", "处理中"),
    .reportProof: ("Proof", "证明"),
    .reportLog: ("Log", "日志"),
    .reportEntry: ("Entry", "条目"),
    .reportLeaf: ("Leaf hash", "叶哈希"),
    .reportTree: ("Tree size, root", "树大小、根哈希"),
    .reportPath:
      (
        "The {count} hashes that lead from leaf to root stand in the JSON.",
        "从叶到根的 {count} 个哈希见 JSON 文件。"
      ),
    .reportErased:
      (
        "The words of this report are not kept here any more. Their hash is on the record.",
        "本报告的内容已不再保存于此，其哈希留存在记录中。"
      ),
    .reportFooter:
      (
        "This page is for the people of the house and for the authority. It sets no cookies and loads nothing from elsewhere.",
        "本页仅供内部人员及主管机关查看。本页不设置 Cookie，不加载任何外部内容。"
      ),
    .reportWarn: ("Warning", "警告"),
    .reportRestrict: ("Restriction", "限制发布"),
    .reportSuspend: ("Suspension", "暂停更新"),
    .reportClose: ("Closing of the account", "关闭账号"),
    .reportPosting: ("no posting", "不得发布"),
    .reportReplying: ("no replying", "不得回复"),
    .reportLinks: ("no links", "不得发布链接"),
    .reportPromotion: ("no promotion", "不予推广"),
    .reportMessaging: ("no messaging", "不得私信"),
    .titleUnauthorized: ("Who are you?", "需要身份验证"),
    .detailUnauthorized:
      (
        "This page is for people of the house: your name, and your token as the password.",
        "本页仅供内部人员查看：请以您的名称为用户名、令牌为密码登录。"
      ),
    .accountsHeading: ("Accounts on {name}", "{name} 的账号处置"),
    .accountsImposed: ("Sanctions that took effect", "已生效的处置"),
    .accountsAutomatic: ("Of these, without a person", "其中未经人工"),
    .accountsAppeals: ("Appeals", "申诉"),
    .accountsOverturned: ("Appeals that were right", "申诉成立"),
    .accountsReported: ("Sanctions in reports to the authority", "列入向主管机关报告的处置"),
    .accountsStated: ("Statements of reasons received by the DSA database", "DSA 数据库已接收的理由说明"),
    .accountsLink: ("All numbers of accounts, as JSON", "全部账号处置数据（JSON）"),
  ]
}
