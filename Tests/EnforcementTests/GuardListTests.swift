import DomainNames
import Testing

@testable import Enforcement

@Suite struct `A guard list` {
  private let list = GuardList(GuardEntry.samples)

  @Test func `covers its names and all below them, by the nearest entry`() {
    #expect(list.entry(covering: domain("google.com"))?.kind == .popular)
    #expect(list.entry(covering: domain("a.b.google.com"))?.name == domain("google.com"))
    #expect(list.entry(covering: domain("mirror.ocsp.certs.org"))?.kind == .popular)
    #expect(list.entry(covering: domain("notgoogle.com")) == nil)
    #expect(list.entry(covering: domain("com")) == nil)
    #expect(list.entry(covering: .root) == nil)
    #expect(list.entry(at: domain("www.google.com")) == nil)
    #expect(list.entry(at: domain("google.com")) != nil)
  }

  @Test func `keeps what is essential so, whatever lies between`() {
    #expect(
      list.essentialEntry(covering: domain("a.mirror.ocsp.certs.org"))?.name
        == domain("ocsp.certs.org"))
    #expect(list.essentialEntry(covering: domain("certs.org")) == nil)
    #expect(list.essentialEntry(covering: domain("www.google.com")) == nil)
  }

  @Test func `knows what lies below a name, essential ones first`() {
    #expect(list.entry(below: domain("phone.com"))?.name == domain("time.phone.com"))
    #expect(list.entry(below: domain("hoster.net"))?.kind == .sharedHost)
    #expect(list.entry(below: domain("org"))?.kind == .essential)
    #expect(list.entry(below: domain("google.com")) == nil)
    #expect(list.entry(below: .root)?.name == domain("time.phone.com"))
  }

  @Test func `keeps an essential entry against every other of the same name`() {
    for kind in GuardKind.allCases {
      let essential = GuardEntry(name: domain("a.net"), kind: .essential)
      let other = GuardEntry(name: domain("a.net"), kind: kind)
      #expect(GuardList([essential, other]).entry(at: domain("a.net"))?.kind == .essential)
      #expect(GuardList([other, essential]).entry(at: domain("a.net"))?.kind == .essential)
      #expect(GuardList([essential, other]).count == 1)
    }
  }

  @Test func `tells its entries by kind`() {
    let byKind = GuardKind.allCases.flatMap { list.entries(of: $0) }
    #expect(Set(byKind) == Set(GuardEntry.samples) && byKind.count == list.count)
  }
}
