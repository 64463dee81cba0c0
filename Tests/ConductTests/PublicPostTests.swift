import Conduct
import Enforcement
import Testing

struct PublicPostTests {
  @Test func `a post that says nothing of its visibility is not taken for public by itself`() {
    let post = PublicPost(id: "1", account: "a", published: Instant(seconds: 0), text: [])
    #expect(post.isPublic == nil)
  }
}
