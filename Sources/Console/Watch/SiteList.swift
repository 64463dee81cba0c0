internal import DomainNames
internal import Egress
internal import Enforcement
internal import Records
internal import Watch

/// The sites that a person named, each once, with its start pages.
struct SiteList {
  /// The most lines of a file.
  private static let lineLimit = 1_000_000

  private(set) var terms: [SiteTerms] = []
  /// What could not be read, each as a sentence.
  private(set) var faults: [String] = []

  init(_ input: WatchInput, file: [UInt8], suffixes: PublicSuffixes) throws {
    let risk = try input.risk.map { text in
      guard let risk = SiteTerms.Risk(rawValue: text) else {
        throw DeskFault("there is no risk \(text); it may be low, normal or high")
      }
      return risk
    }
    var order: [Site] = []
    var starts: [Site: [String]] = [:]
    for (place, text) in try Self.texts(input, file) {
      guard let url = Self.url(text),
        let site = Site(of: url, suffixes: suffixes, wholeHost: input.wholeHost)
      else {
        faults.append("\(place)\"\(text.prefix(200))\" is no web address")
        continue
      }
      if starts[site] == nil { order.append(site) }
      starts[site, default: []].append(url.identity.text)
    }
    terms = order.map { site in
      SiteTerms(
        site: site, startURLs: starts[site] ?? [], risk: risk ?? .normal,
        language: input.language, note: input.note ?? "", pageBound: input.pages,
        depthBound: input.depth)
    }
  }

  /// Reads a URL, or a host alone.
  static func url(_ text: String) -> WebURL? {
    if let url = try? WebURL(text) { return url }
    return try? WebURL("http://\(text)")
  }

  private static func texts(
    _ input: WatchInput, _ file: [UInt8]
  ) throws -> [(place: String, text: String)] {
    var texts = input.urls.map { (place: "", text: $0) }
    guard let content = String(validating: file, as: UTF8.self) else {
      throw DeskFault("the file of sites is not UTF-8")
    }
    var number = 0
    for line in content.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      let text = line.prefix { $0 != "#" || line.hasPrefix("http") }
        .split(whereSeparator: { $0 == "," || $0.isWhitespace }).first
      guard let text else { continue }
      guard number <= lineLimit else {
        throw DeskFault("the file has more than \(lineLimit) lines")
      }
      texts.append(("line \(number): ", String(text)))
    }
    return texts
  }
}
