extension NameIndex {
  /// Looks a name up where the records of `overlay`, which has the same key, shadow those here.
  func lookup(
    _ name: Span<UInt8>, under overlay: NameIndex, probed probe: NameProbe,
    accept: (RuleNumber) -> Bool
  ) -> Lookup {
    let top = overlay.table.depths == 0 ? nil : overlay.table
    let lookup = table.lookup(name, hash: hash, under: top, probed: probe, accept: accept)
    withExtendedLifetime(storage) {}
    withExtendedLifetime(overlay.storage) {}
    return lookup
  }
}
