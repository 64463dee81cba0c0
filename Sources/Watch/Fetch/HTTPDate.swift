internal import Enforcement

/// Dates in HTTP fields (RFC 9110, Section 5.6.7), the preferred form.
enum HTTPDate {
  /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`; nil for anything else.
  static func instant(_ text: String) -> Instant? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT" || parts[5] == "UTC",
      let month = months.firstIndex(of: parts[2].lowercased())
    else { return nil }
    let number = month + 1
    let day = parts[1].count == 1 ? "0\(parts[1])" : "\(parts[1])"
    return Instant("\(parts[3])-\(number < 10 ? "0" : "")\(number)-\(day)T\(parts[4])Z")
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
}
