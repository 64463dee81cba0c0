import Testing

@testable import Conduct

struct IntakeGateTests {
  @Test func `what finds no room is turned away with a time, and room comes back`() async throws {
    let gate = IntakeGate(postLimit: 10, octetLimit: 1_000)
    try await gate.admit(posts: 8, octets: 10) {
      #expect(gate.postsUnderWay == 8)
      let full = await #expect(throws: IntakeGate.Full.self) {
        try await gate.admit(posts: 3, octets: 10) {}
      }
      #expect((1...30).contains(full?.retryAfter ?? 0))
      await #expect(throws: IntakeGate.Full.self) {
        try await gate.admit(posts: 1, octets: 1_000) {}
      }
      try await gate.admit(posts: 2, octets: 10) { #expect(gate.postsUnderWay == 10) }
    }
    #expect(gate.postsUnderWay == 0 && gate.turnedAway == 2)
    try await gate.admit(posts: 10, octets: 10) {}
  }

  @Test func `one batch alone is let in whatever its size, and a failure leaves no trace`()
    async throws
  {
    struct Failure: Error {}
    let gate = IntakeGate(postLimit: 10, octetLimit: 1_000)
    try await gate.admit(posts: 100, octets: 5_000) {}
    await #expect(throws: Failure.self) {
      try await gate.admit(posts: 5, octets: 5) { throw Failure() }
    }
    #expect(gate.postsUnderWay == 0)
  }
}
