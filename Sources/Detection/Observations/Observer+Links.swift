/// Links and other references: venues, referral codes, and what signals of packs look for.
extension Observer {
  private static let programs = [".apk", ".ipa", ".exe", ".dmg", ".msi", ".mobileconfig"]
  private static let openingWords = NameTable(
    [
      "join", "register", "signup", "sign-up", "invite", "share", "expressly", "account",
      "ucenter", "users", "r", "j", "referral", "reg", "ref",
    ].map { ($0, 1) })

  /// Reads the links of a page.
  mutating func readLinks() {
    guard let reading else { return }
    let source = text.source
    for link in reading.links { read(link, source) }
    if let target = reading.facts.refreshTarget {
      judge(
        WebAddress(target), regions: [],
        location: .init(part: .html, start: 0, end: 0), near: nil)
    }
  }

  private mutating func read(_ link: LinkRecord, _ source: [UInt8]) {
    let location = Evidence.Location(
      part: .html, start: link.tag.lowerBound, end: link.tag.upperBound)
    let near =
      link.text.isEmpty
      ? max(0, link.text.lowerBound - 1)..<max(1, link.text.lowerBound) : link.text.range
    let value = link.href.range
    guard !value.isEmpty else { return }
    findPayment(value, in: source, regions: link.regions, near: near)
    let host = WebAddress.host(in: source, value)
    let (isKnown, concerns) = host.map { known(of: $0, source) } ?? (false, false)
    let asks = concerns || compiled.references.takesAnyLink
    guard isKnown || asks || Self.mayBind(source, value, host: host) else { return }
    let address = WebAddress(text.decodedValue(value))
    if asks {
      for number in compiled.references.signals(.link, address) {
        countMarkup(number, regions: link.regions, location: location)
      }
    }
    judge(address, regions: link.regions, location: location, near: near)
  }

  /// Whether a host belongs to a venue, and whether a signal asks for it.
  ///
  /// Most links lead to the host of the link before.
  private mutating func known(
    of host: Range<Int>, _ source: [UInt8]
  ) -> (isVenue: Bool, isAskedFor: Bool) {
    if let last = lastHost, OctetScan.isSame(last.host, host, in: source) {
      return (last.isVenue, last.isAskedFor)
    }
    let isVenue = compiled.venues.venue(source, host) != nil
    let isAskedFor = compiled.references.isKnown(source, host)
    lastHost = (host, isVenue, isAskedFor)
    return (isVenue, isAskedFor)
  }

  /// Whether a link may bind a code, pass on to another address, or lead to a program: it has a
  /// path word of venues, an address in its query, or such a suffix.
  private static func mayBind(
    _ source: [UInt8], _ value: Range<Int>, host: Range<Int>?
  ) -> Bool {
    var packed = PackedOctets()
    var at = host?.upperBound ?? value.lowerBound
    while at < value.upperBound {
      let octet = source[at]
      if octet == 0x3F || octet == 0x23 {
        if host != nil, openingWords.value(of: packed.key) == 1 { return true }
        return endsAsProgram(source, value.lowerBound..<at)
          || mayPassOn(source, at..<value.upperBound)
      }
      if octet == 0x2F {
        if host != nil, openingWords.value(of: packed.key) == 1 { return true }
        packed = PackedOctets()
      } else {
        packed.append(octet | 0x20)
      }
      at += 1
    }
    return endsAsProgram(source, value)
  }

  /// Whether a path may end as those of ``programs`` do.
  private static func endsAsProgram(_ source: [UInt8], _ path: Range<Int>) -> Bool {
    var end = path.upperBound
    while end > path.lowerBound, source[end - 1] == 0x2F { end -= 1 }
    guard end - path.lowerBound > 4 else { return false }
    switch source[end - 1] | 0x20 {
    case 0x61, 0x65, 0x69, 0x6B: return source[end - 4] == 0x2E
    case 0x67: return true
    case _: return false
    }
  }

  /// Whether a query may hold an address: one of its values begins as one does, or is written in a
  /// way that hides how it begins.
  private static func mayPassOn(_ source: [UInt8], _ query: Range<Int>) -> Bool {
    for at in query.dropLast() where source[at] == 0x3D {
      switch source[at + 1] {
      case 0x25, 0x26, 0x2F, 0x68: return true
      case _: break
      }
    }
    return false
  }

  /// Judges where a link leads.
  mutating func judge(
    _ address: WebAddress, regions: RegionSet, location: Evidence.Location, near: Range<Int>?,
    isTarget: Bool = false
  ) {
    let isOwn = address.host.isEmpty || address.bareHost == page?.bareHost
    if let target = ReferralGrammar.target(of: address), !isTarget {
      judge(
        WebAddress(target), regions: regions, location: location, near: near, isTarget: true)
    }
    if let last = address.path.last?.lowercased(), Self.programs.contains(where: last.hasSuffix) {
      tally.add(.appDownload, regions: regions, location: location)
    }
    guard !address.host.isEmpty else { return }
    if compiled.venues.venue(of: address.host) != nil {
      if let near { builtIn[.venueLink, default: []].append(near) }
      if ReferralGrammar.code(onVenue: address) != nil {
        tally.add(.referralLink, regions: regions, location: location)
        if let near { builtIn[.referralLink, default: []].append(near) }
      } else {
        tally.add(.venueLink, regions: regions, location: location)
      }
    } else if !isOwn, ReferralGrammar.code(onUnknown: address) != nil {
      tally.add(.mirrorReferralLink, regions: regions, location: location)
      if let near { builtIn[.referralLink, default: []].append(near) }
    }
  }

  /// Reads the addresses that are written out in the text.
  mutating func readWrittenAddresses() {
    for place in places(.address).prefix(256) {
      var start = Int(place.start)
      while start > 0, place.start - Int32(start) < 8,
        PackedName.isAlphanumeric(text.octets[start - 1])
      {
        start -= 1
      }
      var end = Int(place.end)
      while end < text.text.count, end - start < 512, Self.isInAddress(text.octets[end]) {
        end += 1
      }
      while end > start, ".,;:!?)]}'\"".utf8.contains(text.octets[end - 1]) { end -= 1 }
      guard end > Int(place.end) else { continue }
      let range = start..<end
      let address = WebAddress(String(decoding: text.originalOctets(range), as: UTF8.self))
      // The text of a link was read with the link.
      guard !text.regions(at: start).contains(RegionSet(.link)) else { continue }
      for number in compiled.references.signals(.link, address) {
        countMarkup(
          number, regions: text.regions(at: start), location: text.location(range))
      }
      judge(
        address, regions: text.regions(at: start), location: text.location(range),
        near: range)
    }
  }

  private static func isInAddress(_ octet: UInt8) -> Bool {
    octet > 0x20 && octet < 0x7F && octet != 0x22 && octet != 0x3C && octet != 0x3E
  }

  /// Reads scripts, frames, forms and images by what they refer to.
  mutating func readReferences() {
    guard let facts = reading?.facts else { return }
    for script in facts.scripts { read(script.url, .script, at: script.location) }
    for frame in facts.frames { read(frame.url, .frame, at: frame.location) }
    for form in facts.forms where !form.action.isEmpty {
      read(form.action, .form, at: form.location)
    }
    for image in facts.images {
      read(image.url, .image, at: image.location)
    }
  }

  private mutating func read(
    _ url: String, _ element: MarkupElement, at location: Evidence.Location
  ) {
    let octets = Array(url.utf8)
    let host = WebAddress.host(in: octets, 0..<octets.count)
    let isVenue = host.map { compiled.venues.venue(octets, $0) != nil } ?? false
    guard isVenue || compiled.references.mayConcern(element, octets, host: host) else { return }
    let address = WebAddress(url)
    for number in compiled.references.signals(element, address) {
      countMarkup(number, regions: [], location: location)
    }
    if isVenue, element == .script || element == .frame || element == .form, !isOnVenue {
      tally.add(.venueAPI, location: location)
    }
  }

  /// Whether the page is on a host of a known venue.
  var isOnVenue: Bool {
    page.map { compiled.venues.venue(of: $0.host) != nil } ?? false
  }
}

extension ObservedText {
  /// Adds the value of an attribute to other octets, character references decoded.
  func addDecodedValue(_ range: Range<Int>, to octets: inout [UInt8]) {
    let value = range.prefixOctets(PageBounds.attribute)
    if OctetScan.find(0x26, in: source, value) < value.upperBound {
      octets.append(contentsOf: decodedValue(range).utf8)
    } else {
      OctetScan.add(source, value, to: &octets)
    }
  }

  /// The value of an attribute, character references decoded.
  func decodedValue(_ range: Range<Int>) -> String {
    let value = range.prefixOctets(PageBounds.attribute)
    guard OctetScan.find(0x26, in: source, value) < value.upperBound else {
      return String(decoding: source[value], as: UTF8.self)
    }
    return CharacterReference.decoded(source[value])
  }
}
