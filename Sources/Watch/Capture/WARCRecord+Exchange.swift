internal import Enforcement

/// What passed over the wire, as records (ISO 28500, Sections 6.3 to 6.7).
extension WARCRecord {
  /// The request of an exchange.
  static func request(_ exchange: Exchange, id: String, response: String) -> WARCRecord {
    WARCRecord(
      kind: .request, id: id, time: exchange.time, contentType: "application/http; msgtype=request",
      fields: place(exchange) + [Field(name: "WARC-Concurrent-To", value: "<\(response)>")],
      block: exchange.request)
  }

  /// The response of an exchange.
  static func response(_ exchange: Exchange, id: String) -> WARCRecord {
    var fields = place(exchange)
    fields.append(Field(name: "WARC-Payload-Digest", value: digestField(exchange.body)))
    if let truncation = exchange.truncation {
      fields.append(Field(name: "WARC-Truncated", value: truncation.rawValue))
    }
    return WARCRecord(
      kind: .response, id: id, time: exchange.time,
      contentType: "application/http; msgtype=response", fields: fields,
      block: exchange.responseHead + exchange.body)
  }

  /// An answer that the page has not changed since an earlier capture (Section 6.7.3).
  static func revisit(
    _ exchange: Exchange, id: String, of original: CaptureReference
  ) -> WARCRecord {
    WARCRecord(
      kind: .revisit, id: id, time: exchange.time,
      contentType: "application/http; msgtype=response",
      fields: place(exchange) + [
        Field(
          name: "WARC-Profile",
          value: "http://netpreserve.org/warc/1.1/revisit/server-not-modified"),
        Field(name: "WARC-Refers-To", value: "<\(original.recordID)>"),
        Field(name: "WARC-Refers-To-Target-URI", value: original.url),
        Field(name: "WARC-Refers-To-Date", value: original.time.description),
      ],
      block: exchange.responseHead)
  }

  private static func place(_ exchange: Exchange) -> [Field] {
    [
      Field(name: "WARC-Target-URI", value: exchange.url),
      Field(name: "WARC-IP-Address", value: exchange.address),
    ]
  }
}
