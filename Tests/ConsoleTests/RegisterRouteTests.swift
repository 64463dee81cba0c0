import Enforcement
import Records
import Testing

@testable import Console

@Suite struct `The register of accounts, over every way in` {
  private static let path = "platforms/\(AccountOffice.platform)/accounts/ann/review"

  @Test func `officers and reviewers review accounts under their own names, and nobody else does`()
    async throws
  {
    let office = try await AccountOffice()
    try await office.strike("ann", number: 1)
    let account = AccountID(count: 1)
    try await office.web.serving { reader in
      for (number, person) in AccountOffice.people.enumerated() {
        let mayReview = [.administrator, .officer, .reviewer].contains(person.role)
        let category = "kind-\(number)"
        let told = try await office.call(
          Self.path, ["category": category, "reviewer": "somebody else"], as: person.name, reader)
        #expect(told == mayReview, "\(person.name)")
        let review = office.book.accounts[account]?.review
        #expect((review?.category.text == category) == mayReview)
        if mayReview { #expect(review?.reviewer == person.name) }
        let input = ReviewInput(category: category, filing: "F-\(number)", newsPermit: "N-1")
        let done = await office.verb(
          .accountReview(account: "a-1", input), as: person.name)
        #expect(done == mayReview, "\(person.name)")
      }
    }
    #expect(office.book.accounts[account]?.review?.isMarked == true)
    #expect(office.web.journal.verify().verified)
  }

  @Test func `a list of one account has what is its own, and a place that is none is not found`()
    async throws
  {
    let office = try await AccountOffice()
    for (number, account) in ["ann", "bea", "ann"].enumerated() {
      try await office.strike(account, number: number + 1)
    }
    let bearer = ["authorization": "Bearer \(office.tokens["rita"] ?? "")"]
    try await office.web.serving { reader in
      for list in ["infractions", "sanctions", "appeals", "leads"] {
        for (query, expected) in [
          ("account=agora/ann", 2), ("platform=agora&account=a-2", 1), ("platform=agora", 3),
        ] {
          let answer = try await reader.get("/api/v1/\(list)?\(query)", bearer)
          let count = (answer["items"] as? [Any])?.count
          #expect(answer.status == 200)
          if list == "infractions" { #expect(count == expected, "\(query)") }
        }
        let nowhere = try await reader.get("/api/v1/\(list)?platform=nowhere", bearer)
        #expect(nowhere.status == 404 && nowhere["code"] as? String == "unknown-platform")
        let nobody = try await reader.get("/api/v1/\(list)?account=agora/nobody", bearer)
        #expect(nobody.status == 404 && nobody["code"] as? String == "unknown-number")
      }
      let late = try await reader.get("/api/v1/appeals?state=overdue", bearer)
      #expect(late.status == 200 && (late["items"] as? [Any])?.isEmpty == true)
      let unknown = try await reader.get("/api/v1/appeals?state=latish", bearer)
      #expect(unknown.status == 400)
    }
  }
}
