internal import Detection
internal import Egress
internal import Watch

/// Fetches the pages that a person asks about, one at a time.
///
/// Each is one request that a person makes, so that robots.txt, which is for crawlers, is not asked.
/// No address is connected to that the guard refuses.
struct ScanFetching {
  private let configuration: CordonConfiguration

  init(_ configuration: CordonConfiguration) {
    self.configuration = configuration
  }

  /// Hands each page on as it comes; answers how many could not be had.
  func pages(
    _ addresses: [String], output: DeskOutput, _ body: (ScanSubject) async throws -> Void
  ) async throws -> Int {
    guard !addresses.isEmpty else { return 0 }
    let fetcher = try Fetcher(
      policy: FetchPolicy(version: ProgramVersion.text, contact: configuration.watch.contactURL),
      addressGuard: AddressGuard(
        rules: AddressGuard.Rules(exceptions: configuration.watch.exceptions)),
      now: SystemClock.now)
    var failures = 0
    let outcome: Result<Void, any Error>
    do {
      for address in addresses {
        switch await fetcher.fetch(FetchRequest(url: address)) {
        case .fetched(let page): try await body(subject(page, asked: address))
        case .notModified: continue
        case .failed(let failure, _):
          failures += 1
          try await output.err("failed: \(address): \(failure)")
        }
      }
      outcome = .success(())
    } catch {
      outcome = .failure(error)
    }
    await fetcher.shutDown()
    try outcome.get()
    return failures
  }

  private func subject(_ page: FetchedPage, asked: String) -> ScanSubject {
    let isText = page.mediaType == "text/plain"
    return ScanSubject(
      id: .text(asked),
      subject: Subject(
        url: page.url, content: isText ? .text(page.content) : .html(page.content)))
  }
}
