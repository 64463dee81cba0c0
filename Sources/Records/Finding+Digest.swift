public import Enforcement
internal import TransparencyLog

extension Finding {
  /// A finding with the digest of its evidence made.
  ///
  /// - Parameters: see ``Enforcement/Finding``.
  public static func made(
    on site: Site, url: String, address: String? = nil, category: FindingCategory, score: Double,
    language: String?, evidence: [EvidencePiece], packs: [String], capture: CaptureReference?,
    seen: Instant
  ) throws(StoreError) -> Finding {
    let kept = Array(evidence.prefix(evidenceLimit))
    let material = evidenceMaterial(category: category, evidence: kept)
    guard let digest = ContentDigest(hex: Digest.sha256(of: material).hex) else {
      throw .corrupt("a digest is no digest")
    }
    return Finding(
      site: site, url: url, address: address, category: category, score: score, language: language,
      evidence: kept,
      packs: packs, capture: capture, evidenceDigest: digest, seen: seen)
  }
}
