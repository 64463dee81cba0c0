/// What the scripts of a page hold.
extension Observer {
  /// Octets of one script, and of all, that are looked at.
  private static let scriptBound = 128 << 10
  private static let allScriptsBound = 512 << 10

  /// Looks for pieces of scripts, and for calls to venues' programming interfaces.
  mutating func readScripts(_ workspace: Workspace) {
    guard let reading, let database = compiled.scripts, let scratch = workspace.scriptScratch else {
      return
    }
    var left = Self.allScriptsBound
    workspace.matches.removeAll()
    for script in reading.inlineScripts where left > 0 {
      let range = script.prefixOctets(min(left, Self.scriptBound))
      left -= range.count
      database.scan(text.source, in: range, scratch: scratch, into: &workspace.matches)
    }
    var seen: Set<Int> = []
    for index in 0..<workspace.matches.count {
      let match = workspace.matches[index]
      let location = Evidence.Location(
        part: .html, start: max(0, Int(match.end) - 60), end: Int(match.end))
      guard seen.insert(Int(match.pattern)).inserted else { continue }
      switch compiled.scriptOwners[Int(match.pattern)] {
      case .signal(let number): countMarkup(number, regions: [], location: location)
      case .venue:
        if !isOnVenue { tally.add(.venueAPI, location: location) }
      }
    }
  }
}
