internal import Enforcement
internal import Hummingbird

// MARK: - Rules, ladders, parties

extension APITable {
  var policies: [APIRoute] {
    let desk = desk
    return [
      APIRoute(
        method: .get, path: "/api/v1/rules", operation: "listRules",
        summary: "The rules, all versions.", access: .staff, answer: .named("Rules"),
        handler: .whole { _ in
          try APIReply(APIListing(items: try desk.rules(everyVersion: true), next: nil))
        }),
      APIRoute(
        method: .post, path: "/api/v1/rules", operation: "writeRule",
        summary: "Writes a new version of a rule, as a draft.", access: .staff,
        body: APIBody(schema: .named("RuleInput")), status: .created, answer: .named("Rule"),
        problems: Self.decisions,
        handler: .whole { call in
          try APIReply(
            try await desk.writeRule(try call.decoded(RuleInput.self), by: try call.actor()))
        }),
      ruleTrial,
      APIRoute(
        method: .post, path: "/api/v1/rules/{rule}/stage", operation: "stageRule",
        summary: "Moves a rule, such as no-solicitation@3, on; another officer lets it go live.",
        access: .staff, body: APIBody(schema: .named("StageInput")), answer: .named("Rule"),
        problems: Self.decisions,
        handler: .whole { call in
          struct Stage: Decodable { var stage: String; var share: Int?; var reason: String }
          let stage = try call.decoded(Stage.self)
          return try APIReply(
            try await desk.stageRule(
              call["rule"], stage.stage, share: stage.share, reason: stage.reason,
              by: try call.actor()))
        }),
      APIRoute(
        method: .post, path: "/api/v1/rules/{rule}/revert", operation: "revertRule",
        summary: "Takes back everything that a version of a rule brought about.", access: .staff,
        body: APIBody(schema: .named("Reason")), answer: .named("Rule"), problems: Self.decisions,
        handler: .whole { call in
          try APIReply(
            try await desk.revertRule(
              call["rule"], reason: try call.decoded(ReasonInput.self).reason,
              by: try call.actor()))
        }),
      APIRoute(
        method: .get, path: "/api/v1/platforms/{platform}/ladders", operation: "listLadders",
        summary: "The ladders that were ever adopted on a platform; the last one holds.",
        access: .platform, answer: .named("Ladders"), problems: Self.unknown,
        handler: .whole { call in
          try APIReply(APIListing(items: try desk.ladders(of: call["platform"]), next: nil))
        }),
      APIRoute(
        method: .post, path: "/api/v1/platforms/{platform}/ladders", operation: "adoptLadder",
        summary: "Has a ladder hold on a platform from now on.", access: .staff,
        body: APIBody(schema: .named("Ladder")), status: .created,
        answer: .named("AdoptedLadder"), problems: Self.decisions,
        handler: .whole { call in
          try APIReply(
            try await desk.adoptLadder(
              try call.decoded(LadderInput.self).ladder(), on: call["platform"],
              by: try call.actor()))
        }),
      APIRoute(
        method: .get, path: "/api/v1/parties", operation: "listParties",
        summary: "The parties: the persons and firms behind accounts.", access: .staff,
        query: APIParameter.paging + [
          APIParameter(
            name: "group", schema: .text(1...200), meaning: "only those of a group")
        ],
        answer: .named("Parties"),
        handler: .whole { call in
          let page = try call.page()
          let found = desk.parties(
            group: call.query["group"], after: try page.start(PartyID.self), limit: page.limit)
          return try APIReply(APIListing(items: found.things, next: found.next))
        }),
      APIRoute(
        method: .get, path: "/api/v1/parties/{id}", operation: "getParty",
        summary: "A party: its accounts, and what speaks against erasing it.", access: .staff,
        answer: .named("PartyDetail"), problems: Self.unknown,
        handler: .whole { call in try APIReply(try desk.partyDetail(call["id"])) }),
      APIRoute(
        method: .post, path: "/api/v1/parties/{id}/erase", operation: "eraseParty",
        summary: "Erases what is personal of a party and its accounts; every proof still holds.",
        access: .staff, answer: .named("Erasure"), problems: Self.decisions,
        handler: .whole { call in
          try APIReply(try await desk.eraseParty(call["id"], by: try call.actor()))
        }),
      APIRoute(
        method: .post, path: "/api/v1/parties", operation: "addParty",
        summary: "Enters a party: the person or firm behind accounts.", access: .member,
        body: APIBody(schema: .named("PartyInput")), status: .created, answer: .named("Party"),
        problems: [.forbidden],
        handler: .whole { call in
          try APIReply(
            try await desk.setParty(
              nil, try call.decoded(PartyInput.self), by: try call.actor()))
        }),
      APIRoute(
        method: .put, path: "/api/v1/parties/{id}", operation: "setParty",
        summary: "Changes what is known of a party.", access: .member,
        body: APIBody(schema: .named("PartyInput")), answer: .named("Party"),
        problems: Self.decisions,
        handler: .whole { call in
          try APIReply(
            try await desk.setParty(
              call["id"], try call.decoded(PartyInput.self), by: try call.actor()))
        }),
    ]
  }
}
