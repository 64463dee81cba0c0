public import Enforcement

/// All that a report tells of one sanction: whose it is, what it rests on, what came of it, and the
/// proof that it stands on the record.
public struct SanctionDossier: Sendable {
  /// The platform.
  public var platform: Platform
  /// The account.
  public var account: Account
  /// Who stands behind it; nil where nobody is known.
  public var party: PartyEntry?
  /// The sanction.
  public var sanction: Sanction
  /// What it leans on, oldest first.
  public var infractions: [Told]
  /// Its appeals, in order.
  public var appeals: [Appeal]
  /// Where it stands on the record; nil where it is not yet.
  public var proof: LogProof?

  /// An infraction, with the evidence that stands sealed on the record.
  public struct Told: Sendable {
    /// The infraction.
    public var file: InfractionFile
    /// What it rests on; without pieces where they were erased.
    public var evidence: InfractionEvidence

    /// Takes the parts.
    public init(file: InfractionFile, evidence: InfractionEvidence) {
      self.file = file
      self.evidence = evidence
    }
  }

  /// Takes the parts.
  public init(
    platform: Platform, account: Account, party: PartyEntry?, sanction: Sanction,
    infractions: [Told], appeals: [Appeal], proof: LogProof?
  ) {
    self.platform = platform
    self.account = account
    self.party = party
    self.sanction = sanction
    self.infractions = infractions
    self.appeals = appeals
    self.proof = proof
  }

  /// The clauses broken, each once, in order.
  public var clauses: [String] {
    var known: Set<String> = []
    return sanction.plan.ground.clauses.filter { known.insert($0).inserted }
  }
}

/// Where an entry stands in the log, and the hashes that prove it (RFC 9162, Section 2.1.3).
public struct LogProof: Sendable, Hashable {
  /// The name of the log.
  public var log: String
  /// The entry's number, from 0.
  public var entry: UInt64
  /// The hash of its leaf, in hexadecimal.
  public var leaf: String
  /// The size of the tree that the proof leads to.
  public var size: UInt64
  /// The root of that tree, in hexadecimal.
  public var root: String
  /// The hashes from leaf to root, in hexadecimal.
  public var path: [String]

  /// Takes the parts.
  public init(
    log: String, entry: UInt64, leaf: String, size: UInt64, root: String, path: [String]
  ) {
    self.log = log
    self.entry = entry
    self.leaf = leaf
    self.size = size
    self.root = root
    self.path = path
  }
}
