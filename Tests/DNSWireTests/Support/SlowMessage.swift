import DNSWire
import DomainNames

/// A second reader of messages, written for plainness alone: the definition the fast one is held to.
///
/// Nothing of DNSWire's reading is used; a fault is nil, whatever its kind.
struct SlowMessage: Equatable {
  struct Name: Equatable {
    var octets: [UInt8]
    var end: Int
    var isCompressed: Bool
  }

  struct Item: Equatable {
    var owner: [UInt8]
    var type: Int
    var recordClass: Int
    var ttl: Int
    var ttlOffset: Int
    var data: [UInt8]
  }

  var id = 0
  var bits = 0
  var questions: [Item] = []
  var sections: [[Item]] = []
  var opt: Item?
  var hasCompressedQuestion = false

  init?(_ octets: [UInt8]) {
    guard octets.count >= 12 else { return nil }
    func number(_ at: Int, _ size: Int) -> Int? {
      guard at + size <= octets.count else { return nil }
      return octets[at..<(at + size)].reduce(0) { $0 * 256 + Int($1) }
    }
    id = number(0, 2)!
    bits = number(2, 2)!
    var at = 12
    for _ in 0..<number(4, 2)! {
      guard let name = Self.name(octets, at), let type = number(name.end, 2),
        let recordClass = number(name.end + 2, 2)
      else { return nil }
      hasCompressedQuestion = hasCompressedQuestion || name.isCompressed
      questions.append(
        Item(
          owner: name.octets, type: type, recordClass: recordClass, ttl: 0, ttlOffset: 0, data: []))
      at = name.end + 4
    }
    for section in 0..<3 {
      sections.append([])
      for _ in 0..<number(6 + 2 * section, 2)! {
        let start = at
        guard let owner = Self.name(octets, at), let type = number(owner.end, 2),
          let recordClass = number(owner.end + 2, 2), let ttl = number(owner.end + 4, 4),
          let length = number(owner.end + 8, 2), owner.end + 10 + length <= octets.count,
          let data = Self.data(octets, owner.end + 10, length, type)
        else { return nil }
        at = owner.end + 10 + length
        let item = Item(
          owner: owner.octets.map(Self.lower), type: type, recordClass: recordClass, ttl: ttl,
          ttlOffset: owner.end + 4, data: data)
        if type == 41 {
          guard section == 2, octets[start] == 0, opt == nil, Self.isOptions(data) else {
            return nil
          }
          opt = item
        } else {
          sections[section].append(item)
        }
      }
    }
    guard at == octets.count else { return nil }
  }

  static func lower(_ octet: UInt8) -> UInt8 {
    octet >= 65 && octet <= 90 ? octet + 32 : octet
  }

  /// A name is labels and then the root, or labels and then a pointer to a name that starts before.
  static func name(_ octets: [UInt8], _ start: Int, hops: Int = 0) -> Name? {
    guard hops <= 127 else { return nil }
    var read: [UInt8] = []
    var at = start
    while true {
      guard at < octets.count else { return nil }
      let first = Int(octets[at])
      if first == 0 {
        let whole = read + [0]
        return whole.count > 255 ? nil : Name(octets: whole, end: at + 1, isCompressed: false)
      } else if first < 64 {
        guard at + 1 + first <= octets.count else { return nil }
        read += octets[at..<(at + 1 + first)]
        at += 1 + first
      } else if first >= 192 {
        guard at + 1 < octets.count else { return nil }
        let target = (first - 192) * 256 + Int(octets[at + 1])
        guard target >= 12, target < start, let rest = name(octets, target, hops: hops + 1)
        else { return nil }
        let whole = read + rest.octets
        return whole.count > 255 ? nil : Name(octets: whole, end: at + 2, isCompressed: true)
      } else {
        return nil
      }
    }
  }

  /// F: a fixed octet, S: a character string, N: a name, *: any rest.
  static let forms: [Int: String] = [
    2: "N", 3: "N", 4: "N", 5: "N", 7: "N", 8: "N", 9: "N", 12: "N",
    6: "NN" + String(repeating: "F", count: 20), 14: "NN", 15: "FFN", 17: "NN", 18: "FFN",
    21: "FFN", 24: String(repeating: "F", count: 18) + "N*", 26: "FFNN", 30: "N*",
    33: "FFFFFFN", 35: "FFFFSSSN",
  ]

  static func data(_ octets: [UInt8], _ start: Int, _ length: Int, _ type: Int) -> [UInt8]? {
    let end = start + length
    guard length > 0, let form = forms[type] else { return Array(octets[start..<end]) }
    var read: [UInt8] = []
    var at = start
    for part in form {
      switch part {
      case "F":
        guard at < end else { return nil }
        read.append(octets[at])
        at += 1
      case "S":
        guard at < end, at + 1 + Int(octets[at]) <= end else { return nil }
        read += octets[at...(at + Int(octets[at]))]
        at += 1 + Int(octets[at])
      case "N":
        guard at < end, let name = name(octets, at), name.end <= end else { return nil }
        read += name.octets
        at = name.end
      default:
        read += octets[at..<end]
        at = end
      }
    }
    return at == end && read.count <= 65_535 ? read : nil
  }

  static func isOptions(_ data: [UInt8]) -> Bool {
    guard !data.isEmpty else { return true }
    guard data.count >= 4 else { return false }
    let next = 4 + Int(data[2]) * 256 + Int(data[3])
    return next <= data.count && isOptions(Array(data[next...]))
  }
}

extension SlowMessage {
  /// Whether a message says the same.
  func agrees(with message: Message) -> Bool {
    let code = message.responseCode.rawValue
    return id == Int(message.id)
      && HeaderFlags(rawValue: UInt16(bits)).intersection(Self.flags) == message.flags
      && bits >> 11 & 15 == Int(message.opcode.rawValue)
      && bits & 15 | (opt.map { ($0.ttl >> 24) << 4 } ?? 0) == Int(code)
      && questions.map(\.owner) == message.questions.map(\.wireName)
      && questions.map(\.type) == message.questions.map { Int($0.type.rawValue) }
      && questions.map(\.recordClass) == message.questions.map { Int($0.recordClass.rawValue) }
      && Self.agree(sections[0], message.answers)
      && Self.agree(sections[1], message.authorities)
      && Self.agree(sections[2], message.additionals)
      && agrees(with: message.edns)
  }

  private static let flags: HeaderFlags = [
    .response, .authoritative, .truncated, .recursionDesired, .recursionAvailable, .authenticData,
    .checkingDisabled,
  ]

  private static func agree(_ items: [Item], _ records: [Record]) -> Bool {
    items.count == records.count
      && zip(items, records).allSatisfy { item, record in
        item.owner == record.owner.wire && item.type == Int(record.type.rawValue)
          && item.recordClass == Int(record.recordClass.rawValue) && item.ttl == Int(record.ttl)
          && item.data == record.rdata
      }
  }

  private func agrees(with edns: EDNS?) -> Bool {
    guard let edns, let opt else { return edns == nil && opt == nil }
    let options = edns.options.flatMap { option in
      [option.code.rawValue, UInt16(option.data.count)].flatMap {
        [UInt8($0 >> 8), UInt8($0 & 255)]
      }
        + option.data
    }
    return opt.recordClass == Int(edns.udpSize) && opt.ttl >> 16 & 255 == Int(edns.version)
      && (opt.ttl & 0x8000 != 0) == edns.dnssecOK && opt.data == options
  }

  /// What the hot path has to make of the same octets.
  static func outcome(of octets: [UInt8]) -> SlowOutcome {
    guard octets.count >= 12, octets[2] < 128 else { return .drop }
    guard octets[2] >> 3 & 15 == 0 else { return .reject(.notImp) }
    guard octets[4] == 0, octets[5] == 1, let message = SlowMessage(octets),
      !message.hasCompressedQuestion
    else { return .reject(.formErr) }
    return .query(message)
  }
}

enum SlowOutcome {
  case query(SlowMessage)
  case drop
  case reject(ResponseCode)

  func agrees(with outcome: QuestionView.Outcome, in octets: [UInt8]) -> Bool {
    switch (self, outcome) {
    case (.drop, .drop): true
    case (.reject(let one), .reject(let other)): one == other
    case (.query(let slow), .query(let view)): Self.agree(slow, view, in: octets)
    case (.drop, _), (.reject, _), (.query, _): false
    }
  }

  private static func agree(_ slow: SlowMessage, _ view: QuestionView, in octets: [UInt8]) -> Bool {
    let question = slow.questions[0]
    let hasSameEDNS =
      if let opt = slow.opt, let edns = view.edns {
        opt.recordClass == Int(edns.udpSize) && opt.ttl >> 16 & 255 == Int(edns.version)
          && (opt.ttl & 0x8000 != 0) == edns.dnssecOK && Array(octets[edns.options]) == opt.data
      } else {
        slow.opt == nil && view.edns == nil
      }
    return slow.id == Int(view.header.id) && question.owner == Array(octets[view.name])
      && question.type == Int(view.type.rawValue)
      && question.recordClass == Int(view.recordClass.rawValue) && hasSameEDNS
  }
}
