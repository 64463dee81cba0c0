internal import CVectorscan
internal import Glibc

/// Patterns compiled together, so that one pass over a text finds all of them.
///
/// Safety: the database is made once and only read from then on, which Vectorscan allows from many
/// threads at once; each scan has a scratch of its own, lent by ``WorkspacePool``. Both are freed with
/// their owner. `@unchecked Sendable` rests on that.
final class PatternDatabase: @unchecked Sendable {
  private let database: OpaquePointer

  /// A pattern to compile.
  struct Pattern: Sendable, Hashable {
    /// A regular expression in Vectorscan's syntax.
    var expression: String
    /// Whether matches tell where they begin; otherwise they tell only where they end.
    var tellsStart: Bool
    /// Whether a small letter in the pattern stands for the capital too.
    var isCaseless = false
    /// Whether it stands for its octets alone, whatever text they are looked for in; many such
    /// patterns compile forty times as fast.
    var isLiteral = false
  }

  /// Why patterns do not compile.
  struct Refusal: Error, Hashable {
    /// The pattern at fault; nil where it is all of them together.
    var index: Int?
    var explanation: String
  }

  /// Compiles patterns; matches tell a pattern by its number, which is its index where none are given.
  init(_ patterns: [Pattern], numbers: [Int]? = nil) throws(Refusal) {
    var database: OpaquePointer?
    var problem: UnsafeMutablePointer<hs_compile_error_t>?
    let expressions: [[CChar]] = patterns.map { Array($0.expression.utf8CString) }
    let pointers = expressions.map { $0.withUnsafeBufferPointer(Self.copy) }
    defer { for pointer in pointers { pointer.deallocate() } }
    let outcome = hs_compile_multi(
      pointers.map { UnsafePointer($0) }, patterns.map(Self.flags),
      (numbers ?? Array(patterns.indices)).map { UInt32($0) },
      UInt32(patterns.count), UInt32(HS_MODE_BLOCK), nil, &database, &problem)
    defer { hs_free_compile_error(problem) }
    guard outcome == HS_SUCCESS, let database else {
      let index = problem.map { Int($0.pointee.expression) } ?? -1
      let text = problem.flatMap { $0.pointee.message }.map { String(cString: $0) }
      throw Refusal(
        index: index >= 0 ? index : nil, explanation: text ?? "Vectorscan reports \(outcome)")
    }
    self.database = database
  }

  private static func flags(of pattern: Pattern) -> UInt32 {
    (pattern.isLiteral ? 0 : UInt32(HS_FLAG_UTF8))
      | (pattern.tellsStart ? UInt32(HS_FLAG_SOM_LEFTMOST) : 0)
      | (pattern.isCaseless ? UInt32(HS_FLAG_CASELESS) : 0)
  }

  private static func copy(_ text: UnsafeBufferPointer<CChar>) -> UnsafeMutablePointer<CChar> {
    let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: text.count)
    _ = UnsafeMutableBufferPointer(start: pointer, count: text.count).update(from: text)
    return pointer
  }

  deinit {
    hs_free_database(database)
  }

  /// Memory that one scan needs for itself; nil where there is none.
  ///
  /// It serves the others too, one scan at a time.
  func makeScratch(also others: [PatternDatabase] = []) -> Scratch? {
    var scratch: OpaquePointer?
    for each in [self] + others where hs_alloc_scratch(each.database, &scratch) != HS_SUCCESS {
      hs_free_scratch(scratch)
      return nil
    }
    return scratch.map { Scratch($0) }
  }

  /// Memory that one scan needs for itself; one scan at a time may use it.
  final class Scratch: @unchecked Sendable {
    /// Nil once there was no memory to grow: scans find nothing then.
    fileprivate private(set) var pointer: OpaquePointer?
    /// Databases that live as long as the packs, and that it was made to fit.
    private var fitting: Set<ObjectIdentifier> = []

    fileprivate init(_ pointer: OpaquePointer) {
      self.pointer = pointer
    }

    /// Makes it large enough for one more database, which outlives it.
    func fit(_ database: PatternDatabase) {
      guard fitting.insert(ObjectIdentifier(database)).inserted, pointer != nil else { return }
      if hs_alloc_scratch(database.database, &pointer) != HS_SUCCESS { pointer = nil }
    }

    deinit {
      hs_free_scratch(pointer)
    }
  }

  /// Where a pattern was met.
  struct Match {
    var pattern: UInt32
    /// 0 for patterns that tell no start.
    var start: UInt32
    var end: UInt32
  }

  /// Finds all patterns in a part of some octets, of which there are at most 4 GiB.
  ///
  /// Places are counted from the beginning of the octets; matches that find no room are dropped.
  func scan(
    _ octets: borrowing [UInt8], in range: Range<Int>, scratch: Scratch,
    into matches: inout MatchList
  ) {
    guard !range.isEmpty else { return }
    matches.base = UInt32(range.lowerBound)
    octets.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      withUnsafeMutablePointer(to: &matches) { list in
        _ = UnsafeRawPointer(base + range.lowerBound).withMemoryRebound(
          to: CChar.self, capacity: range.count
        ) { text in
          hs_scan(
            database, text, UInt32(range.count), 0, scratch.pointer,
            { pattern, start, end, _, context in
              context?.assumingMemoryBound(to: MatchList.self).pointee.add(
                pattern, UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: end))
              return 0
            }, UnsafeMutableRawPointer(list))
        }
      }
    }
  }
}

extension PatternDatabase {
  /// Octets of the longest text that a pattern matches, or more; nil where there is no bound.
  ///
  /// Safety: what Vectorscan tells lies in memory from `malloc`, which is freed here.
  static func longestMatch(of pattern: Pattern) -> Int? {
    var told: UnsafeMutablePointer<hs_expr_info_t>?
    var problem: UnsafeMutablePointer<hs_compile_error_t>?
    defer {
      free(told)
      hs_free_compile_error(problem)
    }
    guard hs_expression_info(pattern.expression, flags(of: pattern), &told, &problem) == HS_SUCCESS,
      let width = told?.pointee.max_width, width < .max
    else { return nil }
    return Int(width)
  }

  /// Whether a pattern matches from a place in a part of some octets up to an offset in it.
  func matches(
    _ octets: borrowing [UInt8], in range: Range<Int>, upTo end: Int, scratch: Scratch
  ) -> Bool {
    var wanted = (end: UInt64(end - range.lowerBound), isMet: false)
    octets.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, !range.isEmpty else { return }
      withUnsafeMutablePointer(to: &wanted) { wanted in
        _ = UnsafeRawPointer(base + range.lowerBound).withMemoryRebound(
          to: CChar.self, capacity: range.count
        ) { text in
          hs_scan(
            database, text, UInt32(range.count), 0, scratch.pointer,
            { _, _, end, _, context in
              guard
                let wanted = context?.assumingMemoryBound(to: (end: UInt64, isMet: Bool).self),
                wanted.pointee.end == end
              else { return 0 }
              wanted.pointee.isMet = true
              return 1
            }, UnsafeMutableRawPointer(wanted))
        }
      }
    }
    return wanted.isMet
  }
}

/// Matches of one scan, at most ``bound``; room is made once and kept.
///
/// Safety: `matches` has room for ``bound`` matches from the beginning to the end of the owner.
struct MatchList: ~Copyable {
  /// Matches that are kept, at most.
  static let bound = 32_768

  private let matches = UnsafeMutablePointer<PatternDatabase.Match>.allocate(capacity: bound)
  private(set) var count = 0
  /// What is added to each place.
  fileprivate var base: UInt32 = 0

  deinit {
    matches.deallocate()
  }

  @inline(__always)
  fileprivate mutating func add(_ pattern: UInt32, _ start: UInt32, _ end: UInt32) {
    guard count < Self.bound else { return }
    matches[count] = PatternDatabase.Match(pattern: pattern, start: start &+ base, end: end &+ base)
    count += 1
  }

  /// Takes a pattern at a place.
  @inline(__always)
  mutating func add(_ pattern: UInt32, _ place: Range<Int>) {
    guard count < Self.bound else { return }
    matches[count] = PatternDatabase.Match(
      pattern: pattern, start: UInt32(place.lowerBound), end: UInt32(place.upperBound))
    count += 1
  }

  /// Whether nothing more finds room.
  var isFull: Bool { count == Self.bound }

  mutating func removeAll() {
    count = 0
  }

  /// A match; `index` is below ``count``.
  subscript(index: Int) -> PatternDatabase.Match {
    precondition(index < count)
    return matches[index]
  }
}
