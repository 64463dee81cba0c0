internal import Crypto

/// What marks a site, whatever name it goes by.
public struct SiteFingerprint: Sendable, Hashable, Codable {
  /// The most of each that are kept.
  public static let limit = 256

  /// The site's host.
  public var site: String
  /// SHA-256 of its icon, in hexadecimal.
  public var icon: String?
  /// Its scripts: SHA-256 of contents, in hexadecimal; for what was not fetched, the place.
  public var scripts: Set<String>
  /// Its template.
  public var template: TemplateSketch?
  /// The names in its certificate.
  public var certificateNames: Set<String>
  /// Hosts that it redirects to.
  public var redirects: Set<String>
  /// Paths on it, and addresses it links to, that have a venue's grammar.
  public var paths: [VenuePath]

  /// Takes the parts.
  public init(
    site: String, icon: String? = nil, scripts: Set<String> = [], template: TemplateSketch? = nil,
    certificateNames: Set<String> = [], redirects: Set<String> = [], paths: [VenuePath] = []
  ) {
    self.site = site
    self.icon = icon
    self.scripts = scripts
    self.template = template
    self.certificateNames = certificateNames
    self.redirects = redirects
    self.paths = paths
  }

  /// Reads a page: its template, its scripts as they are named and as they are written into it, and
  /// the addresses in it.
  ///
  /// - Parameters:
  ///   - html: the page, in UTF-8; at most 4 MiB of it are read.
  ///   - site: the host that it stands on.
  public init(reading html: [UInt8], of site: String) {
    let outline = MarkupOutline(html)
    self.init(site: site, template: TemplateSketch(tags: outline.tags))
    for range in outline.inline.prefix(Self.limit) {
      scripts.insert(Self.digest(of: html[range]))
    }
    for source in outline.sources.prefix(Self.limit) {
      if let name = Self.buildName(of: source) { scripts.insert(name) }
    }
    for link in outline.links {
      guard paths.count < 16, let path = VenuePath(url: link, on: site), !paths.contains(path)
      else { continue }
      paths.append(path)
    }
  }

  /// The digest by which a script or an icon is known.
  public static func digest(of octets: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for octet in SHA256.hash(data: Array(octets)) {
      text.append(digits[Int(octet >> 4)])
      text.append(digits[Int(octet & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The addresses that a page's icon is at, as they are written; the usual place where it names none.
  public static func icons(in html: [UInt8]) -> [String] {
    let icons = MarkupOutline(html).icons
    return icons.isEmpty ? ["/favicon.ico"] : icons
  }

  /// The addresses of a page's scripts, as they are written.
  public static func scriptSources(in html: [UInt8]) -> [String] { MarkupOutline(html).sources }

  /// The file name of a script, where it names a build: bundlers put a hash of the content there.
  ///
  /// `main.3f9ab12c.js` is `main.3f9ab12c.js` wherever it is served from; `jquery.min.js` is nothing.
  static func buildName(of source: String) -> String? {
    let path = source.prefix { $0 != "?" && $0 != "#" }
    guard let file = path.split(separator: "/").last, file.utf8.count <= 128 else { return nil }
    let parts = file.split { ".-_~".contains($0) }.filter { $0 != "js" && $0 != "min" }
    let hasHash = parts.contains { part in
      let digits = part.utf8.count { (0x30...0x39).contains($0) }
      let isHex = part.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20)
      }
      return isHex && part.utf8.count >= 8 && digits >= 2 && digits < part.utf8.count
    }
    return hasHash ? String(file) : nil
  }
}
