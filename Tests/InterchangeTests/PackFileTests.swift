import Detection
import Foundation
import Testing

@testable import Interchange

@Suite("Pack and model files") struct PackFileTests {
  private static let head = "pack: p\nversion: 1\ntitle: t\nsignals:\n"

  private func pack(_ text: String) -> String {
    do {
      return "read \(try PackFile.read(Array(text.utf8), fileName: "x.yaml").signals.count) signals"
    } catch {
      return error.description
    }
  }

  private func model(_ text: String) -> String {
    do {
      return "read \(try ModelFile.read(Array(text.utf8), fileName: "m.yaml").label)"
    } catch {
      return error.description
    }
  }

  @Test func `a pack gives its signals with all they say`() throws {
    let text = """
      pack: sample
      version: 3
      title: A sample
      signals:
        - id: sample.code
          role: solicitation
          groups: [function, bound]
          languages: [en, zh-Hans]
          weight: 1.5
          minimum_count: 2
          phrases: [invite code, 邀请码]
          patterns: ['code \\d+']
          markup:
            - elements: [script, inline-script]
              hosts: ["*.venue.example"]
              paths: [/join/*]
              query_keys: [ref]
              script: [venue.join]
          context:
            - near: {group: bound, characters: 40}
            - not_within: [code]
          must_match: ["invite code 12, invite code 13", {html: "<p>code 1, code 2</p>"}]
          must_not_match: [{text: "a code"}]
      venues:
        - {id: v, name: Venue, hosts: [venue.example], api_hosts: [api.venue.example]}
      """
    let pack = try PackFile.read(Array(text.utf8), fileName: "sample.yaml")
    #expect(pack.label == "sample@3")
    #expect(
      pack.signals == [
        Signal(
          id: "sample.code", role: .category(.solicitation), languages: ["en", "zh-Hans"],
          phrases: ["invite code", "邀请码"], patterns: ["code \\d+"],
          markup: [
            MarkupPattern(
              elements: [.script, .inlineScript], hosts: ["*.venue.example"], paths: ["/join/*"],
              queryKeys: ["ref"], script: ["venue.join"])
          ],
          groups: ["function", "bound"], weight: 1.5,
          context: [.near(group: "bound", characters: 40), .notWithin([.code])], minimumCount: 2,
          mustMatch: [
            .text("invite code 12, invite code 13"), .html("<p>code 1, code 2</p>"),
          ],
          mustNotMatch: [.text("a code")])
      ])
    #expect(
      pack.venues == [
        Venue(id: "v", name: "Venue", hosts: ["venue.example"], apiHosts: ["api.venue.example"])
      ])
  }

  private static let packFaults = [
    ("", "x.yaml: the file is empty"),
    ("pack: p\nversion: 1\ntitle: t\n", "x.yaml, line 1: “signals” is missing"),
    ("pakc: p\n", "x.yaml, line 1: there is no field “pakc”; was “pack” meant?"),
    (
      head + "  - id: a\n    role: context\n    phrase: [x]\n",
      "x.yaml, line 7, signals: there is no field “phrase”; was “phrases” meant?"
    ),
    (
      head + "  - id: a\n    role: venu\n",
      "x.yaml, line 6, signals.role: there is no “venu”; was “venue” meant?"
    ),
    (
      head + "  - id: a\n    role: venue\n    weight: heavy\n",
      "x.yaml, line 7, signals.weight: “heavy” is no number"
    ),
    (
      head + "  - id: a\n    role: venue\n    weight: 90\n",
      "x.yaml, line 7, signals.weight: 90 is not from -20.0 to 20.0"
    ),
    (
      head + "  - id: a\n    role: venue\n    minimum_count: 1.5\n",
      "x.yaml, line 7, signals.minimum_count: must be a whole number"
    ),
    (
      head + "  - id: a\n    role: venue\n    context:\n      - within: [paragraf]\n",
      "x.yaml, line 8, signals.context.within: there is no “paragraf”; was “paragraph” meant?"
    ),
    (
      head + "  - id: a\n    role: venue\n    context:\n      - near: {group: g}\n",
      "x.yaml, line 8, signals.context.near: “characters” is missing"
    ),
    (
      head + "  - id: a\n    role: venue\n    phrases: word\n",
      "x.yaml, line 7, signals.phrases: must be a list"
    ),
    (
      head + "  - id: a\n    role: venue\n    markup:\n      - elements: [skript]\n",
      "x.yaml, line 8, signals.markup.elements: there is no “skript”; was “script” meant?"
    ),
  ]

  @Test(arguments: packFaults)
  func `a fault of a pack is told with its line and key`(_ text: String, _ sentence: String) {
    #expect(pack(text) == sentence)
  }

  private static let modelHead =
    "model: m\nversion: 2\npacks: [p@1]\nthreshold: 0.5\ncalibration: {slope: 1, intercept: 0}\n"

  private static let modelFaults = [
    (modelHead + "bias: {finding: -1}\nweights:\n  a.b: {finding: 1}\n", "read m@2"),
    (
      modelHead + "bias: {}\nweights:\n  a.b: {findings: 1}\n",
      "m.yaml, line 8, weights.a.b: there is no field “findings”; was “finding” meant?"
    ),
    (
      modelHead + "bias: {}\nweights:\n  a.b: {venue: x}\n",
      "m.yaml, line 8, weights.a.b.venue: “x” is no number"
    ),
    (
      "model: m\nversion: 2\nthreshold: 5\ncalibration: {slope: 1, intercept: 0}\nbias: {}\n"
        + "weights: {}\n",
      "m.yaml, line 3, threshold: 5 is not from 0.01 to 1.0"
    ),
    (
      "model: m\nversion: 2\nthreshold: 0.5\ncalibration: {slope: 1}\nbias: {}\nweights: {}\n",
      "m.yaml, line 4, calibration: “intercept” is missing"
    ),
  ]

  @Test(arguments: modelFaults)
  func `a model file is read, or its fault told with line and key`(
    _ text: String, _ sentence: String
  ) {
    #expect(model(text) == sentence)
  }

  @Test func `octets that are no text and files without an end are refused`() {
    #expect(pack("a: [") != "read 0 signals")
    #expect(throws: PolicyFileError.self) { try PackFile.read([0xFF, 0xFE], fileName: "x.yaml") }
    #expect(throws: PolicyFileError.self) {
      try PackFile.read(
        [UInt8](repeating: 0x20, count: PolicyReader.maximumOctets + 1), fileName: "x.yaml")
    }
  }
}
