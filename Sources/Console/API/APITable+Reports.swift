internal import Enforcement
internal import Hummingbird
internal import NIOCore

// MARK: - Reports, numbers

extension APITable {
  var reports: [APIRoute] {
    let desk = desk
    return [
      APIRoute(
        method: .get, path: "/api/v1/reports", operation: "listReports",
        summary: "What the authority and others were told.", access: .staff,
        query: APIParameter.paging + [
          APIParameter(
            name: "kind", schema: APISchemas.words(Report.Kind.self), meaning: "only of this kind")
        ],
        answer: .named("Reports"),
        handler: .whole { call in
          let page = try call.page()
          let found = try desk.reports(
            kind: call.query["kind"], after: try page.start(ReportID.self), limit: page.limit)
          return try APIReply(APIListing(items: found.things, next: found.next))
        }),
      APIRoute(
        method: .get, path: "/api/v1/reports/{id}", operation: "getReport", summary: "A report.",
        access: .staff, answer: .named("Report"), problems: Self.unknown,
        handler: .whole { call in
          try APIReply(try desk.reportLine(try desk.report(call["id"])))
        }),
      content(
        "content", .json, "application/json", operation: "getReportContent",
        "A report as it was made, octet by octet: its SHA-256 is on the record."),
      content(
        "table", .csv, "text/csv", operation: "getReportTable",
        "A report to an authority as a table, a line a sanction."),
      APIRoute(
        method: .post, path: "/api/v1/reports/{id}/receive", operation: "receiveReport",
        summary: "Notes what the recipient gave for a report that a person handed over.",
        access: .staff, body: APIBody(schema: .named("ReceiptInput")), answer: .named("Report"),
        problems: Self.decisions,
        handler: .whole { call in
          struct Input: Decodable { var receipt: String }
          return try APIReply(
            try await desk.receiveReport(
              call["id"], receipt: try call.decoded(Input.self).receipt, by: try call.actor()))
        }),
      APIRoute(
        method: .post, path: "/api/v1/reports/{id}/send", operation: "resendReport",
        summary: "Has a report sent again that was given up.", access: .staff,
        answer: .named("Report"), problems: Self.decisions,
        handler: .whole { call in
          try APIReply(try await desk.resendReport(call["id"], by: try call.actor()))
        }),
      APIRoute(
        method: .get, path: "/api/v1/transparency", operation: "getTransparency",
        summary: "What was done about accounts and told of it, held against what was sent.",
        access: .staff,
        query: [
          APIParameter(
            name: "platform", schema: .text(1...40), meaning: "a platform's name; all without it"),
          APIParameter(
            name: "from", schema: .text(10...10), meaning: "the first day, such as 2026-01-01"),
          APIParameter(
            name: "until", schema: .text(10...10), meaning: "the day after the last"),
        ],
        answer: .named("Transparency"), problems: Self.unknown,
        handler: .whole { call in
          let found = try desk.transparency(
            call.query["platform"],
            PeriodInput(from: call.query["from"], until: call.query["until"]))
          return try APIReply(APIListing(items: found, next: nil))
        }),
    ]
  }

  private func content(
    _ word: String, _ reading: ReportReading, _ type: String, operation: String, _ summary: String
  ) -> APIRoute {
    let desk = desk
    return APIRoute(
      method: .get, path: "/api/v1/reports/{id}/\(word)", operation: operation, summary: summary,
      access: .staff, answer: .anything, answerType: type, problems: Self.decisions,
      handler: .streamed { call, _ in
        let octets = try desk.reportContent(call["id"], as: reading)
        return Response(
          status: .ok, headers: [.contentType: type],
          body: ResponseBody(byteBuffer: ByteBuffer(bytes: octets)))
      })
  }

  /// Trying a rule takes as many posts as handing them in does, and takes nothing of them.
  var ruleTrial: APIRoute {
    let desk = desk
    return APIRoute(
      method: .post, path: "/api/v1/rules/{rule}/trial", operation: "tryRule",
      summary: "Tries a rule on stored posts, a JSON object a line: who would stand on another"
        + " rung. Nothing of the posts is kept; `accept` puts the outcome's hash on the record.",
      access: .staff,
      query: [
        APIParameter(name: "platform", schema: .text(1...40), meaning: "the platform; needed"),
        APIParameter(
          name: "accept", schema: .word(["true", "false"]), meaning: "whether the rule is tested"),
      ],
      body: APIBody(
        schema: .anything, mediaType: "application/x-ndjson", limit: APIIntake.octetLimit),
      answer: .named("RuleTrial"), problems: Self.decisions + [.tooManyRequests],
      handler: .streamed { call, request in
        guard let platform = call.query["platform"] else {
          throw APIProblem.malformed("platform is needed: which ladder the posts are held against")
        }
        let octets = try await APIIntake.body(of: request)
        let actor = call.query["accept"] == "true" ? try call.actor() : nil
        let reply = try await desk.tryRuleAlone(
          call["rule"], on: platform, examples: octets, acceptedBy: actor)
        return Response(
          status: .ok, headers: [.contentType: "application/json"],
          body: ResponseBody(byteBuffer: ByteBuffer(bytes: try APIText.encode(reply))))
      })
  }
}
