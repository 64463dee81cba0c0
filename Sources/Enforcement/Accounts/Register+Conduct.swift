extension Register {
  /// Says what a command about platforms, rules or accounts brings about.
  func decide(
    _ command: ConductCommand, by actor: Actor, at moment: Instant
  ) throws(Refusal) -> [Event] {
    throw Refusal(.wrongState, "\(command.action) is not decided yet")
  }
}
