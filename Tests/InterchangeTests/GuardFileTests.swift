import DomainNames
import Enforcement
import Foundation
import Testing

@testable import Interchange

@Suite("Guard lists and popularity files") struct GuardFileTests {
  private func error(_ text: String) -> String {
    do {
      return "read \(try GuardFile.read(Array(text.utf8), fileName: "x.yaml").count) entries"
    } catch {
      return error.description
    }
  }

  @Test func `a guard file gives its entries in order`() throws {
    let text = """
      # networks
      kind: app-store
      decision: hold        # hold | refuse
      names:
        - name: B.example
          note: a store
        - a.example
        - name: münchen.example
      """
    let entries = try GuardFile.read(Array(text.utf8), fileName: "app-store.yaml")
    #expect(
      entries == [
        GuardEntry(name: Sample.name("b.example"), kind: .appStore, note: "a store"),
        GuardEntry(name: Sample.name("a.example"), kind: .appStore),
        GuardEntry(name: Sample.name("xn--mnchen-3ya.example"), kind: .appStore),
      ])
  }

  private static let faults = [
    ("", "x.yaml: the file is empty"),
    ("- a\n", "x.yaml, line 1: must give kind, decision, names"),
    ("kind: cdn\nnames: [a.example]\n", "x.yaml: “decision” is missing"),
    (
      "kind: cnd\ndecision: hold\nnames: [a.example]\n",
      "x.yaml, line 1: there is no kind “cnd”; was “cdn” meant?"
    ),
    (
      "kind: cdn\ndecision: refuse\nnames: [a.example]\n",
      "x.yaml, line 2: names of kind cdn are always “hold”"
    ),
    (
      "kind: cdn\ndecision: maybe\nnames: [a.example]\n",
      "x.yaml, line 2: “decision” must be hold or refuse, not “maybe”"
    ),
    (
      "kind: cdn\ndecison: hold\nnames: [a.example]\n",
      "x.yaml, line 2: there is no field “decison”; was “decision” meant?"
    ),
    ("kind: cdn\ndecision: hold\nnames: a.example\n", "x.yaml, line 3: “names” must be a list"),
    ("kind: cdn\ndecision: hold\nnames: []\n", "x.yaml, line 3: “names” is empty"),
    (
      "kind: cdn\ndecision: hold\nnames:\n  - name: a..example\n",
      """
      x.yaml, line 4: “a..example”: This is not a domain name: the name has an empty label (two \
      dots in a row, or a dot in front).
      """
    ),
    (
      "kind: cdn\ndecision: hold\nnames:\n  - name: https://a.example\n",
      "x.yaml, line 4: “https://a.example” must be a bare name"
    ),
    (
      "kind: cdn\ndecision: hold\nnames:\n  - a.example\n  - A.example\n",
      "x.yaml, line 5: a.example stands on line 4 already"
    ),
    (
      "kind: cdn\ndecision: hold\nnames:\n  - nmae: a.example\n",
      "x.yaml, line 4: there is no field “nmae”; was “name” meant?"
    ),
    ("kind: cdn\ndecision: hold\nnames:\n  - note: x\n", "x.yaml, line 4: the entry has no “name”"),
  ]

  @Test(arguments: faults)
  func `a fault of a guard file is named with its line`(text: String, message: String) {
    #expect(error(text) == message)
  }

  @Test func `what is not YAML, or gives a key twice, is refused with its line`() {
    #expect(error("kind: cdn\nnames: [a\n").hasPrefix("x.yaml, line "))
    #expect(error("kind: cdn\nkind: cdn\n").contains("“kind” is given twice"))
    #expect(error("kind: cdn\n\u{0}").hasPrefix("x.yaml"))
  }

  @Test func `each list in Policies is read, and has its file's kind`() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Policies/guard")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }
    #expect(!files.isEmpty)
    for file in files {
      let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(file)))
      let entries = try GuardFile.read(bytes, fileName: file)
      #expect(entries.allSatisfy { "\($0.kind.rawValue).yaml" == file })
    }
  }

  @Test func `a popularity file is put in the order of its ranks`() throws {
    let text =
      "# list\n3,c.example\n1,A.example\n\n2, b.example \nrank,name\n4,\n-1,x.example\nx y\n"
    let file = try PopularityFile.read(Array(text.utf8))
    #expect(file.names.map(\.description) == ["a.example", "b.example", "c.example"])
    #expect(file.badLineCount == 4)
    #expect(file.badLines.map(\.line) == [6, 7, 8, 9])
    #expect(
      file.badLines.first?.description == "line 6: “rank,name” is neither a name nor rank,name")
  }

  @Test func `a popularity file without ranks keeps its order`() throws {
    let file = try PopularityFile.read(Array("b.example\r\na.example # x\r\nmünchen.example".utf8))
    #expect(
      file.names.map(\.description) == ["b.example", "a.example", "xn--mnchen-3ya.example"])
    #expect(file.badLineCount == 0)
  }

  @Test func `only the first bad lines are kept, all are counted`() throws {
    let file = try PopularityFile.read(Array(String(repeating: "a b\n", count: 100).utf8))
    #expect(file.badLineCount == 100)
    #expect(file.badLines.count == PopularityFile.maximumBadLines)
  }

  @Test func `an error's column and limits stay readable`() {
    let error = OrderFileError.unknownKey(String(repeating: "k", count: 500), nearest: nil, line: 1)
    #expect(error.description.count < 120)
  }
}
