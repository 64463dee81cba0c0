internal import Enforcement
internal import Hummingbird

// MARK: - Batches, leads

extension APITable {
  var batches: [APIRoute] {
    let desk = desk
    let body = APIBody(schema: .named("BatchInput"), limit: 512 << 10)
    return [
      APIRoute(
        method: .get, path: "/api/v1/batches", operation: "listBatches",
        summary: "Actions on many accounts.", access: .staff, answer: .named("Batches"),
        handler: .whole { _ in try APIReply(APIListing(items: desk.batches(), next: nil)) }),
      APIRoute(
        method: .post, path: "/api/v1/batches/preview", operation: "previewBatch",
        summary: "What a batch would do, account by account; nothing is recorded.",
        access: .staff, body: body, answer: .named("BatchPreview"), problems: Self.unknown,
        handler: .whole { call in
          try APIReply(try desk.preview(try call.decoded(BatchInput.self)))
        }),
      APIRoute(
        method: .post, path: "/api/v1/batches", operation: "proposeBatch",
        summary: "Prepares a batch; another officer lets it through.", access: .staff, body: body,
        status: .created, answer: .named("Batch"), problems: Self.decisions,
        handler: .whole { call in
          try APIReply(
            try await desk.propose(try call.decoded(BatchInput.self), by: try call.actor()))
        }),
      moving("approve", "Agrees to a batch that somebody else prepared."),
      moving("decline", "Decides against a batch."),
      moving("undo", "Takes a batch back, whole."),
    ]
  }

  private func moving(_ word: String, _ summary: String) -> APIRoute {
    let desk = desk
    return APIRoute(
      method: .post, path: "/api/v1/batches/{id}/\(word)", operation: "\(word)Batch",
      summary: summary, access: .staff, body: APIBody(schema: .named("Reason")),
      answer: .named("Batch"), problems: Self.decisions,
      handler: .whole { call in
        try APIReply(
          try await desk.moveBatch(
            call["id"], to: word, reason: try call.decoded(ReasonInput.self).reason,
            by: try call.actor()))
      })
  }

  var leads: [APIRoute] {
    let desk = desk
    return [
      APIRoute(
        method: .get, path: "/api/v1/leads", operation: "listLeads",
        summary: "Things that two accounts share.", access: .staff,
        query: APIParameter.paging + [
          APIParameter(
            name: "state", schema: APISchemas.words(LeadListState.self),
            meaning: "those that nobody has looked at, the default; or all")
        ] + APIParameter.whose,
        answer: .named("Leads"), problems: Self.unknown,
        handler: .whole { call in
          let page = try call.page()
          let found = try desk.leads(
            state: call.query["state"].flatMap(LeadListState.init(rawValue:)) ?? .open,
            of: try call.scope(desk), after: try page.start(LeadID.self), limit: page.limit)
          return try APIReply(APIListing(items: found.things, next: found.next))
        }),
      APIRoute(
        method: .get, path: "/api/v1/leads/{id}", operation: "getLead",
        summary: "A lead: both accounts, and what they share.", access: .staff,
        answer: .named("LeadDetail"), problems: Self.unknown,
        handler: .whole { call in try APIReply(try desk.leadDetail(call["id"])) }),
      APIRoute(
        method: .post, path: "/api/v1/leads/{id}/settle", operation: "settleLead",
        summary: "Says what a person makes of a lead; it is never a ground.", access: .staff,
        body: APIBody(schema: .named("LeadInput")), answer: .named("Lead"),
        problems: Self.decisions,
        handler: .whole { call in
          struct Answer: Decodable { var settled: String; var reason: String }
          let answer = try call.decoded(Answer.self)
          return try APIReply(
            try await desk.settleLead(
              call["id"], as: answer.settled, reason: answer.reason, by: try call.actor()))
        }),
    ]
  }
}
