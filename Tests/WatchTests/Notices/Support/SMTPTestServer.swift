import NIOCore
import NIOPosix
import Synchronization

/// A mail server on loopback that follows a script: it speaks SMTP as RFC 5321 has it, and fails
/// where it is told to.
final class SMTPTestServer: Sendable {
  /// Where it fails; what is not named succeeds.
  struct Script: Sendable {
    /// What is said first; nil to say nothing.
    var greeting: String? = "220 mail.example ESMTP"
    var extensions = ["SIZE 10000000", "8BITMIME"]
    var sender = "250 ok"
    var recipient = "250 ok"
    var data = "354 go on"
    /// What is said once the message is there; nil to hang up without a word.
    var end: String? = "250 2.0.0 queued"
  }

  /// A message as it came, dots undone.
  struct Message: Sendable {
    var greeting = ""
    var sender = ""
    var recipients: [String] = []
    var octets: [UInt8] = []
  }

  private let channel: any Channel
  private let state: State

  private final class State: Sendable {
    let script: Script
    let messages = Mutex<[Message]>([])
    let commands = Mutex<[String]>([])
    init(script: Script) { self.script = script }
  }

  static func started(_ script: Script = Script()) async throws -> SMTPTestServer {
    let state = State(script: script)
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Handler(state: state))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return SMTPTestServer(channel: channel, state: state)
  }

  private init(channel: any Channel, state: State) {
    self.channel = channel
    self.state = state
  }

  var port: Int { channel.localAddress?.port ?? 0 }
  /// The messages that came in whole.
  var messages: [Message] { state.messages.withLock { $0 } }
  /// The commands of all connections.
  var commands: [String] { state.commands.withLock { $0 } }

  func stop() async throws { try await channel.close() }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let state: State
    private var pending: [UInt8] = []
    private var message = Message()
    private var isInData = false

    init(state: State) { self.state = state }

    func channelActive(context: ChannelHandlerContext) {
      if let greeting = state.script.greeting { say(greeting, context) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      pending += unwrapInboundIn(data).readableBytesView
      while let end = pending.firstIndex(of: 0x0A) {
        let line = Array(pending[..<end].dropLast())
        pending.removeFirst(end + 1)
        if isInData { take(line, context) } else { obey(line, context) }
      }
    }

    private func take(_ line: [UInt8], _ context: ChannelHandlerContext) {
      guard line != [UInt8(ascii: ".")] else {
        isInData = false
        state.messages.withLock { [message] in $0.append(message) }
        if let end = state.script.end { say(end, context) } else { context.close(promise: nil) }
        return
      }
      let undone = line.first == UInt8(ascii: ".") ? Array(line.dropFirst()) : line
      message.octets += undone + [0x0D, 0x0A]
    }

    private func obey(_ line: [UInt8], _ context: ChannelHandlerContext) {
      let command = String(decoding: line, as: UTF8.self)
      state.commands.withLock { $0.append(command) }
      let verb = command.prefix { $0 != " " && $0 != ":" }.uppercased()
      switch verb {
      case "EHLO":
        message.greeting = String(command.dropFirst(5))
        let names = ["mail.example"] + state.script.extensions
        for (index, name) in names.enumerated() {
          say("250\(index == names.count - 1 ? " " : "-")\(name)", context)
        }
      case "HELO", "RSET", "NOOP": say("250 ok", context)
      case "MAIL":
        message.sender = command
        say(state.script.sender, context)
      case "RCPT":
        message.recipients.append(command)
        say(state.script.recipient, context)
      case "DATA":
        isInData = state.script.data.hasPrefix("354")
        say(state.script.data, context)
      case "QUIT":
        say("221 bye", context)
        context.close(promise: nil)
      default: say("502 what?", context)
      }
    }

    private func say(_ line: String, _ context: ChannelHandlerContext) {
      context.writeAndFlush(
        wrapOutboundOut(context.channel.allocator.buffer(string: line + "\r\n")), promise: nil)
    }
  }
}
