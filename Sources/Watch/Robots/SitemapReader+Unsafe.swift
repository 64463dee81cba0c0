internal import CXml
internal import Egress

/// Reads the XML of a sitemap with libxml2's streaming reader.
///
/// Safety: the reader is freed on every way out and reads from a buffer that outlives it. Names
/// and values are copied into strings before the reader moves on.
enum SitemapReader {
  /// How long a value may be that is read.
  private static let valueLimit = 4_096

  /// The entries of a document; those before the fault where it is not well formed.
  static func read(
    _ octets: [UInt8], at url: WebURL
  ) -> (isIndex: Bool, entries: [Sitemap.Entry]) {
    _ = isReady
    let options =
      XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
      | XML_PARSE_NOCDATA.rawValue
    return octets.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
        let reader = xmlReaderForMemory(
          base, Int32(clamping: buffer.count), nil, nil, Int32(options))
      else { return (false, []) }
      defer { xmlFreeTextReader(reader) }
      var walk = SitemapWalk(url: url)
      var vocabulary: String?
      while walk.entries.count < Sitemap.entryLimit, xmlTextReaderRead(reader) == 1 {
        switch xmlTextReaderNodeType(reader) {
        case Int32(XML_READER_TYPE_ELEMENT.rawValue):
          // The first element says which names are the list's; images and news have their own.
          let space = text(xmlTextReaderConstNamespaceUri(reader))
          if vocabulary == nil { vocabulary = space }
          walk.open(space == vocabulary ? text(xmlTextReaderConstLocalName(reader)) : "")
        case Int32(XML_READER_TYPE_END_ELEMENT.rawValue):
          let isOwn = text(xmlTextReaderConstNamespaceUri(reader)) == vocabulary
          walk.close(isOwn ? text(xmlTextReaderConstLocalName(reader)) : "")
        case Int32(XML_READER_TYPE_TEXT.rawValue):
          walk.take(text(xmlTextReaderConstValue(reader)))
        default:
          continue
        }
      }
      return (walk.isIndex, walk.entries)
    }
  }

  /// The library sets itself up once; threads that come later find it so.
  private static let isReady: Bool = {
    xmlInitParser()
    return true
  }()

  private static func text(_ pointer: UnsafePointer<xmlChar>?) -> String {
    guard let pointer else { return "" }
    let length = Int(xmlStrlen(pointer))
    let octets = UnsafeBufferPointer(start: pointer, count: min(length, valueLimit))
    return String(decoding: octets, as: UTF8.self)
  }
}

/// What the elements of a sitemap mean, one after the other.
private struct SitemapWalk {
  private(set) var isIndex = false
  private(set) var entries: [Sitemap.Entry] = []
  private let url: WebURL
  private var element = ""
  private var location = ""
  private var lastModified = ""
  private var frequency = ""

  init(url: WebURL) {
    self.url = url
  }

  mutating func open(_ name: String) {
    element = name
    switch name {
    case "sitemapindex": isIndex = true
    case "url", "sitemap": (location, lastModified, frequency) = ("", "", "")
    default: return
    }
  }

  mutating func take(_ text: String) {
    switch element {
    case "loc" where location.utf8.count <= WebURL.maximumLength: location += text
    case "lastmod": lastModified = text
    case "changefreq": frequency = text
    default: return
    }
  }

  mutating func close(_ name: String) {
    element = ""
    guard name == "url" || name == "sitemap", let page = try? WebURL(location, relativeTo: url),
      !location.isEmpty
    else { return }
    entries.append(
      Sitemap.Entry(
        url: page, lastModified: Sitemap.date(Self.trimmed(lastModified)),
        changeFrequency: Sitemap.ChangeFrequency(rawValue: Self.trimmed(frequency).lowercased())))
  }

  private static func trimmed(_ text: String) -> String {
    String(text.filter { !$0.isWhitespace })
  }
}
