/// Content codings (RFC 9110, Section 8.4.1), undone within a bound.
enum ContentCoding: Sendable, Hashable {
  case gzip
  case deflate
  case brotli

  /// What came of unpacking.
  struct Unpacked: Equatable {
    /// The octets.
    var octets: [UInt8]
    /// Whether the bound cut them, or the stream ended or broke before its end.
    var isTruncated: Bool
  }

  /// How many codings may lie one over another; more are a trap.
  private static let maximumLayers = 3

  /// Undoes the codings that a Content-Encoding field names.
  ///
  /// - Parameters:
  ///   - body: the body as sent.
  ///   - field: the field's value; nil where there is none.
  ///   - limit: how many octets may come out.
  /// - Returns: nil where a coding is not known or nothing can be unpacked.
  static func unpack(_ body: [UInt8], field: String?, limit: Int) -> Unpacked? {
    guard let field, !body.isEmpty else { return bounded(body, limit: limit) }
    // What nearly all servers send.
    if field == "gzip" { return ContentCoding.gzip.unpack(body, limit: limit) }
    let names = field.lowercased().split(separator: ",").map { $0.filter { $0 != " " } }
      .filter { !$0.isEmpty && $0 != "identity" }
    guard names.count <= maximumLayers else { return nil }
    var unpacked = Unpacked(octets: body, isTruncated: false)
    for name in names.reversed() {
      guard let coding = ContentCoding(name: name),
        let inner = coding.unpack(unpacked.octets, limit: limit)
      else { return nil }
      unpacked = Unpacked(
        octets: inner.octets, isTruncated: inner.isTruncated || unpacked.isTruncated)
    }
    return names.isEmpty ? bounded(body, limit: limit) : unpacked
  }

  private init?(name: String) {
    switch name {
    case "gzip", "x-gzip": self = .gzip
    case "deflate": self = .deflate
    case "br": self = .brotli
    default: return nil
    }
  }

  private func unpack(_ body: [UInt8], limit: Int) -> Unpacked? {
    switch self {
    case .gzip:
      if let octets = WholeMember.unpack(body, limit: limit) {
        Unpacked(octets: octets, isTruncated: false)
      } else {
        Inflation.unpack(body, wrapping: .gzipOrZlib, limit: limit)
      }
    case .deflate:
      // Servers send it with and without the wrapping that RFC 9110 asks for.
      Inflation.unpack(body, wrapping: .gzipOrZlib, limit: limit)
        ?? Inflation.unpack(body, wrapping: .none, limit: limit)
    case .brotli: Brotli.unpack(body, limit: limit)
    }
  }

  private static func bounded(_ body: [UInt8], limit: Int) -> Unpacked {
    body.count <= limit
      ? Unpacked(octets: body, isTruncated: false)
      : Unpacked(octets: Array(body.prefix(limit)), isTruncated: true)
  }
}
