import Testing
import TransparencyLog

@Suite("Digests and their text") struct DigestTests {
  // FIPS 180-4, the example "abc".
  private let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test func `SHA-256 of abc is the published value`() {
    #expect(Digest.sha256(of: Array("abc".utf8)).hex == abc)
  }

  @Test func `bytes, hexadecimal and base 64 lead back to the same digest`() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<200 {
      let bytes = generator.bytes(32)
      let digest = try #require(Digest(bytes: bytes))
      #expect(digest.bytes == bytes)
      #expect(Digest(hex: digest.hex) == digest)
      #expect(Digest(base64: digest.base64) == digest)
      #expect(digest.hex.count == 64 && digest.base64.count == 44)
      let other = digest.flipping(bit: Int.random(in: 0..<256, using: &generator))
      #expect(other != digest)
      #expect(!other.equalsInConstantTime(digest) && digest.equalsInConstantTime(digest))
    }
  }

  @Test(arguments: [0, 1, 31, 33, 64])
  func `another number of bytes is no digest`(count: Int) {
    #expect(Digest(bytes: [UInt8](repeating: 7, count: count)) == nil)
  }

  @Test func `upper case, odd length and stray characters are no hexadecimal digest`() {
    #expect(Digest(hex: abc) != nil)
    #expect(Digest(hex: abc.uppercased()) == nil)
    #expect(Digest(hex: String(abc.dropLast())) == nil)
    #expect(Digest(hex: "g" + abc.dropFirst()) == nil)
  }

  @Test func `base 64 has one spelling for each digest`() throws {
    let spelled = TreeHash.empty.base64
    #expect(spelled == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    // The last character before the padding has two bits that mean nothing.
    for last in ["V", "W", "X"] {
      #expect(Digest(base64: spelled.dropLast(2) + last + "=") == nil)
    }
    #expect(Digest(base64: String(spelled.dropLast())) == nil)
    #expect(Digest(base64: spelled + "\n") == nil)
    #expect(Digest(base64: spelled.replacing("+", with: "-").replacing("/", with: "_")) == nil)
  }
}

@Suite("Commitments") struct CommitmentTests {
  private let value = Array(#""Example Exchange Ltd""#.utf8)

  @Test func `a commitment is the value another SHA-256 computes`() throws {
    let salt = try #require(CommitmentSalt(bytes: Array(0..<32)))
    let commitment = Commitment(to: value, salt: salt)
    #expect(
      commitment.digest.hex == "cf8abd989d1f15e6889272c83bc5fee8ee3867af01f23fa22e4fddea6cacc74a")
    #expect(commitment.opens(with: value, salt: salt))
  }

  @Test func `another value or another salt does not open it`() throws {
    let salt = try #require(CommitmentSalt(bytes: Array(0..<32)))
    let otherSalt = try #require(CommitmentSalt(bytes: Array(1..<33)))
    let commitment = Commitment(to: value, salt: salt)
    #expect(!commitment.opens(with: value + [0], salt: salt))
    #expect(!commitment.opens(with: value, salt: otherSalt))
    #expect(!commitment.opens(with: [], salt: salt))
  }

  @Test func `a salt has 32 bytes and does not show them`() throws {
    #expect(CommitmentSalt(bytes: Array(0..<31)) == nil)
    #expect(CommitmentSalt(bytes: Array(0..<33)) == nil)
    let salt = try #require(CommitmentSalt(bytes: [UInt8](repeating: 217, count: 32)))
    var dumped = ""
    dump(salt, to: &dumped)
    #expect(!"\(salt) \(String(reflecting: salt)) \(dumped)".contains("217"))
  }
}
