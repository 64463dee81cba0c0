extension NameIndex {
  /// Looks a name up where the records of `overlay`, which has the same key, shadow those here.
  func lookup(
    _ name: Span<UInt8>, under overlay: NameIndex, accept: (RuleNumber) -> Bool
  ) -> Lookup {
    let top = overlay.table.depths == 0 ? nil : overlay.table
    let lookup = table.lookup(name, hash: hash, under: top, accept: accept)
    withExtendedLifetime(storage) {}
    withExtendedLifetime(overlay.storage) {}
    return lookup
  }
}
