extension FetchedPage {
  /// Unpacks and reads the body of the last of one or more exchanges.
  init(hops: [Exchange], limit: Int) {
    guard let final = hops.last else {
      self.init(
        hops: [], url: "", status: 0, mediaType: "", content: [], isTruncated: false, charset: "")
      return
    }
    let contentType = final.field("content-type")
    let unpacked =
      ContentCoding.unpack(final.body, field: final.field("content-encoding"), limit: limit)
      ?? ContentCoding.Unpacked(octets: Array(final.body.prefix(limit)), isTruncated: false)
    let mediaType = Self.mediaType(contentType)
    let isTruncated = unpacked.isTruncated || final.truncation != nil
    guard Self.isText(mediaType, content: unpacked.octets) else {
      self.init(
        hops: hops, url: final.url, status: final.status, mediaType: mediaType,
        content: unpacked.octets, isTruncated: isTruncated, charset: "")
      return
    }
    let text = PageText(unpacked.octets, contentType: contentType)
    self.init(
      hops: hops, url: final.url, status: final.status, mediaType: mediaType,
      content: text.octets, isTruncated: isTruncated, charset: text.charset)
  }

  /// The media type of a Content-Type field, without parameters, in lower case.
  private static func mediaType(_ field: String?) -> String {
    guard let field else { return "" }
    let type = field.utf8.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") }
      .drop { $0 == 0x20 }.prefix { $0 != 0x20 }
    return String(decoding: type.map(\.asciiLowercase), as: UTF8.self)
  }

  /// Whether a body is text; where no type was sent, one without zero octets at its beginning is.
  private static func isText(_ mediaType: String, content: [UInt8]) -> Bool {
    if mediaType.hasPrefix("text/") || mediaType.hasSuffix("+xml") || mediaType.hasSuffix("+json") {
      return true
    }
    switch mediaType {
    case "application/xml", "application/json", "application/javascript", "application/ecmascript",
      "application/x-javascript":
      return true
    case "", "application/unknown", "unknown/unknown", "*/*":
      return CharsetDeclaration.mark(content) != nil || !content.prefix(512).contains(0)
    default:
      return false
    }
  }
}
