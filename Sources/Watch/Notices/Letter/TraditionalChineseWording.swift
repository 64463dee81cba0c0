internal import Detection
internal import Enforcement

/// A letter in Chinese, in traditional characters.
struct TraditionalChineseWording: LetterWording {
  func subject(host: String, caseNumber: String, deadline: Instant) -> String {
    "關於 \(host) 的通知：請於\(date(deadline))前答覆（案件 \(caseNumber)）"
  }

  func greeting(_ scope: ContactScope, organization: String?, host: String) -> String {
    switch scope {
    case .operator: "\(host) 的營運者，您好："
    case .host: "\(organization ?? "\(host) 所在網路")的濫用申訴處理人員，您好："
    case .registrar: "\(organization ?? "\(host) 的網域註冊商")的濫用申訴處理人員，您好："
    }
  }

  func opening(reporter: String, seen: Instant) -> String {
    "我們是\(reporter)。\(time(seen))，我們看到了以下頁面："
  }

  func finding(_ category: Category) -> String {
    let what =
      switch category {
      case .venue: "經營加密資產交易平台，或者將訪客引向此類平台"
      case .tokenSale: "公開銷售代幣"
      case .paymentAcceptance: "接受以加密資產付款"
      case .solicitation: "招攬他人交易或購買加密資產"
      case .reporting, .none: "涉及加密資產"
      }
    return "該頁面看來在\(what)。依據如下，均為頁面原文："
  }

  func quotation(_ text: String, _ evidence: Evidence) -> String {
    let place = evidence.location
    return "「\(text)」\n   （\(evidence.signal)；\(place.part.rawValue)，第 \(place.start) 至 "
      + "\(place.end) 位元組）"
  }

  func more(_ count: Int) -> String { "另有 \(count) 項見附件。" }

  func capture(digest: String) -> String { "我們保存了該頁面的副本，其 SHA-256 值為\n\(digest)" }

  func rule(_ text: String) -> String { "我們依據的規定：\n\(text)" }

  func request(
    _ scope: ContactScope, host: String, address: String?, deadline: Instant
  ) -> String {
    let by = time(deadline)
    switch scope {
    case .operator:
      return "請停止上述行為，或者告訴我們該規定為何不適用，例如您持有何種許可，或適用哪一項豁免。"
        + "請於\(by)前答覆。"
    case .host:
      let place = address.map { "\(host) 由貴方網路中的位址 \($0) 提供服務。" }
      return (place ?? "\(host) 位於貴方網路。")
        + "請將本通知轉交貴方客戶，依照貴方自己的條款予以查核，並於\(by)前告知我們結果。"
        + "同一位址上可能還有其他網站：請使所採取的措施僅涉及本網站。"
    case .registrar:
      return "\(host) 的網域經貴方註冊。請將本通知轉交網域持有人，依照貴方自己的條款予以查核，"
        + "並於\(by)前告知我們結果。"
    }
  }

  func contest(contact: String, url: String?, caseNumber: String) -> String {
    "如果我們有誤，請告訴我們：直接回覆本郵件，或致信 \(contact)"
      + (url.map { "，也可以使用 \($0)" } ?? "")
      + "。請註明案件編號 \(caseNumber)，並盡可能指出哪一項依據有誤。每一份答覆都會有人閱讀。"
  }

  func limits() -> String {
    "本通知的內容僅限於以上所引。我們對該網站、其營運者以及您均未作出任何其他結論。"
      + "這是一份通知，不是命令。"
  }

  func guessed() -> String {
    "我們沒有找到該網站公布的聯絡地址，因此寫信到慣例地址。如果該網站與您無關，請告知我們，"
      + "此外無需任何處理。"
  }

  func attachment(name: String) -> String {
    "附件 \(name) 以 XARF 4 格式載有同樣的內容，供機器讀取。"
  }

  func caseLine(_ caseNumber: String) -> String { "案件 \(caseNumber)" }

  private func date(_ moment: Instant) -> String {
    let parts = LetterTime(moment)
    return "\(parts.year)年\(parts.month)月\(parts.day)日"
  }

  private func time(_ moment: Instant) -> String {
    "\(date(moment)) \(LetterTime(moment).clock)（世界協調時間）"
  }
}
