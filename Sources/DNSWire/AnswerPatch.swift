internal import DomainNames

/// The changes that make a kept answer the answer to another query, done in place.
public enum AnswerPatch {
  /// Puts a query's id on an answer; nothing happens to octets too few for a header.
  public static func setID(_ id: UInt16, in answer: inout MutableSpan<UInt8>) {
    guard answer.count >= Header.length else { return }
    answer[0] = UInt8(truncatingIfNeeded: id >> 8)
    answer[1] = UInt8(truncatingIfNeeded: id)
  }

  /// Gives an answer's question the case the asker used, which askers check ("0x20").
  ///
  /// Names that point at the question follow it. Nothing is changed unless the names are equal but for
  /// their case.
  ///
  /// - Returns: Whether the names are equal.
  public static func copyQuestionCase(
    of query: QuestionView, in datagram: Span<UInt8>, to answer: inout MutableSpan<UInt8>
  ) -> Bool {
    let name = query.name
    guard name.upperBound <= datagram.count, name.upperBound <= answer.count else { return false }
    for offset in name
    where datagram[offset].asciiLowercased != answer[offset].asciiLowercased {
      return false
    }
    for offset in name { answer[offset] = datagram[offset] }
    return true
  }
}
