import Enforcement
import Foundation
import Testing

@testable import Conduct

struct AppealKeyTests {
  @Test func `a token opens its own sanction alone, today and after a restart`() throws {
    let folder = try TestFolder()
    let key = try AppealKey(directory: folder.path)
    let token = key.token(for: SanctionID(count: 17))
    #expect(token.hasPrefix("s-17."))
    #expect(key.sanction(of: token) == SanctionID(count: 17))
    #expect(try AppealKey(directory: folder.path).sanction(of: token) == SanctionID(count: 17))
    let other = try TestFolder()
    #expect(try AppealKey(directory: other.path).sanction(of: token) == nil)
  }

  @Test func `no changed token opens anything`() throws {
    let folder = try TestFolder()
    let key = try AppealKey(directory: folder.path)
    let token = Array(key.token(for: SanctionID(count: 17)).utf8)
    for place in token.indices {
      for octet in Array("0A-_.=+/s ".utf8) where octet != token[place] {
        var changed = token
        changed[place] = octet
        #expect(key.sanction(of: String(decoding: changed, as: UTF8.self)) == nil)
      }
      #expect(key.sanction(of: String(decoding: token.prefix(place), as: UTF8.self)) == nil)
    }
    #expect(key.sanction(of: String(decoding: token, as: UTF8.self) + "A") == nil)
  }

  @Test func `a key that others may read is not used`() throws {
    let folder = try TestFolder()
    _ = try AppealKey(directory: folder.path)
    let path = folder.path + "/appeal.key"
    let facts = try FileManager.default.attributesOfItem(atPath: path)
    #expect(facts[.posixPermissions] as? Int == 0o600)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    #expect(throws: PrivateFileFault.self) { try AppealKey(directory: folder.path) }
  }
}
