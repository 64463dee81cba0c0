internal import Enforcement
internal import Watch

/// Keeps pages as WARC files in the data directory.
struct CaptureArchive: Capturing {
  private let store: CaptureStore

  init(directory: String) throws(CaptureError) {
    store = try CaptureStore(directory: directory, software: "Cordon/0.1")
  }

  func keep(
    _ exchanges: [Exchange], rendered: [UInt8]?, screenshot: [UInt8]?
  ) async throws -> Enforcement.CaptureReference {
    let kept = try await store.capture(exchanges)
    let made: [(prefix: String, type: String, content: [UInt8]?)] = [
      ("urn:rendered:", "text/html;charset=utf-8", rendered),
      ("urn:view:", "image/png", screenshot),
    ]
    for (prefix, type, content) in made {
      guard let content else { continue }
      _ = try await store.capture(
        CapturedResource(
          target: prefix + kept.url, mediaType: type, time: kept.time, content: content), of: kept)
    }
    guard let payload = ContentDigest(hex: kept.payloadDigest) else {
      throw DeskFault("the capture in \(kept.file) has no digest")
    }
    return Enforcement.CaptureReference(
      file: kept.file, offset: Int64(kept.offset), payload: payload)
  }

  func settle() async throws { try await store.settle() }
}
