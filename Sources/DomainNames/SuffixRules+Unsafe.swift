internal import CPsl
internal import Glibc

/// The rules of a public suffix list, as libpsl holds them.
///
/// Safety: a context of libpsl does not change after it is loaded, and its queries only read, so
/// threads may share it. A loaded context is freed with its owner; the built-in one never.
final class SuffixRules: @unchecked Sendable {
  // Unchecked: libpsl only reads the context after it is loaded.
  private let context: OpaquePointer
  private let isOwned: Bool

  private init(context: OpaquePointer, isOwned: Bool) {
    self.context = context
    self.isOwned = isOwned
  }

  deinit {
    if isOwned { psl_free(context) }
  }

  /// The list compiled into libpsl, if there is one.
  static var builtin: SuffixRules? {
    psl_builtin().map { SuffixRules(context: $0, isOwned: false) }
  }

  /// Loads the text of a list; nil where libpsl refuses it.
  convenience init?(list: [UInt8]) {
    // libpsl only reads; the stream needs memory that is typed as writable.
    var list = list
    let context = list.withUnsafeMutableBytes { octets -> OpaquePointer? in
      guard octets.count > 0, let stream = fmemopen(octets.baseAddress, octets.count, "r") else {
        return nil
      }
      defer { fclose(stream) }
      return psl_load_fp(stream)
    }
    guard let context else { return nil }
    self.init(context: context, isOwned: true)
  }

  /// The number of labels of a name's public suffix; an unlisted top-level domain counts as one.
  func suffixLabels(of name: String) -> Int {
    name.withCString { text in
      guard text.pointee != 0, let suffix = psl_unregistrable_domain(context, text) else {
        return 0
      }
      return String(cString: suffix).split(separator: ".").count
    }
  }

  /// The section that lists exactly this name, or nil.
  func section(of name: String) -> PublicSuffixes.Section? {
    if isListed(name, in: PSL_TYPE_ICANN) { return .icann }
    return isListed(name, in: PSL_TYPE_PRIVATE) ? .private : nil
  }

  private func isListed(_ name: String, in sections: Int32) -> Bool {
    psl_is_public_suffix2(context, name, sections | PSL_TYPE_NO_STAR_RULE) == 1
  }
}
