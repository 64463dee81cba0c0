internal import Enforcement
internal import Hummingbird

// MARK: - Sanctions and infractions

extension APITable {
  var sanctions: [APIRoute] {
    let desk = desk
    let base = "/api/v1/sanctions"
    return [
      APIRoute(
        method: .get, path: base, operation: "listSanctions", summary: "The sanctions.",
        access: .staff,
        query: APIParameter.paging + [
          APIParameter(
            name: "state", schema: APISchemas.words(SanctionState.self),
            meaning: "only those in this state")
        ] + APIParameter.whose,
        answer: .named("Sanctions"), problems: Self.unknown,
        handler: .whole { call in
          let page = try call.page()
          let found = try desk.sanctions(
            state: call.query["state"], of: try call.scope(desk),
            after: try page.start(SanctionID.self), limit: page.limit)
          return try APIReply(APIListing(items: found.things, next: found.next))
        }),
      APIRoute(
        method: .get, path: base + "/{id}", operation: "getSanction",
        summary: "A sanction: facts, rule, points, rung, what was set aside, and its history.",
        access: .staff, answer: .named("SanctionDetail"), problems: Self.unknown,
        handler: .whole { call in
          try APIReply(try desk.sanctionDetail(try desk.sanction(call["id"])))
        }),
      deciding("approve", "approveSanction", "Agrees to what somebody else proposed.") {
        .approveSanction($0, reason: $1)
      },
      deciding("decline", "declineSanction", "Decides against a sanction that waits.") {
        .declineSanction($0, reason: $1)
      },
      deciding("lift", "liftSanction", "Ends a sanction that is in effect.") {
        .liftSanction($0, reason: $1)
      },
      telling("confirm", "confirmSanction", "The platform has done it, or undone it.") {
        .confirmSanction($0)
      },
      telling("delivered", "noticeDelivered", "The notice has reached the account holder.") {
        .recordNoticeDelivery($0)
      },
    ]
  }

  private func deciding(
    _ word: String, _ operation: String, _ summary: String,
    _ command: @escaping @Sendable (SanctionID, String) -> ConductCommand
  ) -> APIRoute {
    let desk = desk
    return APIRoute(
      method: .post, path: "/api/v1/sanctions/{id}/\(word)", operation: operation,
      summary: summary, access: .staff, body: APIBody(schema: .named("Reason")),
      answer: .named("Sanction"), problems: Self.decisions,
      handler: .whole { call in
        let reason = try call.decoded(ReasonInput.self).reason
        return try APIReply(
          try await desk.move(call["id"], by: try call.actor()) { command($0, reason) })
      })
  }

  /// What a platform tells of a sanction on one of its accounts; the core asks whose it is.
  private func telling(
    _ word: String, _ operation: String, _ summary: String,
    _ command: @escaping @Sendable (SanctionID) -> ConductCommand
  ) -> APIRoute {
    let desk = desk
    return APIRoute(
      method: .post, path: "/api/v1/sanctions/{id}/\(word)", operation: operation,
      summary: summary, access: .member, answer: .named("Sanction"),
      problems: Self.decisions,
      handler: .whole { call in
        try desk.demandOwn(call["id"], of: call.caller)
        return try APIReply(try await desk.move(call["id"], by: try call.actor(), command))
      })
  }

  var infractions: [APIRoute] {
    let desk = desk
    let base = "/api/v1/infractions"
    return [
      APIRoute(
        method: .get, path: base, operation: "listInfractions",
        summary: "Posts that broke a rule; those that are held wait for a person.",
        access: .staff,
        query: APIParameter.paging + [
          APIParameter(
            name: "state", schema: APISchemas.words(InfractionState.self),
            meaning: "only those in this state")
        ] + APIParameter.whose,
        answer: .named("Infractions"), problems: Self.unknown,
        handler: .whole { call in
          let page = try call.page()
          let found = try desk.infractions(
            state: call.query["state"], of: try call.scope(desk),
            after: try page.start(InfractionID.self), limit: page.limit)
          return try APIReply(APIListing(items: found.things, next: found.next))
        }),
      APIRoute(
        method: .get, path: base + "/{id}", operation: "getInfraction",
        summary: "An infraction with its evidence.", access: .staff,
        answer: .named("InfractionDetail"), problems: Self.unknown,
        handler: .whole { call in
          try APIReply(try desk.infractionDetail(try desk.infraction(call["id"])))
        }),
      APIRoute(
        method: .post, path: base + "/{id}/settle", operation: "settleInfraction",
        summary: "Counts or dismisses one that is held, or overturns one that counts.",
        access: .staff, body: APIBody(schema: .named("Ruling")), answer: .named("Infraction"),
        problems: Self.decisions,
        handler: .whole { call in
          struct Ruling: Decodable { var ruling: String; var reason: String }
          let ruling = try call.decoded(Ruling.self)
          return try APIReply(
            try await desk.settle(
              call["id"], ruling.ruling, reason: ruling.reason, by: try call.actor()))
        }),
    ]
  }
}

extension Desk {
  /// A platform may only tell of sanctions on its own accounts, and learns nothing of others.
  func demandOwn(_ text: String, of caller: Person?) throws {
    guard let caller, caller.isPlatform else { return }
    let sanction = SanctionID(text: text).flatMap { conductBook.sanctions[$0] }
    let platform = sanction.flatMap { conductBook.accounts[$0.account]?.platform.text }
    guard platform == caller.name.text else {
      throw Refusal(.unknownNumber, "there is no sanction \(text.prefix(24)) of \(caller.name)")
    }
  }
}
