/// Values that other implementations made: Python's hashlib and cryptography 48.0.0 (OpenSSL).
enum ForeignVectors {
  /// The path of leaf 777 in the tree of the leaves "entry 0" to "entry 999".
  static let path777 = [
    "+wx6Tu3YJlUigTVgCTFBa3bzh3Ezg0gj4g759kIpwo8=",
    "HmFJREatIPwAQgaPrninuvy47JM2/goZ46g0oiEh2HE=",
    "EPyngmf+WWCKG66T8SmDzQ4N6gXpM6pf2TWyPbklDwg=",
    "1UIUj+fves8vb6QDQSXNHskg9A8JhAwRLKQ2QlbnLMc=",
    "vhlS7mRDfw8ZCgPc6E6x61ddwgEpiYFp4fS9eOsLgPo=",
    "z8sFKMCbR8Qr1vDc15l83kq7iuzKtnsa+TZY5CdzEV0=",
    "H6qXMUZbyMkVsxuVXU5e+VB5K74aUl5gtKaW5WYWZPc=",
    "jPudrFkK48GTDIolD1q+X44HvVq37X5pSqY8Mqyi2Gw=",
    "k9pJNZFHSVnKwKaCayEIxku4oi30S/6/njGup+WMXy4=",
    "xtuUnnbP1dYUB8c6SBkhJlqwJOphMdAtxrcN79/U+to=",
  ]

  /// The key whose seed is the bytes 0 to 31.
  static let verifierKey =
    "log.example/cordon+685350e6+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
  static let signingKey =
    "PRIVATE+KEY+log.example/cordon+685350e6+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"

  /// The checkpoint of those 1,000 leaves, signed with that key.
  static let checkpoint = """
    log.example/cordon
    1000
    NGxrnLicS3b6ydyyDNqG46AcCldBfBOQKOrNRTj96Vs=

    — log.example/cordon \
    aFNQ5tHqm2htVnLYMHGfPcfPRxRIaXFhZsS7yEQHhTtOY1Ynv0ke2OmltCNdKPYLEJ2P1uDVxCE1hqo6a9mrcVouxwg=

    """

  /// The proof of leaf 777 under that checkpoint.
  static let proofBundle =
    "c2sp.org/tlog-proof@v1\nindex 777\n" + path777.joined(separator: "\n") + "\n\n" + checkpoint
}
