import DNSWire
import DomainNames
import Testing

@Suite("A kept answer for another query")
struct AnswerPatchTests {
  private func query(_ text: String) throws -> [UInt8] {
    var wireName: [UInt8] = []
    for label in text.split(separator: ".") { wireName += [UInt8(label.utf8.count)] + label.utf8 }
    let question = try Question(wireName: wireName + [0], type: .a)
    return Message(id: 0xABCD, questions: [question]).encoded()
  }

  private func copyCase(from datagram: [UInt8], to answer: inout [UInt8]) throws -> Bool {
    guard case .query(let view) = QuestionView.parse(datagram.span) else {
      throw WireError.truncated(at: 0)
    }
    var octets = answer.mutableSpan
    return AnswerPatch.copyQuestionCase(of: view, in: datagram.span, to: &octets)
  }

  @Test func `the id is the query's`() {
    var octets = Message(id: 1).encoded()
    var span = octets.mutableSpan
    AnswerPatch.setID(0xABCD, in: &span)
    #expect(octets == Message(id: 0xABCD).encoded())
  }

  @Test func `too few octets stay as they are`() {
    var octets: [UInt8] = [1, 2, 3]
    var span = octets.mutableSpan
    AnswerPatch.setID(0xABCD, in: &span)
    #expect(octets == [1, 2, 3])
  }

  @Test func `the question takes the asker's case and owners follow it`() throws {
    let lower = try query("www.example.test")
    var answer = try Message(parsing: lower)
    answer.answers = [
      try #require(Record(owner: answer.questions[0].name, ttl: 1, address: [1, 2, 3, 4]))
    ]
    var octets = answer.encoded()
    let mixed = try query("wWw.EXAMPLE.tesT")
    #expect(try copyCase(from: mixed, to: &octets))
    #expect(try Message(parsing: octets).questions == (try Message(parsing: mixed)).questions)
    #expect(try Message(parsing: octets).answers == answer.answers)
  }

  @Test func `another name is left alone`() throws {
    let original = try query("www.example.test")
    for other in ["wwx.example.test", "www.example.test.longer", "ww.wexample.test"] {
      var octets = original
      #expect(try !copyCase(from: try query(other), to: &octets))
      #expect(octets == original)
    }
    var short = Array(original[..<20])
    #expect(try !copyCase(from: original, to: &short))
  }
}
