/// A query without a question, by which a client asks for a cookie alone (RFC 7873, Section 5.4).
public struct CookieQuery: Sendable, Hashable {
  /// The query's header.
  public let header: Header
  /// The cookie.
  public let cookie: CookieOption
  /// DO, which is returned as it came.
  public let dnssecOK: Bool

  /// Reads a datagram; nil where it has a question, or no well-formed COOKIE option.
  ///
  /// It allocates nothing.
  public init?(_ datagram: Span<UInt8>) {
    do throws(WireError) {
      header = try Header(parsing: datagram)
      guard !header.flags.contains(.response), header.opcode == .query,
        header.questionCount == 0, header.answerCount == 0, header.authorityCount == 0
      else { return nil }
      var walk = RecordWalk(header: header, from: Header.length)
      var found: (cookie: CookieOption, dnssecOK: Bool)?
      while let record = try walk.next(in: datagram) {
        guard record.type == .opt else { continue }
        let fields = EDNSFields(ttl: record.ttl)
        guard fields.version == 0 else { return nil }
        var options = OptionWalk(in: record.data)
        while let option = try options.next(in: datagram), found == nil {
          guard option.code == .cookie else { continue }
          guard let cookie = CookieOption(datagram, data: option.data) else { return nil }
          found = (cookie, fields.dnssecOK)
        }
      }
      guard let found else { return nil }
      (cookie, dnssecOK) = found
    } catch {
      return nil
    }
  }
}
