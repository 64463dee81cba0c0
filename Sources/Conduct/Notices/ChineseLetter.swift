internal import Enforcement

/// Letters in Chinese, in either script.
struct ChineseLetter: LetterWords {
  /// How it is written.
  enum Script: Sendable { case simplified, traditional }

  let script: Script

  var tag: String {
    switch script {
    case .simplified: "zh-Hans"
    case .traditional: "zh-Hant"
    }
  }

  private func text(_ simplified: String, _ traditional: String) -> String {
    switch script {
    case .simplified: simplified
    case .traditional: traditional
    }
  }

  func heading(_ kind: SanctionLetter.Kind) -> String {
    switch kind {
    case .decision: text("处理决定", "處理決定")
    case .facts: text("事实依据", "事實依據")
    case .rule: text("所依规则", "所依規則")
    case .term: text("期限", "期限")
    case .territory: text("适用地区", "適用地區")
    case .automation: text("自动化程度", "自動化程度")
    case .appeal: text("如有异议", "如有異議")
    }
  }

  func title(_ kind: SanctionKind, platform: String) -> String {
    switch kind {
    case .warn: text("关于您在\(platform)的账号的警告", "關於您在\(platform)的帳號的警告")
    case .restrict: text("您在\(platform)的账号已被限制", "您在\(platform)的帳號已被限制")
    case .suspend: text("您在\(platform)的账号已被暂停更新", "您在\(platform)的帳號已被暫停更新")
    case .close: text("您在\(platform)的账号已被关闭", "您在\(platform)的帳號已被關閉")
    }
  }

  func endTitle(_ kind: SanctionKind, isReduced: Bool, platform: String) -> String {
    if isReduced {
      return text("对您在\(platform)的账号的处理已减轻", "對您在\(platform)的帳號的處理已減輕")
    }
    return switch kind {
    case .warn: text("对您在\(platform)的账号的警告已撤销", "對您在\(platform)的帳號的警告已撤銷")
    case .restrict: text("您在\(platform)的账号已解除限制", "您在\(platform)的帳號已解除限制")
    case .suspend: text("您在\(platform)的账号已恢复更新", "您在\(platform)的帳號已恢復更新")
    case .close: text("您在\(platform)的账号已重新开放", "您在\(platform)的帳號已重新開放")
    }
  }

  func decision(_ terms: SanctionTerms, platform: String) -> String {
    switch terms.kind {
    case .warn: text("这是一次警告。您可以照常使用账号。", "這是一次警告。您可以照常使用帳號。")
    case .restrict:
      text("在此期间您不能：", "在此期間您不能：") + terms.restrictions.map(word).joined(separator: "、") + "。"
    case .suspend: text("在此期间该账号不能发布任何内容。", "在此期間該帳號不能發布任何內容。")
    case .close: text("该账号保持关闭，不能再发布内容。", "該帳號保持關閉，不能再發布內容。")
    }
  }

  func fact(_ fact: SanctionLetter.Fact) -> String {
    let post = fact.post.map { text("帖子 \($0)", "貼文 \($0)") } ?? text("一条帖子", "一則貼文")
    return text(
      "\(post)（发布于 \(fact.published.minute)）：\(word(fact.category))。",
      "\(post)（發布於 \(fact.published.minute)）：\(word(fact.category))。")
  }

  func more(_ count: Int) -> String { text("另有 \(count) 条帖子。", "另有 \(count) 則貼文。") }

  func points(_ points: Int, of needed: Int) -> String {
    text(
      "这些帖子合计 \(points) 分；达到 \(needed) 分即适用本级处理。",
      "這些貼文合計 \(points) 分；達到 \(needed) 分即適用本級處理。")
  }

  var noPosts: String {
    text("该决定由人工作出，未指明某一条帖子。", "該決定由人工作出，未指明某一則貼文。")
  }

  func rule(_ ground: SanctionGround) -> String {
    ground.clauses.isEmpty
      ? text("所依条款已记录在案。", "所依條款已記錄在案。") : ground.clauses.joined(separator: "\n")
  }

  func term(_ kind: SanctionKind, until: Instant?) -> String {
    guard let until else {
      return kind == .warn
        ? text("警告没有期限，其分量随时间减轻。", "警告沒有期限，其分量隨時間減輕。")
        : text("直至解除为止。", "直至解除為止。")
    }
    return text(
      "至 \(until.minute) 为止，到期自动解除，您无需办理。",
      "至 \(until.minute) 為止，到期自動解除，您無需辦理。")
  }

  func territory(_ codes: [String]) -> String { codes.joined(separator: "、") }

  func automation(_ automation: SanctionPlan.Automation) -> String {
    let found =
      automation.detection
      ? text("帖子由程序发现。", "貼文由程式發現。") : text("帖子由人工发现。", "貼文由人工發現。")
    let decided =
      automation.decision
      ? text("决定按固定规则作出，没有人工参与。", "決定按固定規則作出，沒有人工參與。")
      : text("决定由人工作出。", "決定由人工作出。")
    return found + decided
  }

  func appeal(_ address: String, days: Int) -> String {
    text(
      "您可以在收到本通知后 \(days) 天内免费申诉：\(address)\n未参与本决定的人员会阅读您的申诉并予以答复。",
      "您可以在收到本通知後 \(days) 天內免費申訴：\(address)\n未參與本決定的人員會閱讀您的申訴並予以答覆。")
  }

  func redress(isEuropean: Bool) -> String {
    isEuropean
      ? text(
        "您也可以向法院起诉，或在欧盟境内提交经认证的庭外争议解决机构处理（第 2022/2065 号欧盟条例第 21 条）。",
        "您也可以向法院起訴，或在歐盟境內提交經認證的庭外爭議解決機構處理（第 2022/2065 號歐盟條例第 21 條）。")
      : text("您也可以向法院起诉。", "您也可以向法院起訴。")
  }

  func ending(_ cause: LiftingCause) -> String {
    switch cause {
    case .due: text("期限已满。", "期限已滿。")
    case .officer: text("经人工决定。", "經人工決定。")
    case .appeal: text("您的申诉全部或部分成立。", "您的申訴全部或部分成立。")
    case .relief: text("其所依据的部分内容不再计算。", "其所依據的部分內容不再計算。")
    case .reverted: text("其所依据的规则已被撤回。", "其所依據的規則已被撤回。")
    case .undone: text("其所属的批量处理已被撤销。", "其所屬的批次處理已被撤銷。")
    case .replaced: text("已由另一决定取代。", "已由另一決定取代。")
    }
  }

  private func word(_ restriction: Restriction) -> String {
    switch restriction {
    case .posting: text("发帖", "發文")
    case .replying: text("回复", "回覆")
    case .links: text("发布链接", "發布連結")
    case .promotion: text("推广帖子", "推廣貼文")
    case .messaging: text("发送消息", "傳送訊息")
    }
  }

  private func word(_ category: FindingCategory) -> String {
    switch category {
    case .venue: text("引向未获许可的加密资产交易场所", "引向未獲許可的加密資產交易場所")
    case .tokenSale: text("发售代币", "發售代幣")
    case .paymentAcceptance: text("以加密资产收款", "以加密資產收款")
    case .solicitation: text("为未获许可的交易场所或代币发售招揽客户", "為未獲許可的交易場所或代幣發售招攬客戶")
    }
  }
}
