internal import DomainNames

/// What the hot path needs to know of a query, found in the datagram without any allocation.
///
/// The whole datagram is checked, so that what is accepted here is a well-formed message to
/// ``Message`` too (RFC 1035, Section 4; RFC 6891, Section 6.1).
public struct QuestionView: Sendable, Hashable {
  /// The query's header.
  public let header: Header
  /// Where the question's name stands: uncompressed, in the asker's case, root label included.
  public let name: Range<Int>
  /// The type asked for.
  public let type: RecordType
  /// The class asked for.
  public let recordClass: RecordClass
  /// What the OPT record says; nil where there is none.
  public let edns: EDNSView?

  /// What is to be done with a datagram.
  public enum Outcome: Sendable, Hashable {
    /// A well-formed query with one question.
    case query(QuestionView)
    /// Nothing may be answered: too short for a header, or itself a response.
    case drop
    /// A message that is answered with an error: FORMERR, or NOTIMP for another opcode than QUERY.
    case reject(ResponseCode)
  }

  /// What an OPT record says, with its options left in place.
  public struct EDNSView: Sendable, Hashable {
    /// The largest datagram the asker says it can take, as it stands there.
    public let udpSize: UInt16
    /// The version of EDNS; above 0 the answer is BADVERS (RFC 6891, Section 6.1.3).
    public let version: UInt8
    /// DO: the asker wants DNSSEC records.
    public let dnssecOK: Bool
    /// Where the options stand, all of them whole; empty where there are none.
    public let options: Range<Int>
  }

  /// Reads a datagram, or a message that came by another way.
  ///
  /// It allocates nothing and never fails: what is wrong with a datagram is in the outcome.
  public static func parse(_ datagram: Span<UInt8>) -> Outcome {
    if let usual = QuestionView(usual: datagram) { return .query(usual) }
    return parseThoroughly(datagram)
  }

  /// Reads a message of any form.
  static func parseThoroughly(_ datagram: Span<UInt8>) -> Outcome {
    do throws(WireError) {
      guard datagram.count >= Header.length else { return .drop }
      let header = try Header(parsing: datagram)
      guard !header.flags.contains(.response) else { return .drop }
      guard header.opcode == .query else { return .reject(.notImp) }
      guard header.questionCount == 1 else { return .reject(.formErr) }
      return .query(try QuestionView(header, in: datagram))
    } catch {
      return .reject(.formErr)
    }
  }

  init(
    header: Header, name: Range<Int>, type: RecordType, recordClass: RecordClass, edns: EDNSView?
  ) {
    self.header = header
    self.name = name
    self.type = type
    self.recordClass = recordClass
    self.edns = edns
  }

  private init(_ header: Header, in datagram: Span<UInt8>) throws(WireError) {
    // The first name of a message cannot be compressed: there is no earlier one to point at.
    let extent = try NameExtent(of: datagram, at: Header.length)
    self.header = header
    name = Header.length..<extent.end
    type = RecordType(rawValue: try datagram.uint16(at: extent.end))
    recordClass = RecordClass(rawValue: try datagram.uint16(at: extent.end + 2))
    var walk = RecordWalk(header: header, from: extent.end + 4)
    var edns: EDNSView?
    while let record = try walk.next(in: datagram) {
      if record.type == .opt { edns = EDNSView(record) }
    }
    self.edns = edns
  }
}

extension QuestionView {
  /// The version of EDNS the asker speaks; nil without EDNS.
  public var ednsVersion: UInt8? { edns?.version }

  /// Whether the asker wants DNSSEC records.
  public var dnssecOK: Bool { edns?.dnssecOK ?? false }

  /// The first octet after the question section.
  public var questionEnd: Int { name.upperBound + 4 }

  /// The most octets a datagram to this asker may have, between 512 and `limit`
  /// (RFC 1035, Section 4.2.1; RFC 6891, Section 6.2.5).
  public func datagramLimit(atMost limit: Int) -> Int {
    max(512, min(Int(edns?.udpSize ?? 512), limit))
  }

  /// Where the data of the first option with a code stands; nil where there is none.
  ///
  /// `datagram` is the one that was parsed. It allocates nothing.
  public func option(_ code: EDNSOptionCode, in datagram: Span<UInt8>) -> Range<Int>? {
    guard let edns, edns.options.upperBound <= datagram.count else { return nil }
    do throws(WireError) {
      var walk = OptionWalk(in: edns.options)
      while let option = try walk.next(in: datagram) {
        if option.code == code { return option.data }
      }
      return nil
    } catch {
      return nil
    }
  }

  /// Shows the code of each option, and where its data stands, in their order.
  ///
  /// `datagram` is the one that was parsed. It allocates nothing.
  public func forEachOption(
    in datagram: Span<UInt8>, _ body: (EDNSOptionCode, Range<Int>) -> Void
  ) {
    guard let edns, edns.options.upperBound <= datagram.count else { return }
    do throws(WireError) {
      var walk = OptionWalk(in: edns.options)
      while let option = try walk.next(in: datagram) { body(option.code, option.data) }
    } catch {
      // What was parsed is whole.
    }
  }

  /// The question as a value of its own.
  ///
  /// `datagram` is the one that was parsed.
  ///
  /// - Throws: ``WireError`` where it is another one, without this question.
  public func question(in datagram: Span<UInt8>) throws(WireError) -> Question {
    let wireName = try datagram.octets(in: name)
    return Question(
      name: try DomainName(checked: wireName, at: name.lowerBound), wireName: wireName,
      type: type, recordClass: recordClass)
  }
}

extension QuestionView.EDNSView {
  fileprivate init(_ record: RecordOutline) {
    let fields = EDNSFields(ttl: record.ttl)
    udpSize = record.recordClass.rawValue
    version = fields.version
    dnssecOK = fields.dnssecOK
    options = record.data
  }
}
