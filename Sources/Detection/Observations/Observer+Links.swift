/// Links and other references: venues, referral codes, and what signals of packs look for.
extension Observer {
  private static let programs = [".apk", ".ipa", ".exe", ".dmg", ".msi", ".mobileconfig"]
  /// Reads the links of a page.
  mutating func readLinks() {
    guard let reading else { return }
    let source = text.source
    let compiled = compiled
    for link in reading.links { read(link, source, compiled) }
    if let target = reading.facts.refreshTarget {
      judge(
        WebAddress(target), regions: [],
        location: .init(part: .html, start: 0, end: 0), near: nil)
    }
  }

  private mutating func read(
    _ link: LinkRecord, _ source: [UInt8], _ compiled: CompiledPacks
  ) {
    let location = Evidence.Location(
      part: .html, start: link.tag.lowerBound, end: link.tag.upperBound)
    let near =
      link.text.isEmpty
      ? max(0, link.text.lowerBound - 1)..<max(1, link.text.lowerBound) : link.text.range
    let value = link.href.range
    guard !value.isEmpty else { return }
    if Self.mayBePayment(source[value.lowerBound]) {
      findPayment(value, in: source, regions: link.regions, near: near)
    }
    let host = host(of: value, in: source, compiled)
    let asks = (host?.isAskedFor ?? false) || compiled.references.takesAnyLink
    guard
      asks || host?.isVenue == true
        || LinkShape.mayBind(source, value, hostLength: host?.prefix.count)
    else { return }
    let address = WebAddress(text.decodedValue(value))
    if asks {
      for number in compiled.references.signals(.link, address) {
        countMarkup(number, regions: link.regions, location: location)
      }
    }
    judge(address, regions: link.regions, location: location, near: near)
  }

  /// The host of a link and what is known of it; nil for a relative link.
  ///
  /// Most links lead to the host of the link before, and begin as that one does.
  private mutating func host(
    of value: Range<Int>, in source: [UInt8], _ compiled: CompiledPacks
  ) -> LinkHost? {
    if let last = lastHost {
      let end = value.lowerBound + last.prefix.count
      if end < value.upperBound, source[end] == 0x2F,
        OctetScan.isSame(last.prefix, value.lowerBound..<end, in: source)
      {
        return last
      }
    }
    guard let host = WebAddress.host(in: source, value) else { return nil }
    let known = LinkHost(
      prefix: value.lowerBound..<host.upperBound,
      isVenue: compiled.venues.venue(source, host) != nil,
      isAskedFor: compiled.references.isKnown(source, host))
    lastHost = known
    return known
  }

  /// Judges where a link leads.
  mutating func judge(
    _ address: WebAddress, regions: RegionSet, location: Evidence.Location, near: Range<Int>?,
    isTarget: Bool = false
  ) {
    let isOwn = address.host.isEmpty || address.bareHost == pageHost.map(WebAddress.bare)
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
}

extension ObservedText {
  /// Adds the value of an attribute to other octets, character references decoded.
  func addDecodedValue(_ range: Range<Int>, to octets: inout [UInt8]) {
    let value = range.prefixOctets(PageBounds.attribute)
    if OctetScan.holds(0x26, in: source, value) {
      octets.append(contentsOf: decodedValue(range).utf8)
    } else {
      OctetScan.add(source, value, to: &octets)
    }
  }

  /// The value of an attribute, character references decoded.
  func decodedValue(_ range: Range<Int>) -> String {
    let value = range.prefixOctets(PageBounds.attribute)
    guard OctetScan.holds(0x26, in: source, value) else {
      return String(decoding: source[value], as: UTF8.self)
    }
    return CharacterReference.decoded(source[value])
  }
}
