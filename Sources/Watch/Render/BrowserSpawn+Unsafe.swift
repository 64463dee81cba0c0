internal import Foundation
internal import NIOCore
internal import Synchronization

// Safety: the argument and environment arrays hold copies made by `strdup`, end with a null, live
// until after `posix_spawn` has returned and are freed exactly once. `posix_spawn` keeps none of
// them. The file actions and attributes are initialised before use and destroyed on every path.
// No other pointer leaves this file.

/// A child process with a pipe to and one from it, on its descriptors 3 and 4.
///
/// The thread that starts it waits for it: a parent-death signal, which follows the thread and not
/// the process, can so be asked for; and there is never a process that nobody waits for.
final class BrowserProcess: Sendable {
  /// Our end of the pipe that the child reads (its descriptor 3).
  let input: CInt
  /// Our end of the pipe that the child writes (its descriptor 4).
  let output: CInt

  private enum State {
    case running(pid_t)
    case ended
  }
  private let state: Mutex<State>
  private let exit: EventLoopPromise<Void>

  /// Fulfilled when the child has ended and is no process any more.
  var ended: EventLoopFuture<Void> { exit.futureResult }

  /// The child's number while it is a process.
  var number: Int32? {
    state.withLock { state in
      if case .running(let pid) = state { pid } else { nil }
    }
  }

  private init(pid: pid_t, input: CInt, output: CInt, exit: EventLoopPromise<Void>) {
    self.input = input
    self.output = output
    self.exit = exit
    state = Mutex(.running(pid))
  }

  /// Starts a program, in a process group of its own.
  ///
  /// - Parameters:
  ///   - command: the program's path and its arguments.
  ///   - environment: the whole environment, as `NAME=value`.
  ///   - log: the file that takes what it writes on its standard outputs.
  ///   - eventLoop: where the end is announced.
  /// - Returns: the running child.
  /// - Throws: `IOError` where the system starts no process.
  static func start(
    _ command: [String], environment: [String], log: String, eventLoop: any EventLoop
  ) async throws -> BrowserProcess {
    let exit = eventLoop.makePromise(of: Void.self)
    do {
      return try await withCheckedThrowingContinuation { continuation in
        let thread = Thread {
          do {
            let process = try spawn(command, environment: environment, log: log, exit: exit)
            continuation.resume(returning: process)
            process.wait()
          } catch {
            continuation.resume(throwing: error)
          }
        }
        thread.name = "browser"
        thread.start()
      }
    } catch {
      exit.fail(error)
      throw error
    }
  }

  /// Ends the child and what it started; nothing if it has ended.
  func kill() {
    state.withLock { state in
      // While the state says so, the number is still the child's: it is waited for under this lock.
      if case .running(let pid) = state { _ = Foundation.kill(-pid, SIGKILL) }
    }
  }

  private func wait() {
    guard let pid = number else { return }
    var info = siginfo_t()
    while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    state.withLock { state in
      // What the browser started has its group: none of it outlives the browser.
      _ = Foundation.kill(-pid, SIGKILL)
      _ = waitpid(pid, nil, 0)
      state = .ended
    }
    exit.succeed()
  }

  private static func spawn(
    _ command: [String], environment: [String], log: String, exit: EventLoopPromise<Void>
  ) throws -> BrowserProcess {
    let toChild = try pipe()
    let fromChild: (read: CInt, write: CInt)
    do {
      fromChild = try pipe()
    } catch {
      closeAll([toChild.read, toChild.write])
      throw error
    }
    defer { closeAll([toChild.read, fromChild.write]) }
    do {
      let pid = try spawn(
        command, environment: environment, log: log, reading: toChild.read,
        writing: fromChild.write)
      return BrowserProcess(pid: pid, input: toChild.write, output: fromChild.read, exit: exit)
    } catch {
      closeAll([toChild.write, fromChild.read])
      throw error
    }
  }

  private static func spawn(
    _ command: [String], environment: [String], log: String, reading: CInt, writing: CInt
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    posix_spawn_file_actions_adddup2(&actions, reading, 3)
    posix_spawn_file_actions_adddup2(&actions, writing, 4)
    // The child starts with no signal blocked or ignored, whatever this process does with them.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    keepDescriptors()
    let arguments = command.map { strdup($0) }
    let variables = environment.map { strdup($0) }
    defer { (arguments + variables).forEach { free($0) } }
    var pid = pid_t()
    let fault = posix_spawn(
      &pid, command[0], &actions, &attributes, arguments + [nil], variables + [nil])
    guard fault == 0 else { throw IOError(errnoCode: fault, reason: "posix_spawn \(command[0])") }
    return pid
  }

  /// A pipe whose ends close with an exec, and are none of the numbers that the child is given.
  private static func pipe() throws -> (read: CInt, write: CInt) {
    var ends: [CInt] = [-1, -1]
    guard Foundation.pipe(&ends) == 0 else { throw IOError(errnoCode: errno, reason: "pipe") }
    defer { closeAll(ends) }
    let read = fcntl(ends[0], F_DUPFD_CLOEXEC, 10)
    guard read >= 0 else { throw IOError(errnoCode: errno, reason: "fcntl") }
    let write = fcntl(ends[1], F_DUPFD_CLOEXEC, 10)
    guard write >= 0 else {
      closeAll([read])
      throw IOError(errnoCode: errno, reason: "fcntl")
    }
    return (read, write)
  }

  /// Marks every open descriptor to close with an exec: the child is to have its five alone.
  private static func keepDescriptors() {
    let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    for descriptor in open.compactMap({ CInt($0) }) where descriptor > 2 {
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
  }

  private static func closeAll(_ descriptors: [CInt]) {
    for descriptor in descriptors { close(descriptor) }
  }
}
