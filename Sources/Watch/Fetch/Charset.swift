/// A character encoding of the web, known by its labels (WHATWG Encoding, Section 4.2).
struct Charset: Sendable, Hashable {
  /// The encoding's name in lower case.
  let name: String
  /// What `iconv` calls the encoding that browsers mean by it.
  let converter: String

  private init(_ name: String, _ converter: String) {
    self.name = name
    self.converter = converter
  }

  static let utf8 = Charset("utf-8", "UTF-8")
  static let utf16le = Charset("utf-16le", "UTF-16LE")
  static let utf16be = Charset("utf-16be", "UTF-16BE")
  static let gb18030 = Charset("gb18030", "GB18030")
  static let big5 = Charset("big5", "BIG5-HKSCS")
  static let shiftJIS = Charset("shift_jis", "CP932")
  static let eucJP = Charset("euc-jp", "EUC-JP-MS")
  static let iso2022JP = Charset("iso-2022-jp", "ISO-2022-JP")
  static let eucKR = Charset("euc-kr", "UHC")
  static let windows1252 = Charset("windows-1252", "CP1252")

  /// The encoding that a label names; nil for a label that browsers do not know.
  init?(label: some StringProtocol) {
    var octets = Array(label.utf8.prefix(64))
    octets.removeAll { $0 <= 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    let text = String(decoding: octets, as: UTF8.self).lowercased()
    guard let found = Self.labels[text] ?? Self.numbered(text) else { return nil }
    self = found
  }

  /// Families whose labels differ in a number only.
  private static func numbered(_ label: String) -> Charset? {
    for prefix in ["windows-", "cp", "x-cp"] where label.hasPrefix(prefix) {
      guard let page = Int(label.dropFirst(prefix.count)), (1250...1258).contains(page) else {
        continue
      }
      return Charset("windows-\(page)", "CP\(page)")
    }
    for prefix in ["iso-8859-", "iso8859-", "iso8859", "iso_8859-"] where label.hasPrefix(prefix) {
      let rest = label.dropFirst(prefix.count).prefix { $0 != ":" && $0 != "-" }
      guard let part = Int(rest), (1...16).contains(part), part != 12 else { continue }
      switch part {
      case 1: return windows1252
      case 9: return Charset("windows-1254", "CP1254")
      case 11: return Charset("windows-874", "CP874")
      default: return Charset("iso-8859-\(part)", "ISO-8859-\(part)")
      }
    }
    return nil
  }

  private static let labels: [String: Charset] = {
    var labels: [String: Charset] = [:]
    let koi8r = Charset("koi8-r", "KOI8-R")
    let koi8u = Charset("koi8-u", "KOI8-U")
    let families: [(Charset, [String])] = [
      (
        utf8,
        [
          "utf-8", "utf8", "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8",
        ]
      ),
      (utf16le, ["utf-16", "utf-16le", "ucs-2", "unicode", "csunicode", "iso-10646-ucs-2"]),
      (utf16be, ["utf-16be", "unicodefffe"]),
      (
        gb18030,
        [
          "gb18030", "gbk", "gb2312", "gb_2312", "gb_2312-80", "chinese", "csgb2312",
          "csiso58gb231280", "iso-ir-58", "x-gbk", "cp936", "ms936", "euc-cn", "euccn",
        ]
      ),
      (big5, ["big5", "big5-hkscs", "cn-big5", "csbig5", "x-x-big5", "cp950"]),
      (
        shiftJIS,
        [
          "shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "ms932", "csshiftjis",
          "windows-31j", "cp932",
        ]
      ),
      (eucJP, ["euc-jp", "x-euc-jp", "cseucpkdfmtjapanese", "eucjp"]),
      (iso2022JP, ["iso-2022-jp", "csiso2022jp"]),
      (
        eucKR,
        [
          "euc-kr", "euckr", "ks_c_5601-1987", "ks_c_5601-1989", "ksc5601", "ksc_5601", "korean",
          "cseuckr", "csksc56011987", "iso-ir-149", "windows-949", "cp949", "uhc",
        ]
      ),
      (
        windows1252,
        [
          "ascii", "us-ascii", "ansi_x3.4-1968", "latin1", "l1", "cp819", "ibm819", "iso-ir-100",
          "csisolatin1", "iso8859-1", "x-user-defined",
        ]
      ),
      (koi8r, ["koi8-r", "koi", "koi8", "koi8_r", "cskoi8r"]),
      (koi8u, ["koi8-u", "koi8-ru"]),
      (Charset("ibm866", "CP866"), ["ibm866", "866", "cp866", "csibm866"]),
      (Charset("macintosh", "MACINTOSH"), ["macintosh", "mac", "x-mac-roman", "csmacintosh"]),
      (Charset("x-mac-cyrillic", "MAC-CYRILLIC"), ["x-mac-cyrillic", "x-mac-ukrainian"]),
      (Charset("windows-874", "CP874"), ["windows-874", "dos-874", "tis-620"]),
      (Charset("iso-8859-2", "ISO-8859-2"), ["latin2", "l2", "csisolatin2"]),
      (Charset("iso-8859-5", "ISO-8859-5"), ["cyrillic", "csisolatincyrillic"]),
      (Charset("iso-8859-6", "ISO-8859-6"), ["arabic", "ecma-114", "asmo-708"]),
      (Charset("iso-8859-7", "ISO-8859-7"), ["greek", "greek8", "ecma-118", "elot_928"]),
      (Charset("iso-8859-8", "ISO-8859-8"), ["hebrew", "visual", "logical", "iso-8859-8-i"]),
      (Charset("windows-1254", "CP1254"), ["latin5", "l5", "csisolatin5"]),
    ]
    for (charset, names) in families { for name in names { labels[name] = charset } }
    return labels
  }()
}
