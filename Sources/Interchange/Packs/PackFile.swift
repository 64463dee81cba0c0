public import Detection
internal import Yams

/// Reads detection packs: YAML, one pack a file.
///
/// ```yaml
/// pack: venue
/// version: 1
/// title: Signs that a page runs a trading venue
/// signals:
///   - id: venue.order
///     role: venue                 # a category, or context
///     groups: [function]
///     phrases: [limit order, 限价单]
///     must_match: ["place a limit order"]
///     must_not_match: ["order a pizza"]
/// ```
///
/// docs/detection.md names every key. Whether phrases, patterns and examples hold is for the engine
/// to say, not for the reader.
public enum PackFile {
  /// The most signals that a pack may have.
  public static let maximumSignals = 2_000
  /// The most venues that a pack may know.
  public static let maximumVenues = 5_000

  private static let keys = ["pack", "version", "title", "signals", "venues"]
  private static let venueKeys = ["id", "name", "hosts", "api_hosts"]

  /// Reads one pack.
  ///
  /// - Parameters:
  ///   - bytes: the file in UTF-8.
  ///   - fileName: what errors call it.
  /// - Returns: the pack, its phrases, patterns and examples unchecked.
  /// - Throws: ``PolicyFileError`` with line and key, for the first fault.
  public static func read(_ bytes: [UInt8], fileName: String) throws(PolicyFileError) -> Pack {
    let reader = PolicyReader(fileName: fileName)
    let fields = try reader.fields(of: try reader.root(bytes), at: nil, known: keys)
    var signals: [Signal] = []
    let nodes = try reader.list(
      try fields.required("signals"), at: "signals", most: maximumSignals)
    for node in nodes {
      signals.append(try signal(node, reader))
    }
    return Pack(
      name: try fields.text("pack"), version: try fields.count("version", in: 1...1_000_000),
      title: try fields.text("title"), signals: signals, venues: try venues(fields, reader))
  }

  private static func venues(
    _ fields: PolicyReader.Fields, _ reader: PolicyReader
  ) throws(PolicyFileError) -> [Venue] {
    guard let node = fields["venues"] else { return [] }
    var venues: [Venue] = []
    for entry in try reader.list(node, at: "venues", most: maximumVenues) {
      let fields = try reader.fields(of: entry, at: "venues", known: venueKeys)
      venues.append(
        Venue(
          id: try fields.text("id"), name: try fields.text("name"),
          hosts: try fields.texts("hosts"), apiHosts: try fields.texts("api_hosts")))
    }
    return venues
  }
}
