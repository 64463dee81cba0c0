/// The text of a page in UTF-8, whatever encoding it came in.
struct PageText {
  /// UTF-8, always valid.
  var octets: [UInt8]
  /// The name of the encoding it was read in.
  var charset: String

  /// How large a share of what is not ASCII may be wrong before a declaration is not believed.
  private static let toleratedFaults = 0.05

  /// Reads a page: byte order mark, then the server's word, then the page's own, then a guess.
  ///
  /// What is valid UTF-8 and not ASCII is UTF-8, whatever was declared: text in another encoding
  /// does not look so by chance. Valid UTF-8 is handed on without a copy.
  init(_ body: [UInt8], contentType: String?) {
    if let (charset, length) = CharsetDeclaration.mark(body) {
      self = Self.read(body[length...], as: charset)
      return
    }
    let declared = CharsetDeclaration.inField(contentType) ?? CharsetDeclaration.inPage(body)
    if declared != .utf16le, declared != .utf16be, !CharsetGuess.isISO2022JP(body[...]),
      UTF8Check.isValid(body)
    {
      self.init(octets: body, charset: Charset.utf8.name)
      return
    }
    self = Self.legacy(body[...], declared: declared)
  }

  private init(octets: [UInt8], charset: String) {
    self.octets = octets
    self.charset = charset
  }

  /// Reads what is not UTF-8 throughout.
  private static func legacy(_ body: ArraySlice<UInt8>, declared: Charset?) -> PageText {
    let foreign = body.reduce(0) { $1 >= 0x80 ? $0 + 1 : $0 }
    let tolerated = max(1, Int(Double(foreign) * toleratedFaults))
    if let declared, declared != .windows1252, declared != .utf8 {
      let read = Transcoding.utf8(body, from: declared)
      if let read, read.faults <= tolerated {
        return PageText(octets: read.text, charset: declared.name)
      }
    }
    if CharsetGuess.isISO2022JP(body) { return Self.read(body, as: .iso2022JP) }
    if UTF8Check.faults(body, upTo: tolerated) <= tolerated { return Self.read(body, as: .utf8) }
    if let guess = CharsetGuess.eastAsian(body), guess.isFirm || declared == nil {
      return Self.read(body, as: guess.charset)
    }
    return Self.read(body, as: declared == .utf8 ? .windows1252 : declared ?? .windows1252)
  }

  private static func read(_ body: ArraySlice<UInt8>, as charset: Charset) -> PageText {
    if charset != .utf8, let read = Transcoding.utf8(body, from: charset) {
      return PageText(octets: read.text, charset: charset.name)
    }
    let text =
      UTF8Check.isValid(Array(body))
      ? Array(body) : Array(String(decoding: body, as: UTF8.self).utf8)
    return PageText(octets: text, charset: Charset.utf8.name)
  }
}

/// Whether octets are UTF-8.
enum UTF8Check {
  /// Whether all of them are.
  static func isValid(_ octets: [UInt8]) -> Bool {
    (try? UTF8Span(validating: octets.span)) != nil
  }

  /// How many octets begin no character, counted up to just past a bound.
  static func faults(_ octets: ArraySlice<UInt8>, upTo bound: Int) -> Int {
    var decoder = UTF8()
    var iterator = octets.makeIterator()
    var faults = 0
    while faults <= bound {
      switch decoder.decode(&iterator) {
      case .scalarValue: continue
      case .emptyInput: return faults
      case .error: faults += 1
      }
    }
    return faults
  }
}
