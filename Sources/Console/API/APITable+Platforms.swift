internal import Enforcement
internal import Hummingbird

// MARK: - Platforms, posts and accounts

extension APITable {
  var platforms: [APIRoute] {
    let desk = desk
    return [
      APIRoute(
        method: .get, path: "/api/v1/platforms", operation: "listPlatforms",
        summary: "The platforms.", access: .staff, answer: .named("Platforms"),
        handler: .whole { _ in try APIReply(APIListing(items: desk.platforms(), next: nil)) }),
      APIRoute(
        method: .get, path: "/api/v1/platforms/{platform}", operation: "getPlatform",
        summary: "A platform: its clocks, its ladder, its addresses.", access: .platform,
        answer: .named("Platform"), problems: Self.unknown,
        handler: .whole { call in
          try APIReply(desk.platformReply(try desk.platform(call["platform"])))
        }),
      APIRoute(
        method: .put, path: "/api/v1/platforms/{platform}", operation: "setPlatform",
        summary: "Adds a platform, or changes what is said of it; what is not said stays.",
        access: .staff, body: APIBody(schema: .named("PlatformInput")),
        answer: .named("Platform"), problems: [.forbidden],
        handler: .whole { call in
          try APIReply(
            try await desk.setPlatform(
              call["platform"], try call.decoded(PlatformInput.self), by: try call.actor()))
        }),
      APIRoute(
        method: .post, path: "/api/v1/platforms/{platform}/posts", operation: "handInPosts",
        summary: "Screens public posts, a JSON object a line; answers a line each, in their order."
          + " The same post id again answers the same and counts once.",
        access: .platform,
        body: APIBody(
          schema: .anything, mediaType: "application/x-ndjson", limit: APIIntake.octetLimit),
        answer: .named("PostAnswer"), answerType: "application/x-ndjson",
        problems: [.notFound, .tooManyRequests],
        handler: .streamed { call, request in
          try await APIIntake(desk: desk).answer(call, request)
        }),
    ]
  }

  var accounts: [APIRoute] {
    let desk = desk
    let base = "/api/v1/platforms/{platform}/accounts"
    return [
      APIRoute(
        method: .get, path: base, operation: "listAccounts", summary: "A platform's accounts.",
        access: .platform,
        query: APIParameter.paging + [
          APIParameter(
            name: "standing", schema: .word(["clear"] + SanctionKind.allCases.map(\.rawValue)),
            meaning: "only those that stand so"),
          APIParameter(
            name: "reviewed", schema: .word(["no"]), meaning: "only those that nobody reviewed"),
        ],
        answer: .named("Accounts"), problems: Self.unknown,
        handler: .whole { call in
          let page = try call.page()
          let found = try desk.accounts(
            platform: call["platform"], standing: call.query["standing"],
            isUnreviewed: call.query["reviewed"] == "no",
            after: try page.start(AccountID.self), limit: page.limit)
          return try APIReply(APIListing(items: found.things, next: found.next))
        }),
      APIRoute(
        method: .post, path: base, operation: "registerAccounts",
        summary: "Enters accounts, or changes what is known of them; at most 1,000.",
        access: .platform, body: APIBody(schema: .named("Registration"), limit: 2 << 20),
        answer: .named("Accounts"), problems: Self.decisions,
        handler: .whole { call in
          struct Registration: Decodable { var accounts: [AccountInput] }
          let lines = try await desk.register(
            try call.decoded(Registration.self).accounts, on: call["platform"],
            by: try call.actor())
          return try APIReply(APIListing(items: lines, next: nil))
        }),
      APIRoute(
        method: .get, path: base + "/{id}", operation: "getAccount",
        summary: "All about an account: strikes, sanctions, infractions.", access: .platform,
        answer: .named("AccountDetail"), problems: Self.unknown,
        handler: .whole { call in
          let detail = try desk.accountDetail(
            try desk.account(on: call["platform"], key: call["id"]))
          return try APIReply(call.caller?.isPlatform == true ? detail.forPlatform : detail)
        }),
      APIRoute(
        method: .post, path: base + "/{id}/review", operation: "reviewAccount",
        summary: "Says who looked at an account before its posts were for the public, as what it is"
          + " filed, and whether it may post political news.",
        access: .platform, body: APIBody(schema: .named("ReviewInput")),
        answer: .named("AccountDetail"), problems: Self.decisions,
        handler: .whole { call in
          let detail = try await desk.review(
            try desk.account(on: call["platform"], key: call["id"]),
            try call.decoded(ReviewInput.self), by: try call.actor())
          return try APIReply(call.caller?.isPlatform == true ? detail.forPlatform : detail)
        }),
      APIRoute(
        method: .get, path: base + "/{id}/history", operation: "getAccountHistory",
        summary: "What the record says of an account, oldest first.", access: .staff,
        answer: .named("History"), problems: Self.unknown,
        handler: .whole { call in
          let id = try desk.account(on: call["platform"], key: call["id"]).id
          return try APIReply(APIListing(items: try desk.history(of: id), next: nil))
        }),
      APIRoute(
        method: .post, path: base + "/{id}/sanctions", operation: "proposeSanction",
        summary: "Proposes a sanction outside the ladder; grave ones wait for other officers.",
        access: .staff, body: APIBody(schema: .named("SanctionInput")), status: .created,
        answer: .named("Sanction"), problems: Self.decisions,
        handler: .whole { call in
          let line = try await desk.propose(
            try call.decoded(SanctionInput.self),
            on: try desk.account(on: call["platform"], key: call["id"]), by: try call.actor())
          return try APIReply(line, location: "/api/v1/sanctions/\(line.id)")
        }),
      APIRoute(
        method: .put, path: base + "/{id}/hold", operation: "holdAccount",
        summary: "Forbids that anything about an account be erased, or allows it again.",
        access: .staff, body: APIBody(schema: .named("HoldInput")), answer: .named("Account"),
        problems: Self.decisions,
        handler: .whole { call in
          struct Hold: Decodable { var reason: String? }
          let account = try desk.account(on: call["platform"], key: call["id"])
          return try APIReply(
            try await desk.setHold(
              account, reason: try call.decoded(Hold.self).reason, by: try call.actor()))
        }),
    ]
  }
}
