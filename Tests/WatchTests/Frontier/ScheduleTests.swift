import Enforcement
import Records
import Testing
import TransparencyLog

@testable import Watch

@Suite("When pages are looked at again") struct ScheduleTests {
  private let schedule = Schedule()

  private func page(_ random: inout FrontierRandom) -> PageEntry {
    let depth = random.number(0...4)
    let rank = depth == 0 ? 0 : random.number((depth * 100 - 90)...(depth * 100 + 1))
    var page = PageEntry(
      found: "http://a.example/\(random.next())", depth: depth, rank: rank, at: .dawn)
    page.state.interval =
      random.happens(oneIn: 4) ? .zero : .seconds(random.number(60...(40 * 86_400)))
    page.state.failures = random.number(0...40)
    if random.happens(oneIn: 3) {
      page.state.verdict = PageVerdict(category: "venue", score: 0.9, evidence: .sha256(of: []))
    }
    return page
  }

  @Test(arguments: [1, 2, 3])
  func `the next look lies within bounds, whatever came before`(seed: UInt64) {
    var random = FrontierRandom(seed)
    for _ in 0..<5_000 {
      let page = page(&random)
      let look = random.pick([Schedule.Look.changed, .unchanged, .gone, .failed])
      let risk = random.pick(SiteTerms.Risk.allCases)
      let now = Instant.dawn + random.milliseconds(0...1_000_000)
      let plan = schedule.plan(after: look, at: page, risk: risk, at: now)
      let wait = plan.due.duration(since: now)
      let (least, most) =
        look == .failed
        ? (schedule.retry, schedule.longestRetry) : (schedule.shortest, schedule.longest)
      #expect(wait >= least * 0.9 - .milliseconds(1) && wait <= most * 1.1)
      #expect(plan.interval == page.state.interval || look != .failed)
      #expect(plan.isKept || page.depth > 0)
      #expect((plan.failures == 0) == (look == .changed || look == .unchanged))
    }
  }

  @Test func `a page that always changes is looked at ever sooner, one that never does ever later`()
  {
    for (look, end) in [(Schedule.Look.changed, schedule.shortest), (.unchanged, schedule.longest)]
    {
      var page = PageEntry(found: "http://a.example/x", depth: 1, rank: 101, at: .dawn)
      var last = schedule.plan(after: look, at: page, risk: .normal, at: .dawn).interval
      for _ in 0..<24 {
        page.state.interval = last
        let next = schedule.plan(after: look, at: page, risk: .normal, at: .dawn).interval
        #expect(look == .changed ? next <= last : next >= last)
        last = next
      }
      #expect(last == end)
    }
  }

  @Test func `a site of high risk is looked at sooner than one of low risk`() {
    var random = FrontierRandom(7)
    for _ in 0..<500 {
      var page = page(&random)
      page.state.interval = .seconds(random.number(20_000...1_000_000))
      let due = [SiteTerms.Risk.high, .normal, .low].map {
        schedule.plan(after: .unchanged, at: page, risk: $0, at: .dawn).due
      }
      #expect(due[0] < due[1] && due[1] < due[2])
    }
  }

  @Test func `failures back off, and a page that keeps failing is given up, unless it matters`() {
    var page = PageEntry(found: "http://a.example/x", depth: 1, rank: 101, at: .dawn)
    var last = Duration.zero
    for failures in 0..<schedule.patience {
      page.state.failures = failures
      let plan = schedule.plan(after: .failed, at: page, risk: .normal, at: .dawn)
      let wait = plan.due.duration(since: .dawn)
      #expect(wait > last || wait >= schedule.longestRetry * 0.9)
      #expect(plan.isKept == (failures + 1 < schedule.patience))
      last = wait
    }
    page.state.verdict = PageVerdict(category: "venue", score: 0.9, evidence: .sha256(of: []))
    #expect(schedule.plan(after: .failed, at: page, risk: .normal, at: .dawn).isKept)
  }

  @Test func `what came in together does not come due together`() {
    let due = (0..<1_000).map { number in
      let page = PageEntry(found: "http://a.example/\(number)", depth: 1, rank: 101, at: .dawn)
      return schedule.plan(after: .changed, at: page, risk: .normal, at: .dawn).due
    }
    #expect(Set(due).count > 990)
  }

  @Test func `a host's wish to be left alone is kept`() {
    let page = PageEntry(found: "http://a.example/x", depth: 1, rank: 101, at: .dawn)
    let wish = Instant.dawn + .seconds(50 * 86_400)
    let plan = schedule.plan(
      after: .failed, at: page, risk: .high, at: .dawn, notBefore: wish)
    #expect(plan.due == wish)
  }

  @Test func `start pages come first, then breadth, and pages likely to tell before others`() {
    func rank(_ depth: Int, _ address: String, _ label: String = "") -> Int {
      PageRank.rank(depth: depth, address: Array(address.utf8), label: Array(label.utf8))
    }
    #expect(PageRank.start < PageRank.sitemap)
    #expect(PageRank.sitemap < rank(1, "/presale/deposit/referral/futures"))
    #expect(rank(1, "/register") < rank(1, "/news/17"))
    #expect(rank(1, "/a8f3", "充值") < rank(1, "/a8f3", "新闻"))
    #expect(rank(1, "/news/17") < rank(2, "/news/17"))
    #expect(rank(1, "/REGISTER") == rank(1, "/register"))
    #expect(PageRank.isTelling(rank(3, "/deposit"), depth: 3))
    #expect(!PageRank.isTelling(rank(3, "/weather"), depth: 3))
  }
}
