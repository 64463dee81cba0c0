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

  /// One index of this one and `overlay`, which has the same key and shadows it.
  func merged(under overlay: NameIndex, key: Key) -> NameIndex {
    var assembly = NameTableAssembly(
      hash: NameHash(key), capacity: count + overlay.count)
    assembly.addRecords(of: table) { fingerprint, record in
      overlay.table.record(fingerprint: fingerprint, name: record.name) == nil
    }
    assembly.addRecords(of: overlay.table) { _, record in !record.contents.isEmpty }
    defer {
      withExtendedLifetime(storage) {}
      withExtendedLifetime(overlay.storage) {}
    }
    return assembly.finish(key: key)
  }
}
