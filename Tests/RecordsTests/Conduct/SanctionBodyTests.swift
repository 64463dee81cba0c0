import Enforcement
import Foundation
import Testing

@testable import Records

@Suite("Bodies of sanctions") struct SanctionBodyTests {
  /// The same, as the types themselves would be written.
  private struct Plain: Codable {
    var plan: SanctionPlan
    var proposedBy: Actor
    var approvedBy: [Actor]
    var notice: SanctionNotice?
  }

  @Test(arguments: [31, 32, 33] as [UInt64])
  func `bodies are written as the types would be, and read back`(seed: UInt64) async throws {
    var history = try await ConductHistory(seed: seed)
    for _ in 0..<250 { try await history.step() }
    let sanctions = Array(history.office.book.sanctions.values)
    #expect(sanctions.count > 5)
    for sanction in sanctions {
      let body = SanctionBody(
        plan: sanction.plan, proposedBy: sanction.proposedBy, approvedBy: sanction.approvedBy,
        notice: sanction.notice)
      let plain = Plain(
        plan: sanction.plan, proposedBy: sanction.proposedBy, approvedBy: sanction.approvedBy,
        notice: sanction.notice)
      #expect(try body.text == ConductViews.body(plain))
      #expect(SanctionBody(text: try body.text) == body)
    }
  }

  @Test func `a body that lacks something is none`() {
    #expect(SanctionBody(text: "{}") == nil)
    #expect(SanctionBody(text: "[") == nil)
    #expect(SanctionBody(text: #"{"approvedBy":[],"plan":{},"proposedBy":"system"}"#) == nil)
  }
}
