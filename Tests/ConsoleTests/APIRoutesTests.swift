import Testing

@testable import Console

@Suite struct `The API before any account is known` {
  @Test func `every route asks for a token, but the description and the account holder's`()
    async throws
  {
    let office = try await WebOffice()
    try await office.serving { reader in
      for route in APITable(desk: office.desk).routes {
        let path = route.path.replacing("{platform}", with: "x").replacing("{id}", with: "x")
          .replacing("{rule}", with: "x").replacing("{appeal}", with: "x")
        let answer = try await reader.ask(
          path, route.method, ["content-type": route.body?.mediaType ?? ""], body: "{}")
        switch route.access {
        case .anyone: #expect(answer.status != 401 && answer.status < 500, "\(path)")
        case .member, .staff, .platform:
          #expect(answer.status == 401, "\(path)")
          #expect(answer.field("www-authenticate")?.hasPrefix("Bearer") == true)
          #expect(answer["code"] as? String == "no-token")
        }
      }
    }
  }

  @Test func `operations have names of their own`() async throws {
    let office = try await WebOffice()
    let routes = APITable(desk: office.desk).routes
    #expect(Set(routes.map(\.operation)).count == routes.count)
    #expect(Set(routes.map { "\($0.method) \($0.path)" }).count == routes.count)
  }

  @Test func `a request for another host is no request for the API`() async throws {
    let office = try await WebOffice()
    try await office.serving { reader in
      let answer = try await reader.get("/api/v1/people/me", host: "evil.test")
      #expect(answer.status == 421)
      #expect(answer.field("content-type") == "application/problem+json")
    }
  }
}
