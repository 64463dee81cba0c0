import Detection
import Testing

@Suite("Wallet addresses") struct AddressTests {
  /// An address of each form, and what it is.
  static let valid: [(text: String, asset: WalletAddress.Asset, form: WalletAddress.Form)] = [
    ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", .bitcoin, .base58Check),
    ("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", .bitcoin, .base58Check),
    ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", .bitcoin, .bech32),
    ("bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3", .bitcoin, .bech32),
    ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", .bitcoin, .bech32m),
    ("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", .bitcoinCash, .cashAddr),
    ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", .ethereum, .eip55),
    ("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", .ethereum, .eip55),
    ("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", .ethereum, .eip55),
    ("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb", .ethereum, .eip55),
    ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", .tron, .base58Check),
    ("LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", .litecoin, .base58Check),
    ("MQMcJhpWHYVeQArcZR3sBgyPZxxRtnH441", .litecoin, .base58Check),
    ("ltc1qg42tkwuuxefutzxezdkdel39gfstuap288mfea", .litecoin, .bech32),
    ("DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L", .dogecoin, .base58Check),
    ("A7JjzK9k9x5b2MkkQzqt91WZsuu7wTu6iS", .dogecoin, .base58Check),
    ("XpESxaUmonkq8RaLLp46Brx2K39ggQe226", .dash, .base58Check),
    ("t1UYsZVJkLPeMjxEtACvSxfWuNmddpWfxzs", .zcash, .base58Check),
    ("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", .ripple, .base58Check),
    ("rrrrrrrrrrrrrrrrrrrrrhoLvTp", .ripple, .base58Check),
    (
      "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
      .monero, .moneroBase58
    ),
    (
      "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H",
      .monero, .moneroBase58
    ),
    ("EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPrHF", .ton, .base64CRC),
    ("GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ", .stellar, .base32CRC),
    ("VCMJKWOY5P5P7SKMZFFOCEROPJCZOTIJMNIYNUCKH7LRO45JMJP6UYBIJA", .algorand, .base32SHA512),
    (
      "addr1qx2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzer3n0d3vllmyqwsx5wktcd8cc3sq835lu7drv2xwl2wywfgse35a3x",
      .cardano, .bech32
    ),
  ]

  /// Texts of the same shapes that are no address of a main network.
  static let invalid = [
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
    "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T", "bc1qexamplebitcoinaddress1234567890",
    "1ExPriKlaD0FaBiTco1NADr3sSV5tsGaMF6hd", "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "Bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
  ]

  /// One engine for all: it takes long to make.
  static let shared = Result { try Engine(packs: []) }

  let engine: Engine

  init() throws {
    engine = try Self.shared.get()
  }

  private func wallets(_ text: String) -> [WalletAddress] {
    engine.observe(Subject(content: .text(Array(text.utf8)))).wallets
  }

  @Test(arguments: valid)
  func `an address of each form is known with its asset and its place`(
    _ vector: (text: String, asset: WalletAddress.Asset, form: WalletAddress.Form)
  ) throws {
    let found = wallets("请付款到 \(vector.text)。")
    let wallet = try #require(found.first)
    #expect(found.count == 1)
    #expect(wallet.asset == vector.asset)
    #expect(wallet.form == vector.form)
    #expect(wallet.strength == .checksum)
    let octets = Array("请付款到 \(vector.text)。".utf8)
    let range = wallet.location.start..<wallet.location.end
    #expect(String(decoding: octets[range], as: UTF8.self) == wallet.text)
    #expect(vector.text.hasSuffix(wallet.text))
  }

  @Test(arguments: invalid)
  func `a text of the shape alone is no address`(_ text: String) {
    #expect(wallets("send to \(text) now").allSatisfy { $0.strength == .weak })
  }

  @Test(arguments: valid)
  func `an address with any one character changed is none`(
    _ vector: (text: String, asset: WalletAddress.Asset, form: WalletAddress.Form)
  ) {
    let prefix = "bitcoincash:".utf8.count
    let original = Array(vector.text.utf8).dropFirst(vector.form == .cashAddr ? prefix : 0)
    var random = SeededGenerator(seed: 7)
    let signs = Array("0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
    for index in original.indices {
      for _ in 0..<4 {
        var changed = Array(original)
        let sign = signs[Int(random.next() % UInt64(signs.count))]
        guard changed[index - original.startIndex] != sign else { continue }
        changed[index - original.startIndex] = sign
        // The case of a whole bech32 text is free; of one letter it is not, but for these hashes.
        let text = String(decoding: changed, as: UTF8.self)
        #expect(wallets(text).allSatisfy { $0.strength == .weak }, "\(text)")
      }
    }
  }

  @Test func `an address without checksum is weak`() {
    let weak = [
      "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED",
      "9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM",
    ]
    for text in weak { #expect(wallets(text).map(\.strength) == [.weak], "\(text)") }
  }

  @Test func `the contract of a known token is no payee`() {
    let observations = engine.observe(
      Subject(content: .text(Array("USDT: TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t".utf8))))
    #expect(observations.wallets.map(\.isTokenContract) == [true])
    #expect(observations[id: "wallet.checksum"] == nil)
  }

  @Test func `full width and hidden characters do not hide an address`() throws {
    let address = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
    let wide = String(
      String.UnicodeScalarView(
        address.unicodeScalars.compactMap { Unicode.Scalar($0.value - 0x21 + 0xFF01) }))
    let hidden = address.map(String.init).joined(separator: "\u{200B}")
    for text in [wide, hidden] {
      let wallet = try #require(wallets("pay \(text) today").first)
      #expect(wallet.text == address)
      let octets = Array("pay \(text) today".utf8)
      #expect(
        String(decoding: octets[wallet.location.start..<wallet.location.end], as: UTF8.self) == text
      )
    }
  }

  @Test func `a payment link holds an address`() throws {
    let page = """
      <p>Donate</p><a href="bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?amount=1">here</a>
      """
    let observations = engine.observe(Subject(content: .html(Array(page.utf8))))
    let wallet = try #require(observations.wallets.first)
    #expect(wallet.isInPaymentURI)
    #expect(observations[id: "wallet.payment-uri"]?.count == 1)
  }
}
