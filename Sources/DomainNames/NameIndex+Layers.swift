extension NameIndex {
  /// Looks a name up where the records of `overlay`, which has the same key, shadow those here.
  ///
  /// Nearly all names of a batch were probed as they stand, and mostly nothing lies on top: only that
  /// way is short enough to stay in the processor's cache beside the kernel's code.
  @inline(__always)
  func lookup(
    _ name: Span<UInt8>, under overlay: NameIndex, probed probe: NameProbe,
    accept: (RuleNumber) -> Bool
  ) -> Lookup {
    let lookup =
      probe.isVerbatim && probe.length == name.count &- 1 && overlay.isEmptyTable
      ? table.lookup(name, probed: probe, accept: accept)
      : lookupAnyhow(name, under: overlay, probed: probe, accept: accept)
    withExtendedLifetime(storage) {}
    withExtendedLifetime(overlay.storage) {}
    return lookup
  }

  @inline(never)
  private func lookupAnyhow(
    _ name: Span<UInt8>, under overlay: NameIndex, probed probe: NameProbe,
    accept: (RuleNumber) -> Bool
  ) -> Lookup {
    table.lookup(
      name, hash: hash, under: overlay.isEmptyTable ? nil : overlay.table, probed: probe,
      accept: accept)
  }

  /// Whether there is no record at all.
  @inline(__always)
  var isEmptyTable: Bool { table.depths == 0 }
}
