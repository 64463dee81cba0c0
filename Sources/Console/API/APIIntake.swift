internal import Conduct
internal import Enforcement
internal import Hummingbird
internal import NIOCore

/// Takes posts in from a platform: lines of JSON, as many as fit into a batch.
struct APIIntake {
  let desk: Desk

  /// The most octets of a batch.
  static let octetLimit = Screener.octetLimit

  /// Reads the batch, has it screened, and answers a line each.
  ///
  /// Where too much is under way the batch is turned away whole before anything of it is taken.
  func answer(_ call: APICall, _ request: Request) async throws -> Response {
    _ = try desk.platform(call["platform"])
    let octets: [UInt8]
    do {
      octets = Array(try await request.body.collect(upTo: Self.octetLimit).readableBytesView)
    } catch is NIOTooManyBytesError {
      throw APIProblem.tooLarge(Self.octetLimit)
    } catch {
      throw APIProblem.malformed("the body broke off; send the batch again: nothing counts twice")
    }
    let screened = try await desk.screen(octets, on: call["platform"], by: try call.actor())
    return Response(
      status: .ok, headers: [.contentType: "application/x-ndjson"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: screened.answers)))
  }
}
