extension CanonicalJSON {
  /// The value of a name, if this is an object that has it.
  ///
  /// Setting changes objects alone.
  public subscript(name: String) -> CanonicalJSON? {
    get { object?[name] }
    set {
      guard var object else { return }
      object[name] = newValue
      self = .object(object)
    }
  }

  /// The value at a position, if this is an array that reaches so far.
  public subscript(position: Int) -> CanonicalJSON? {
    guard let array, array.indices.contains(position) else { return nil }
    return array[position]
  }

  /// Whether this is `null`.
  public var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The truth value, if this is one.
  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The number, if this is one.
  public var integer: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// The text, if this is a string.
  public var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The elements, if this is an array.
  public var array: [CanonicalJSON]? {
    if case .array(let value) = self { value } else { nil }
  }

  /// The members, if this is an object.
  public var object: Object? {
    if case .object(let value) = self { value } else { nil }
  }
}

extension CanonicalJSON.Object {
  /// Whether there are no members.
  public var isEmpty: Bool { members.isEmpty }

  /// The number of members.
  public var count: Int { members.count }

  /// The names in canonical order.
  public var names: [String] { members.map(\.name) }
}

// MARK: - Literals

extension CanonicalJSON: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }

  /// A whole number.
  public init(integerLiteral value: Int64) { self = .integer(value) }

  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }

  /// An array of these elements.
  public init(arrayLiteral elements: CanonicalJSON...) { self = .array(elements) }

  /// An object of these members; of those with the same name the last one counts.
  public init(dictionaryLiteral elements: (String, CanonicalJSON)...) {
    self = .object(Object(elements))
  }
}

extension CanonicalJSON.Object: ExpressibleByDictionaryLiteral {
  /// An object of these members; of those with the same name the last one counts.
  public init(dictionaryLiteral elements: (String, CanonicalJSON)...) {
    self.init(elements)
  }

  /// An object of these members; of those with the same name the last one counts.
  public init(_ elements: some Sequence<(String, CanonicalJSON)>) {
    self.init()
    for (name, value) in elements {
      self[name] = value
    }
  }
}

// MARK: - Comparing

extension CanonicalJSON: Hashable {
  /// Whether both have the same canonical bytes.
  public static func == (left: CanonicalJSON, right: CanonicalJSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.string(let left), .string(let right)): order(left, right) == .same
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    case (.null, _), (.bool, _), (.integer, _), (.string, _), (.array, _), (.object, _): false
    }
  }

  /// Feeds the value into the hasher, strings by their bytes.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(value)
    case .string(let value): hasher.combine(Array(value.utf8))
    case .array(let value): hasher.combine(value)
    case .object(let value): hasher.combine(value)
    }
  }
}

extension CanonicalJSON.Object.Member: Hashable {
  /// Whether name and value have the same canonical bytes.
  public static func == (left: Self, right: Self) -> Bool {
    CanonicalJSON.order(left.name, right.name) == .same && left.value == right.value
  }

  /// Feeds the bytes of the name, and the value, into the hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(Array(name.utf8))
    hasher.combine(value)
  }
}
