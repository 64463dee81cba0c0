internal import Enforcement
internal import Records

/// A piece of a list of numbered things, and how to go on.
struct RecordPage<Thing> {
  var things: [Thing] = []
  /// The number to go on after; nil where these were the last.
  var next: String?
}

extension RecordPage {
  /// The things of a list, as they are told.
  init<Kept, Number>(_ page: NumberedPage<Kept, Number>, _ tell: (Kept) -> Thing) {
    self.init(things: page.things.map(tell), next: page.next?.description)
  }
}

extension ShardedDictionary where Key: RecordNumber {
  /// The things whose numbers come after one, in the order of their numbers.
  ///
  /// Numbers are given one after the other, so nothing is sorted; all of them are walked, so this is
  /// for what there are few of.
  func page(
    after last: Key?, limit: Int, where isWanted: (Value) -> Bool = { _ in true }
  ) -> RecordPage<Value> {
    var page = RecordPage<Value>()
    var number = (last?.count ?? 0) + 1
    var found = 0
    var newest: Key?
    while number <= count {
      let key = Key(count: number)
      number += 1
      guard let value = self[key], isWanted(value) else { continue }
      guard found < limit else {
        page.next = newest?.description
        return page
      }
      page.things.append(value)
      newest = key
      found += 1
    }
    return page
  }
}

extension APIPage {
  /// The number after which the page begins.
  func start<Number: RecordNumber>(_ type: Number.Type) throws(APIProblem) -> Number? {
    guard let after else { return nil }
    guard let number = Number(text: after) else { throw .badCursor }
    return number
  }
}
