internal import Enforcement
internal import TransparencyLog

/// What is sealed of an infraction, as canonical JSON: the digests of the post, and the evidence.
enum InfractionCoding {
  static func json(_ infraction: Infraction) -> CanonicalJSON {
    let evidence = infraction.evidence
    var members: [(String, CanonicalJSON)] = [
      ("post", .string(infraction.post.hex)), ("content", .string(infraction.content.hex)),
      ("id", .string(evidence.post)),
      ("pieces", .array(evidence.pieces.map { EventCoding.json($0) })),
      (
        "traits",
        .array(
          evidence.traits.map {
            ["kind": .string($0.kind.rawValue), "value": .string($0.value)]
          })
      ),
    ]
    if let language = evidence.language { members.append(("language", .string(language))) }
    return .object(CanonicalJSON.Object(members))
  }

  /// What the sealed value says.
  struct Opened {
    var post: ContentDigest
    var content: ContentDigest
    var evidence: InfractionEvidence

    /// What stands in its place where it was erased.
    static let erased = Opened(post: .erased, content: .erased, evidence: .erased)
  }

  /// Reads the sealed value; an erased one has nothing to say.
  ///
  /// Without its pieces it is read in less time: for the register, which keeps none.
  static func opened(
    _ value: [UInt8]?, withPieces: Bool = true
  ) throws(StoreError) -> Opened {
    guard let value else { return .erased }
    guard let json = try? CanonicalJSON(parsing: value, requireCanonical: withPieces),
      let post = json["post"]?.string.flatMap({ ContentDigest(hex: $0) }),
      let content = json["content"]?.string.flatMap({ ContentDigest(hex: $0) }),
      let id = json["id"]?.string
    else { throw .corrupt("the evidence of an infraction cannot be read") }
    var traits: [Trait] = []
    for object in json["traits"]?.array ?? [] {
      guard let kind = object["kind"]?.string.flatMap(Trait.Kind.init(rawValue:)),
        let value = object["value"]?.string
      else { throw .corrupt("a trait of an infraction cannot be read") }
      traits.append(Trait(kind: kind, value: value))
    }
    let evidence = InfractionEvidence(
      post: id, language: json["language"]?.string,
      pieces: withPieces ? try EntryFields.pieces(json["pieces"]?.array ?? []) : [],
      traits: traits)
    return Opened(post: post, content: content, evidence: evidence)
  }
}
