import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import Watch

/// How the browser is started, confined and ended.
@Suite(.serialized, .timeLimit(.minutes(2))) struct BrowserProcessTests {
  private func start() async throws -> Browser {
    try await Browser.start(
      program: nil, user: "nobody", group: MultiThreadedEventLoopGroup.singleton)
  }

  /// What the kernel says of a process, by field.
  private func status(of number: Int32) -> [String: String] {
    let text = (try? String(contentsOfFile: "/proc/\(number)/status", encoding: .utf8)) ?? ""
    return Dictionary(
      text.split(separator: "\n").compactMap { line in
        let sides = line.split(separator: ":", maxSplits: 1)
        return sides.count == 2
          ? (String(sides[0]), sides[1].trimmingCharacters(in: .whitespaces)) : nil
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Processes of a group that are not only waiting to be buried.
  private func members(ofGroup group: Int32) -> [Int32] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.compactMap { Int32($0) }.filter {
      getpgid($0) == group && status(of: $0)["State"]?.hasPrefix("Z") != true
    }
  }

  @Test func `pages run in a sandbox, and without privileges`() async throws {
    let browser = try await start()
    let number = try #require(browser.process.number)
    let members = members(ofGroup: number)
    let confined = members.filter { status(of: $0)["Seccomp"] == "2" }
    #expect(!confined.isEmpty)
    for member in members {
      #expect(status(of: member)["NoNewPrivs"] == "1")
      #expect(status(of: member)["Uid"]?.hasPrefix("0\t") == false)
    }
    await browser.stop()
  }

  @Test func `a browser that is ended leaves no process`() async throws {
    let browser = try await start()
    let number = try #require(browser.process.number)
    await browser.stop()
    #expect(browser.process.number == nil)
    #expect(members(ofGroup: number).isEmpty)
  }

  @Test func `a browser ends by itself when nobody speaks to it any more`() async throws {
    let browser = try await start()
    browser.connection.close()
    try await browser.process.ended.get()
    #expect(browser.process.number == nil)
    await browser.stop()
  }

  @Test(.timeLimit(.minutes(2)))
  func `a browser that dies under a page is started anew for the next`() async throws {
    let site = try await LoopbackSite(["/": .html("<p>here"), "/never": .silence])
    let renderer = ChromiumRenderer(
      settings: .init(), permitting: KnownHosts(ports: ["site.test": site.port]))
    async let lost = renderer.visit("http://site.test/never")
    while site.paths.isEmpty, !Task.isCancelled { await Task.yield() }
    await renderer.browserProcess?.kill()
    guard case .failed(.browser) = await lost.outcome else {
      Issue.record("a page was shown by a browser that had died")
      return
    }
    guard case .rendered(let page) = await renderer.visit("http://site.test/").outcome else {
      Issue.record("no page was shown after the browser had died")
      return
    }
    #expect(String(decoding: page.html, as: UTF8.self).contains("here"))
    await renderer.close()
    try await site.close()
  }

  @Test func `a program that is not there, or is no browser, is said to be so`() async throws {
    let places = [("/nowhere/chromium", true), ("/bin/true", false)]
    for (place, isMissing) in places {
      let renderer = ChromiumRenderer(
        settings: .init(program: place), permitting: KnownHosts(ports: [:]))
      switch await renderer.render("http://site.test/") {
      case .failed(.noBrowser): #expect(isMissing)
      case .failed(.browser): #expect(!isMissing)
      case .failed(let failure): Issue.record("\(failure)")
      case .rendered: Issue.record("a page was shown by \(place)")
      }
      await renderer.close()
    }
  }
}
