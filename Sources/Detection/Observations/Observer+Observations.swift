extension Observer {
  /// Looks at everything, in the order in which one thing rests on another.
  mutating func observe(_ workspace: Workspace) {
    findWallets()
    readLinks()
    readWrittenAddresses()
    readReferences()
    readScripts(workspace)
    readTrading()
    countOwnName()
    countSignals()
  }

  /// What was seen.
  ///
  /// All that the markup shows is told where the page is wanted; no verdict rests on it.
  func observations(packs: [String], wantsPage: Bool) -> Observations {
    let linkedData = LinkedData(text.source, reading?.linkedData ?? [])
    let length = text.characters(0..<text.text.count)
    return Observations(
      signals: tally.signals, wallets: wallets,
      page: wantsPage ? reading.map { facts($0, linkedData) } : nil,
      reporting: reporting(linkedData),
      language: LanguageGuess.language(
        text.octets, count: text.text.count, traditional: text.text.traditional,
        declared: reading?.facts.declaredLanguage),
      textLength: length, packs: packs, needsRendering: needsRendering(length))
  }

  private func facts(_ reading: PageReading, _ linkedData: LinkedData) -> PageFacts {
    var facts = reading.facts
    facts.linkedDataTypes = linkedData.types
    facts.links = PageLinks(reading.links, in: text)
    return facts
  }

  /// Whether a page shows next to nothing but scripts.
  private func needsRendering(_ length: Int) -> Bool {
    guard let facts = reading?.facts, length < 600 else { return false }
    if !places(.scriptNeeded).isEmpty { return true }
    return length < 200 && (!facts.scripts.isEmpty || facts.inlineScriptOctets > 400)
  }
}
