import ArgumentParser
import Console
import Foundation

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Runs the whole system in one process.")

  @OptionGroup var common: CommonOptions

  @Flag(help: "Run on a throw-away store, with the sample order in force.")
  var demo = false

  @Flag(help: "Do not record what time brings about; the gate still reads its clock.")
  var withoutJobs = false

  func run() async throws {
    do {
      let configuration = try common.loadConfiguration()
      var place =
        demo
        ? try DemoStore(configuration: configuration)
        : nil
      let made = place
      defer { made?.remove() }
      try await place?.fill()
      let server = try await Server(
        directory: place?.directory ?? common.dataDirectory,
        configuration: place?.configuration ?? configuration, runsJobs: !withoutJobs)
      let greeting =
        place?.greeting(of: server, program: CommandLine.arguments[0]) ?? server.greeting
      try await Terminal.output.out(Array(greeting.utf8))
      try await server.run()
    } catch let code as ArgumentParser.ExitCode {
      throw code
    } catch {
      try Terminal.fail(.failed, "failed: \(error)")
    }
  }
}
