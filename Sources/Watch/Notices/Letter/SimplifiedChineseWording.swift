internal import Detection
internal import Enforcement

/// A letter in Chinese, in simplified characters.
struct SimplifiedChineseWording: LetterWording {
  func subject(host: String, caseNumber: String, deadline: Instant) -> String {
    "关于 \(host) 的通知：请于\(date(deadline))前答复（案件 \(caseNumber)）"
  }

  func greeting(_ scope: ContactScope, organization: String?, host: String) -> String {
    switch scope {
    case .operator: "\(host) 的运营者，您好："
    case .host: "\(organization ?? "\(host) 所在网络")的滥用投诉处理人员，您好："
    case .registrar: "\(organization ?? "\(host) 的域名注册商")的滥用投诉处理人员，您好："
    }
  }

  func opening(reporter: String, seen: Instant) -> String {
    "我们是\(reporter)。\(time(seen))，我们看到了以下页面："
  }

  func finding(_ category: Category) -> String {
    let what =
      switch category {
      case .venue: "经营加密资产交易平台，或者将访问者引向此类平台"
      case .tokenSale: "公开销售代币"
      case .paymentAcceptance: "接受以加密资产付款"
      case .solicitation: "招揽他人交易或购买加密资产"
      case .reporting, .none: "涉及加密资产"
      }
    return "该页面看来在\(what)。依据如下，均为页面原文："
  }

  func quotation(_ text: String, _ evidence: Evidence) -> String {
    let place = evidence.location
    return "“\(text)”\n   （\(evidence.signal)；\(place.part.rawValue)，第 \(place.start) 至 "
      + "\(place.end) 字节）"
  }

  func more(_ count: Int) -> String { "另有 \(count) 项见附件。" }

  func capture(digest: String) -> String { "我们保存了该页面的副本，其 SHA-256 值为\n\(digest)" }

  func rule(_ text: String) -> String { "我们依据的规定：\n\(text)" }

  func request(
    _ scope: ContactScope, host: String, address: String?, deadline: Instant
  ) -> String {
    let by = time(deadline)
    switch scope {
    case .operator:
      return "请停止上述行为，或者告诉我们该规定为何不适用，例如您持有何种许可，或适用哪一项豁免。"
        + "请于\(by)前答复。"
    case .host:
      let place = address.map { "\(host) 由贵方网络中的地址 \($0) 提供服务。" }
      return (place ?? "\(host) 位于贵方网络。")
        + "请将本通知转交贵方客户，依照贵方自己的条款予以核查，并于\(by)前告知我们结果。"
        + "同一地址上可能还有其他网站：请使所采取的措施仅涉及本网站。"
    case .registrar:
      return "\(host) 的域名经贵方注册。请将本通知转交域名持有人，依照贵方自己的条款予以核查，"
        + "并于\(by)前告知我们结果。"
    }
  }

  func contest(contact: String, url: String?, caseNumber: String) -> String {
    "如果我们有误，请告诉我们：直接回复本邮件，或致信 \(contact)"
      + (url.map { "，也可以使用 \($0)" } ?? "")
      + "。请注明案件编号 \(caseNumber)，并尽可能指出哪一项依据有误。每一份答复都会有人阅读。"
  }

  func limits() -> String {
    "本通知的内容仅限于以上所引。我们对该网站、其运营者以及您均未作出任何其他结论。"
      + "这是一份通知，不是命令。"
  }

  func guessed() -> String {
    "我们没有找到该网站公布的联系地址，因此写信到惯例地址。如果该网站与您无关，请告知我们，"
      + "此外无需任何处理。"
  }

  func attachment(name: String) -> String {
    "附件 \(name) 以 XARF 4 格式载有同样的内容，供机器读取。"
  }

  func caseLine(_ caseNumber: String) -> String { "案件 \(caseNumber)" }

  private func date(_ moment: Instant) -> String {
    let parts = LetterTime(moment)
    return "\(parts.year)年\(parts.month)月\(parts.day)日"
  }

  private func time(_ moment: Instant) -> String {
    "\(date(moment)) \(LetterTime(moment).clock)（协调世界时）"
  }
}
