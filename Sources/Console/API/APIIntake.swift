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
    let octets = try await Self.body(of: request)
    let screened = try await desk.screen(octets, on: call["platform"], by: try call.actor())
    return Response(
      status: .ok, headers: [.contentType: "application/x-ndjson"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: screened.answers)))
  }

  /// The lines of a batch.
  static func body(of request: Request) async throws(APIProblem) -> [UInt8] {
    do {
      return Array(try await request.body.collect(upTo: octetLimit).readableBytesView)
    } catch is NIOTooManyBytesError {
      throw .tooLarge(octetLimit)
    } catch {
      throw .malformed("the body broke off; send the batch again: nothing counts twice")
    }
  }
}
