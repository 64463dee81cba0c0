internal import Enforcement
internal import Hummingbird

// MARK: - Appeals

extension APITable {
  var appeals: [APIRoute] {
    let desk = desk
    let base = "/api/v1/appeals"
    return [
      APIRoute(
        method: .get, path: base, operation: "listAppeals", summary: "The appeals.",
        access: .staff,
        query: APIParameter.paging + [
          APIParameter(
            name: "state", schema: APISchemas.words(AppealListState.self),
            meaning: "open ones, the default; those past their time for an answer; or all")
        ] + APIParameter.whose,
        answer: .named("Appeals"), problems: Self.unknown,
        handler: .whole { call in
          let page = try call.page()
          let found = try desk.appeals(
            state: call.query["state"].flatMap(AppealListState.init(rawValue:)) ?? .open,
            of: try call.scope(desk), after: try page.start(AppealID.self), limit: page.limit)
          return try APIReply(APIListing(items: found.things, next: found.next))
        }),
      APIRoute(
        method: .post, path: base, operation: "fileAppeal",
        summary: "Files an appeal, as the account holder, with the token in the notice.",
        access: .anyone, body: APIBody(schema: .named("AppealInput")), status: .created,
        answer: .named("AppealFace"), problems: [.notFound, .conflict, .tooManyRequests],
        handler: .whole { call in
          struct Input: Decodable { var token: String; var text: String }
          let input = try call.decoded(Input.self)
          return try APIReply(
            try await desk.fileAppeal(input.text, token: input.token),
            location: "\(base)/\(input.token)")
        }),
      APIRoute(
        method: .get, path: base + "/{appeal}", operation: "getAppeal",
        summary: "With a token: the sanction and its appeal, as its holder sees them. With an"
          + " appeal's number: the same for people of the house.",
        access: .anyone, answer: .eitherOf([.named("AppealFace"), .named("AppealDetail")]),
        problems: [.forbidden, .notFound],
        handler: .whole { call in
          guard AppealID(text: call["appeal"]) != nil else {
            return try APIReply(try desk.appealFace(token: call["appeal"]))
          }
          try call.demandStaff()
          return try APIReply(try desk.appealDetail(try desk.appeal(call["appeal"])))
        }),
      APIRoute(
        method: .post, path: base + "/{appeal}/messages", operation: "answerAppeal",
        summary: "Adds a message: with a token as its holder, with a number as the house.",
        access: .anyone, body: APIBody(schema: .named("MessageInput")),
        answer: .eitherOf([.named("AppealFace"), .named("AppealDetail")]),
        problems: [.forbidden, .notFound, .conflict, .tooManyRequests],
        handler: .whole { call in
          struct Input: Decodable { var text: String }
          let text = try call.decoded(Input.self).text
          guard AppealID(text: call["appeal"]) != nil else {
            return try APIReply(try await desk.addMessage(text, token: call["appeal"]))
          }
          try call.demandStaff()
          return try APIReply(
            try await desk.answerAppeal(call["appeal"], text, by: try call.actor()))
        }),
      APIRoute(
        method: .post, path: base + "/{appeal}/decide", operation: "decideAppeal",
        summary: "Decides an appeal; whoever took part in the sanction may not.", access: .staff,
        body: APIBody(schema: .named("Decision")), answer: .named("AppealDetail"),
        problems: Self.decisions,
        handler: .whole { call in
          try APIReply(
            try await desk.decideAppeal(
              call["appeal"], try call.decoded(AppealDecision.self), by: try call.actor()))
        }),
    ]
  }
}

extension APICall {
  /// For addresses that tell the public something else than the house.
  func demandStaff() throws(APIProblem) {
    guard let caller else { throw .noToken }
    guard !caller.isPlatform else { throw .forbidden("this is for the people of the house") }
  }
}
