internal import Glibc

/// How many files and sockets this process may hold open.
enum OpenFileLimit {
  /// Raises the limit as far as the system allows.
  ///
  /// A listener that has run out of them can take nobody in, and finds no rest either.
  ///
  /// - Returns: the limit as it is now.
  static func raise() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1_024 }
    if limit.rlim_cur < limit.rlim_max {
      var raised = limit
      raised.rlim_cur = limit.rlim_max
      if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
    }
    return Int(clamping: limit.rlim_cur)
  }
}

extension StreamLimits {
  /// These limits, with no more connections than half of what may be open: the other half is for
  /// upstreams and files.
  func within(openFiles: Int) -> StreamLimits {
    var limits = self
    limits.connections = max(1, min(connections, openFiles / 2))
    return limits
  }
}
