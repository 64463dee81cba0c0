/// Makes pages from a seed that are built as pages of the web are: a head with references and
/// styles, scripts, navigation, an article or a list, side bars, comments and a foot.
struct PageMaker {
  private var random: SeededGenerator
  private let terms: [String]

  private static let english = """
    the of and to in a is that for it was on as with be by at this had not are but from or have an
    they which one you were all her she there would their we him been has when who will no more if
    out so up said what its about than into them can only other time new some could these two may
    first then do any like my now over such our man me even most made after also did many off before
    must well back through years where much your way down should because long each just state those
    people too mr little world still own see work men day get here between both life being under
    city council market report service company government public price energy water school health
    research travel weather season match player minister budget project village library festival
    """.split(whereSeparator: \.isWhitespace).map(String.init)
  private static let chinese = Array(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所"
      + "然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与"
      + "长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身")

  init(seed: UInt64, terms: [String]) {
    random = SeededGenerator(state: seed)
    self.terms = terms
  }

  /// A page of about so many octets.
  mutating func page(octets: Int) -> [UInt8] {
    let isChinese = chance(3)
    var text = head(isChinese)
    let scripts = octets * (25 + number(25)) / 100
    text += script(octets: scripts / 2)
    text += "</head>\n<body class=\"page page-\(number(9_000)) has-sidebar\">\n"
    text += navigation(isChinese)
    text += "<div class=\"container layout-main\" id=\"content\">\n<article class=\"post entry\">\n"
    text += "<h1 class=\"entry-title\">\(words(6 + number(6), isChinese))</h1>\n"
    text += "<div class=\"meta\"><span class=\"byline\">By \(words(2, false))</span>"
    text += "<time datetime=\"2026-0\(1 + number(9))-1\(number(9))\">2026</time></div>\n"
    while text.utf8.count < octets - scripts / 2 - 3_000 { text += section(isChinese) }
    text += "</article>\n<aside class=\"sidebar\">\n" + list(12, isChinese) + "</aside>\n</div>\n"
    text += "<footer class=\"site-footer\">\n" + list(16, isChinese) + "</footer>\n"
    text += script(octets: scripts / 2) + "</body>\n</html>\n"
    return Array(text.utf8)
  }

  /// Plain text of about so many octets.
  mutating func text(octets: Int) -> [UInt8] {
    let isChinese = chance(3)
    var text = ""
    while text.utf8.count < octets {
      text += words(10 + number(12), isChinese) + (isChinese ? "。" : ". ")
      if chance(8) { text += "\n" }
    }
    return Array(text.utf8)
  }

  private mutating func head(_ isChinese: Bool) -> String {
    var text = "<!DOCTYPE html>\n<html lang=\"\(isChinese ? "zh-CN" : "en")\">\n<head>\n"
    text += "<meta charset=\"utf-8\">\n<title>\(words(8, isChinese))</title>\n"
    for name in ["description", "keywords", "og:title", "og:type", "twitter:card", "robots"] {
      text += "<meta name=\"\(name)\" content=\"\(words(6, isChinese))\" />\n"
    }
    for index in 0..<14 {
      text += "<link rel=\"stylesheet\" href=\"https://static.example.com/assets/css/"
      text += "module-\(index)-\(number(1 << 30)).css\" type=\"text/css\" media=\"all\">\n"
    }
    text += "<style>\n"
    for _ in 0..<60 {
      text += ".c\(number(900)) > .item:hover { margin: 0 \(number(40))px; color: #3a3a3a; }\n"
    }
    return text + "</style>\n"
  }

  private mutating func script(octets: Int) -> String {
    var text = "<script>\n!function(e,t){\"use strict\";\n"
    while text.utf8.count < octets {
      text += "var a\(number(9_999))=function(n,r){if(n<r&&t[\(number(99))]){return e.push("
      text += "{id:\(number(99_999)),name:\"\(Self.english[number(100)])\",ok:!0})}};\n"
      if chance(20) { text += "document.write('<div class=\"x\"><\\/div>');\n" }
    }
    return text + "}(window,document);\n</script>\n"
  }

  private mutating func navigation(_ isChinese: Bool) -> String {
    var text =
      "<header id=\"masthead\" class=\"site-header\" role=\"banner\">\n<nav class=\"main-nav\""
    text += " aria-label=\"Main\">\n<ul class=\"menu\">\n"
    for index in 0..<45 {
      text += "  <li id=\"menu-item-\(index)\" class=\"menu-item menu-item-type-post\">"
      text += "<a href=\"/section/\(number(999))/\" class=\"nav-link\" data-track=\"nav\">"
      text += "\(words(2, isChinese))</a></li>\n"
    }
    return text + "</ul>\n</nav>\n</header>\n"
  }

  private mutating func section(_ isChinese: Bool) -> String {
    switch number(10) {
    case 0: return "<h2 class=\"wp-block-heading\">\(words(6, isChinese))</h2>\n"
    case 1: return list(6, isChinese)
    case 2:
      return
        "<figure class=\"wp-block-image size-large\"><img loading=\"lazy\" width=\"800\" height="
        + "\"450\" src=\"https://img.example.com/2026/\(number(99_999)).jpg\" alt=\""
        + "\(words(4, isChinese))\" srcset=\"https://img.example.com/a.jpg 300w\" />"
        + "<figcaption>\(words(9, isChinese))</figcaption></figure>\n"
    case 3:
      return "<div class=\"card card--\(number(9))\" data-id=\"\(number(99_999))\"><div class=\""
        + "card__body\"><span class=\"tag\">\(words(1, isChinese))</span>\n<p>"
        + "\(words(18, isChinese))</p></div></div>\n"
    case _:
      var text = "<p>"
      for _ in 0..<3 + number(4) {
        text += words(12 + number(14), isChinese)
        switch number(5) {
        case 0:
          text +=
            " <a href=\"https://www.example.org/\(number(99_999))\">\(words(3, isChinese))</a>"
        case 1: text += " <strong>\(words(2, isChinese))</strong>"
        case 2: text += " &amp; \(words(2, isChinese))&nbsp;"
        case _: break
        }
        text += isChinese ? "。" : ". "
      }
      return text + "</p>\n"
    }
  }

  private mutating func list(_ count: Int, _ isChinese: Bool) -> String {
    var text = "<ul class=\"list list--plain\">\n"
    for _ in 0..<count {
      text += "    <li class=\"list__item\"><a href=\"https://news.example.net/"
      text +=
        "\(number(9_999))/\(Self.english[number(Self.english.count)])-\(number(99)).html\" title=\""
      text += "\(words(4, isChinese))\">\(words(5, isChinese))</a></li>\n"
    }
    return text + "</ul>\n"
  }

  /// Ordinary words, and a term that is looked for among about sixty.
  private mutating func words(_ count: Int, _ isChinese: Bool) -> String {
    var text = ""
    for index in 0..<count {
      if chance(60) {
        text += (index > 0 && !isChinese ? " " : "") + terms[number(terms.count)]
      } else if isChinese {
        for _ in 0..<2 + number(2) { text.append(Self.chinese[number(Self.chinese.count)]) }
      } else {
        if index > 0 { text += " " }
        let word = Self.english[number(Self.english.count)]
        text += chance(12) ? word.prefix(1).uppercased() + word.dropFirst() : word
      }
    }
    return text
  }

  /// A number below a bound.
  mutating func number(_ bound: Int) -> Int { Int(random.next() % UInt64(max(1, bound))) }

  /// True once in so many times.
  private mutating func chance(_ times: Int) -> Bool { number(times) == 0 }
}
