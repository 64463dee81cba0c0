/// Which scripts each code point is written in: the property Script_Extensions of Unicode 14.0.
///
/// A run goes from its code point, in hexadecimal, up to the next run. Codes are those of ISO 15924;
/// Zyyy is common and inherited, Zzzz every script that ``Script`` does not name. Unassigned code
/// points count to the run before them: no name can hold them.
struct ScriptTable: Sendable {
  /// The first code points of the runs, ascending.
  private let starts: [UInt32]
  private let scripts: [ScriptSet]

  /// The table of Unicode.
  static let unicode = ScriptTable(runs: runs)

  private init(runs: String) {
    var starts: [UInt32] = []
    var scripts: [ScriptSet] = []
    for run in runs.split(whereSeparator: { $0 == ";" || $0.isNewline }) {
      let words = run.split(separator: " ")
      guard words.count == 2, let start = UInt32(words[0], radix: 16) else { continue }
      starts.append(start)
      scripts.append(
        words[1].split(separator: "+").reduce(into: []) { set, code in
          set.formUnion(code == "Zyyy" ? .all : ScriptSet(Script(rawValue: String(code)) ?? .other))
        })
    }
    self.starts = starts
    self.scripts = scripts
  }

  /// The scripts that a character is written in; all of them for a common one.
  func scripts(of scalar: Unicode.Scalar) -> ScriptSet {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= scalar.value { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? .all : scripts[low - 1]
  }

  private static let runs = """
    0 Zyyy; 41 Latn; 5B Zyyy; 61 Latn; 7B Zyyy; AA Latn; AB Zyyy; BA Latn; BB Zyyy; C0 Latn;
    D7 Zyyy; D8 Latn; F7 Zyyy; F8 Latn; 2B9 Zyyy; 2E0 Latn; 2E5 Zyyy; 2EA Bopo; 2EC Zyyy; 342 Grek;
    343 Zyyy; 345 Grek; 346 Zyyy; 363 Latn; 370 Grek; 374 Zyyy; 375 Grek; 37E Zyyy; 37F Grek;
    385 Zyyy; 386 Grek; 387 Zyyy; 388 Grek; 3E2 Copt; 3F0 Grek; 400 Cyrl; 483 Cyrl+Zzzz;
    485 Cyrl+Latn; 487 Cyrl+Zzzz; 488 Cyrl; 531 Armn; 591 Hebr; 600 Arab; 605 Zyyy; 606 Arab;
    60C Arab+Zzzz+Syrc+Thaa; 60D Arab; 61B Arab+Zzzz+Syrc+Thaa; 61C Arab+Syrc+Thaa; 61D Arab;
    61F Arab+Zzzz+Syrc+Thaa; 620 Arab; 640 Arab+Zzzz+Syrc; 641 Arab; 64B Arab+Syrc; 656 Arab;
    660 Arab+Zzzz+Thaa; 66A Arab; 670 Arab+Syrc; 671 Arab; 6D4 Arab+Zzzz; 6D5 Arab; 6DD Zyyy;
    6DE Arab; 700 Syrc; 750 Arab; 780 Thaa; 7C0 Zzzz; 860 Syrc; 870 Arab; 8E2 Zyyy; 8E3 Arab;
    900 Deva; 951 Beng+Deva+Gujr+Guru+Knda+Latn+Mlym+Orya+Zzzz+Taml+Telu; 953 Zyyy; 955 Deva;
    964 Beng+Deva+Gujr+Guru+Knda+Mlym+Orya+Zzzz+Sinh+Taml+Telu; 966 Deva+Zzzz; 970 Deva; 980 Beng;
    9E6 Beng+Zzzz; 9F0 Beng; A01 Guru; A66 Guru+Zzzz; A70 Guru; A81 Gujr; AE6 Gujr+Zzzz; AF0 Gujr;
    B01 Orya; B82 Taml; BE6 Zzzz+Taml; BF4 Taml; C00 Telu; C80 Knda; CE6 Knda+Zzzz; CF1 Knda;
    D00 Mlym; D81 Sinh; E01 Thai; E3F Zyyy; E40 Thai; E81 Laoo; F00 Tibt; FD5 Zyyy; FD9 Tibt;
    1000 Mymr; 1040 Mymr+Zzzz; 104A Mymr; 10A0 Geor; 10FB Geor+Latn; 10FC Geor; 1100 Hang;
    1200 Ethi; 13A0 Cher; 1400 Cans; 1680 Zzzz; 16EB Zyyy; 16EE Zzzz; 1780 Khmr; 1800 Mong;
    1802 Mong+Zzzz; 1804 Mong; 1805 Mong+Zzzz; 1806 Mong; 18B0 Cans; 1900 Zzzz; 19E0 Khmr;
    1A00 Zzzz; 1AB0 Zyyy; 1B00 Zzzz; 1C80 Cyrl; 1C90 Geor; 1CC0 Zzzz; 1CD0 Beng+Deva+Knda+Zzzz;
    1CD1 Deva; 1CD2 Beng+Deva+Knda+Zzzz; 1CD3 Deva+Zzzz; 1CD4 Deva; 1CD5 Beng+Deva; 1CD7 Deva+Zzzz;
    1CD8 Beng+Deva; 1CD9 Deva+Zzzz; 1CDA Deva+Knda+Mlym+Orya+Taml+Telu; 1CDB Deva; 1CDC Deva+Zzzz;
    1CDE Deva; 1CE0 Deva+Zzzz; 1CE1 Beng+Deva; 1CE2 Deva; 1CE9 Deva+Zzzz; 1CEA Beng+Deva; 1CEB Deva;
    1CED Beng+Deva; 1CEE Deva; 1CF2 Beng+Deva+Knda+Orya+Zzzz+Telu; 1CF3 Deva+Zzzz;
    1CF4 Deva+Knda+Zzzz; 1CF5 Beng+Deva; 1CF7 Beng; 1CF8 Deva+Zzzz; 1CFA Zzzz; 1D00 Latn; 1D26 Grek;
    1D2B Cyrl; 1D2C Latn; 1D5D Grek; 1D62 Latn; 1D66 Grek; 1D6B Latn; 1D78 Cyrl; 1D79 Latn;
    1DBF Grek; 1DC2 Zyyy; 1DF8 Cyrl+Syrc; 1DF9 Zyyy; 1DFA Syrc; 1DFB Zyyy; 1E00 Latn; 1F00 Grek;
    2000 Zyyy; 202F Latn+Mong; 2030 Zyyy; 2071 Latn; 2074 Zyyy; 207F Latn; 2080 Zyyy; 2090 Latn;
    20A0 Zyyy; 20F0 Deva+Latn+Zzzz; 2100 Zyyy; 2126 Grek; 2127 Zyyy; 212A Latn; 212C Zyyy;
    2132 Latn; 2133 Zyyy; 214E Latn; 214F Zyyy; 2160 Latn; 2189 Zyyy; 2800 Zzzz; 2900 Zyyy;
    2C00 Zzzz; 2C60 Latn; 2C80 Copt; 2D00 Geor; 2D30 Zzzz; 2D80 Ethi; 2DE0 Cyrl; 2E00 Zyyy;
    2E43 Cyrl+Zzzz; 2E44 Zyyy; 2E80 Hani; 2FF0 Zyyy; 3001 Bopo+Hani+Hang+Hira+Kana+Yiii;
    3003 Bopo+Hani+Hang+Hira+Kana; 3004 Zyyy; 3005 Hani; 3008 Bopo+Hani+Hang+Hira+Kana+Yiii;
    3012 Zyyy; 3013 Bopo+Hani+Hang+Hira+Kana; 3014 Bopo+Hani+Hang+Hira+Kana+Yiii;
    301C Bopo+Hani+Hang+Hira+Kana; 3020 Zyyy; 3021 Hani; 302A Bopo+Hani; 302E Hang;
    3030 Bopo+Hani+Hang+Hira+Kana; 3031 Hira+Kana; 3036 Zyyy; 3037 Bopo+Hani+Hang+Hira+Kana;
    3038 Hani; 303C Hani+Hira+Kana; 303E Hani; 3041 Hira; 3099 Hira+Kana; 309D Hira; 30A0 Hira+Kana;
    30A1 Kana; 30FB Bopo+Hani+Hang+Hira+Kana+Yiii; 30FC Hira+Kana; 30FD Kana; 3105 Bopo; 3131 Hang;
    3190 Hani; 31A0 Bopo; 31C0 Hani; 31F0 Kana; 3200 Hang; 3220 Hani; 3248 Zyyy; 3260 Hang;
    327F Zyyy; 3280 Hani; 32B1 Zyyy; 32C0 Hani; 32CC Zyyy; 32D0 Kana; 32FF Hani; 3300 Kana;
    3358 Hani; 3371 Zyyy; 337B Hani; 3380 Zyyy; 33E0 Hani; 33FF Zyyy; 3400 Hani; 4DC0 Zyyy;
    4E00 Hani; A000 Yiii; A4D0 Zzzz; A640 Cyrl; A66F Cyrl+Zzzz; A670 Cyrl; A6A0 Zzzz;
    A700 Hani+Latn; A708 Zyyy; A722 Latn; A788 Zyyy; A78B Latn; A800 Zzzz;
    A830 Deva+Gujr+Guru+Knda+Mlym+Zzzz; A833 Deva+Gujr+Guru+Knda+Zzzz; A836 Deva+Gujr+Guru+Zzzz;
    A840 Zzzz; A8E0 Deva; A8F1 Beng+Deva; A8F2 Deva; A8F3 Deva+Taml; A8F4 Deva; A900 Zzzz;
    A92E Latn+Mymr+Zzzz; A92F Zzzz; A960 Hang; A980 Zzzz; A9E0 Mymr; AA00 Zzzz; AA60 Mymr;
    AA80 Zzzz; AB01 Ethi; AB30 Latn; AB5B Zyyy; AB5C Latn; AB65 Grek; AB66 Latn; AB6A Zyyy;
    AB70 Cher; ABC0 Zzzz; AC00 Hang; F900 Hani; FB00 Latn; FB13 Armn; FB1D Hebr; FB50 Arab;
    FD3E Arab+Zzzz; FD40 Arab; FDF2 Arab+Thaa; FDF3 Arab; FDFD Arab+Thaa; FDFE Arab; FE00 Zyyy;
    FE2E Cyrl; FE30 Zyyy; FE45 Bopo+Hani+Hang+Hira+Kana; FE47 Zyyy; FE70 Arab; FEFF Zyyy; FF21 Latn;
    FF3B Zyyy; FF41 Latn; FF5B Zyyy; FF61 Bopo+Hani+Hang+Hira+Kana+Yiii; FF66 Kana; FF70 Hira+Kana;
    FF71 Kana; FF9E Hira+Kana; FFA0 Hang; FFE0 Zyyy; 10000 Zzzz; 10140 Grek; 10190 Zyyy; 101A0 Grek;
    101D0 Zyyy; 10280 Zzzz; 102E0 Arab+Copt; 10300 Zzzz; 10780 Latn; 10800 Zzzz; 10E60 Arab;
    10E80 Zzzz; 111E1 Sinh; 11200 Zzzz; 11301 Zzzz+Taml; 11302 Zzzz; 11303 Zzzz+Taml; 11305 Zzzz;
    1133B Zzzz+Taml; 1133D Zzzz; 11660 Mong; 11680 Zzzz; 11AB0 Cans; 11AC0 Zzzz; 11FC0 Taml;
    11FD0 Zzzz+Taml; 11FD2 Taml; 11FD3 Zzzz+Taml; 11FD4 Taml; 12000 Zzzz; 16FE2 Hani; 16FE4 Zzzz;
    16FF0 Hani; 17000 Zzzz; 1AFF0 Kana; 1B001 Hira; 1B120 Kana; 1B150 Hira; 1B164 Kana; 1B170 Zzzz;
    1CF00 Zyyy; 1D200 Grek; 1D2E0 Zyyy; 1D360 Hani; 1D372 Zyyy; 1D800 Zzzz; 1DF00 Latn; 1E000 Zzzz;
    1E7E0 Ethi; 1E800 Zzzz; 1EC71 Zyyy; 1EE00 Arab; 1F000 Zyyy; 1F200 Hira; 1F201 Zyyy; 1F250 Hani;
    1F260 Zyyy; 20000 Hani;
    """
}
