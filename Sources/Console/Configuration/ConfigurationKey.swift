/// A key of `cordon.yaml`: where it stands, what it holds, and what it is when nobody sets it.
public struct ConfigurationKey: Sendable, Hashable {
  /// What a key holds.
  public enum Kind: Sendable, Hashable {
    case text
    case number(ClosedRange<Int>)
    case flag
    case list
    case map
    /// A list, or one of these words.
    case listOrWord([String])
  }

  /// Its place, `gate.listen`.
  public let path: String
  /// What it holds.
  public let kind: Kind
  /// Its value when nobody sets it, as in the file.
  public let standard: String
  /// What it is for, in a sentence.
  public let meaning: String

  /// The environment variable that sets it: `CORDON_GATE_LISTEN`.
  public var variable: String {
    "CORDON_" + path.uppercased().replacing(".", with: "_")
  }

  /// All keys there are.
  public static let all: [ConfigurationKey] =
    [
      ConfigurationKey(
        path: "log.origin", kind: .text, standard: "localhost/cordon",
        meaning: "The name of the log, fixed when the data directory is made."),
      ConfigurationKey(
        path: "gate.listen", kind: .list, standard: "[127.0.0.1:5300]",
        meaning: "Where the gate answers DNS, by UDP and TCP."),
      ConfigurationKey(
        path: "gate.workers", kind: .number(1...256), standard: "2",
        meaning: "Threads for UDP on each address."),
      ConfigurationKey(
        path: "gate.pin_workers", kind: .flag, standard: "false",
        meaning: "Whether each keeps to one processor and takes what comes in there."),
      ConfigurationKey(
        path: "gate.upstream", kind: .listOrWord(["system", "recursive"]), standard: "system",
        meaning: "Who resolves allowed names: system, recursive, or a list of resolvers."),
      ConfigurationKey(
        path: "gate.cache_mebibytes", kind: .number(1...65_536), standard: "64",
        meaning: "Memory for resolved answers."),
      ConfigurationKey(
        path: "gate.block_page", kind: .list, standard: "[]",
        meaning: "Addresses of the block page, for orders answered with an address."),
      ConfigurationKey(
        path: "gate.recursion.trust_anchor", kind: .text, standard: "/usr/share/dns/root.key",
        meaning: "File with the root's trust anchor, for recursion."),
      ConfigurationKey(
        path: "gate.recursion.root_hints", kind: .text, standard: "\"\"",
        meaning: "File with the root's servers; those built in where empty."),
      ConfigurationKey(
        path: "gate.recursion.stubs", kind: .map, standard: "{}",
        meaning: "Zones asked of certain servers instead: name to address."),
      ConfigurationKey(
        path: "console.listen", kind: .text, standard: "127.0.0.1:8480",
        meaning: "Where the console answers HTTP."),
      ConfigurationKey(
        path: "console.url", kind: .text, standard: "\"\"",
        meaning: "How people reach the console; from console.listen where empty."),
      ConfigurationKey(
        path: "orders.default_scope", kind: .text, standard: "subtree",
        meaning: "Scope of a bare name that gives none: exact or subtree."),
      ConfigurationKey(
        path: "assessment.policies", kind: .text, standard: "\"\"",
        meaning: "Folder of the policies; the one beside the program where empty."),
      ConfigurationKey(
        path: "assessment.suffix_list", kind: .text,
        standard: "/usr/share/publicsuffix/public_suffix_list.dat",
        meaning: "The public suffix list."),
      ConfigurationKey(
        path: "assessment.popularity", kind: .text, standard: "\"\"",
        meaning: "File of popular names (rank,name or a name a line); none where empty."),
      ConfigurationKey(
        path: "assessment.own_names", kind: .list, standard: "[]",
        meaning: "The operator's own names; no order may block them."),
      ConfigurationKey(
        path: "protected", kind: .list, standard: "[]",
        meaning: "Names that nothing blocks, with all below them."),
    ] + clients + doors + traffic + watch + conduct + reports + notices
}
