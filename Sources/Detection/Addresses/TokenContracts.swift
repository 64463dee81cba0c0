/// Contracts of well-known tokens: to be named on a page is no request to pay them.
enum TokenContracts {
  /// Addresses as each explorer shows them; those of Ethereum and its like in lower case.
  private static let known: Set<String> = [
    // Ethereum: USDT, USDC, DAI, WETH, WBTC, BUSD, SHIB, LINK, UNI.
    "0xdac17f958d2ee523a2206206994597c13d831ec7", "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
    "0x6b175474e89094c44da98b954eedeac495271d0f", "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
    "0x2260fac5e5542a773aa44fbcfedf7c193bc2c599", "0x4fabb145d64652a948d72533023f6e7a623c7c53",
    "0x95ad61b0a150d79219dcf64e1e6cc01f0b64c4ce", "0x514910771af9ca656af840dff83e8264ecf986ca",
    "0x1f9840a85d5af5bf1d1762f925bdaddc4201f984",
    // BNB Smart Chain: USDT, USDC, WBNB.
    "0x55d398326f99059ff775485246999027b3197955", "0x8ac76a51cc950d9822d68b83fe1ad97b32cd580d",
    "0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c",
    // TRON: USDT, USDC, USDD.
    "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "TEkxiTehnzSmSe2XqrBj4w32RUN966rdz8",
    "TPYmHEhy5n8TCEfYGqW2rPxsghSfzghPDn",
    // TON: USDT. Solana: USDC, USDT, wrapped SOL.
    "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs",
    "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB",
    "So11111111111111111111111111111111111111112",
  ]

  /// Whether an address is one of them.
  static func contains(_ address: String) -> Bool {
    known.contains(address.hasPrefix("0x") ? address.lowercased() : address)
  }
}
