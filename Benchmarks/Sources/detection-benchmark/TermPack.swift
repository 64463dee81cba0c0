import Detection

/// The terms as a pack: ten a signal, as packs of the project have them.
enum TermPack {
  static func pack(of terms: [String]) -> Pack {
    let signals = stride(from: 0, to: terms.count, by: 10).map { start in
      Signal(
        id: "terms.group-\(start / 10)", role: .category(.solicitation),
        phrases: Array(terms[start..<min(start + 10, terms.count)]))
    }
    return Pack(name: "terms", version: 1, title: "Terms of the benchmark", signals: signals)
  }
}
