internal import Foundation
internal import NIOCore
internal import NIOPosix

/// A running browser: the process, the conversation with it, and the directory that it writes to.
struct Browser: Sendable {
  let process: BrowserProcess
  let connection: DevToolsConnection
  /// What it calls itself in requests.
  let userAgent: String
  private let profile: String

  /// The longest that it may take to start.
  private static let startTime = TimeAmount.seconds(20)

  /// Starts a browser.
  static func start(
    program: String?, user: String, group: any EventLoopGroup
  ) async throws(RenderFailure) -> Browser {
    let places = program.map { [$0] } ?? BrowserCommand.usualPlaces
    guard let program = places.first(where: FileManager.default.isExecutableFile) else {
      throw .noBrowser(places.joined(separator: ", "))
    }
    let profile = try makeProfile(for: user)
    let command = BrowserCommand(program: program, profile: profile, user: user)
    do {
      let eventLoop = group.next()
      let process = try await BrowserProcess.start(
        command.arguments(isRoot: isRoot), environment: command.environment, log: command.log,
        eventLoop: eventLoop)
      return try await meet(process, profile: profile, on: eventLoop)
    } catch {
      let reason = reason(for: error, log: command.log)
      try? FileManager.default.removeItem(atPath: profile)
      throw .browser(reason)
    }
  }

  private static func meet(
    _ process: BrowserProcess, profile: String, on eventLoop: any EventLoop
  ) async throws -> Browser {
    do {
      let connection = try await DevToolsConnection.open(process, on: eventLoop)
      let version = try await connection.ask(
        "Browser.getVersion", timeout: startTime, as: PageCommands.Version.self)
      return Browser(
        process: process, connection: connection, userAgent: version.userAgent, profile: profile)
    } catch {
      process.kill()
      try? await process.ended.get()
      throw error
    }
  }

  /// Ends the browser, and removes what it wrote.
  func stop() async {
    connection.close()
    process.kill()
    try? await process.ended.get()
    try? FileManager.default.removeItem(atPath: profile)
  }

  // MARK: Where and as whom

  static var isRoot: Bool { geteuid() == 0 }

  /// A new directory that only the browser's user can enter.
  private static func makeProfile(for user: String) throws(RenderFailure) -> String {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("cordon-browser-\(UUID().uuidString)").path
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      if isRoot {
        try FileManager.default.setAttributes([.ownerAccountName: user], ofItemAtPath: path)
      }
    } catch {
      try? FileManager.default.removeItem(atPath: path)
      throw .browser("no directory \(path) can be made for it: \(error.localizedDescription)")
    }
    return path
  }

  /// What is wrong, in a sentence: what the browser wrote last says more than that it ended.
  private static func reason(for error: any Error, log: String) -> String {
    let written = FileManager.default.contents(atPath: log) ?? Data()
    let lines = String(decoding: written.suffix(4096), as: UTF8.self).split(separator: "\n")
    if lines.contains(where: { $0.localizedCaseInsensitiveContains("sandbox") }) {
      return "its sandbox cannot run here, and it is never run without one: allow user "
        + "namespaces to unprivileged users (kernel.unprivileged_userns_clone, "
        + "user.max_user_namespaces, AppArmor)"
    }
    let last = lines.last.map { "; it wrote: \($0.prefix(300))" } ?? ""
    return "\(error)\(last)"
  }
}
