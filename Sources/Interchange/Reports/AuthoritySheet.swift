internal import Foundation

/// A report to an authority as it was made: what its JSON says, read back for people.
///
/// Tables and pages are made from this, so they say what was sent, whatever has happened since.
public struct AuthoritySheet: Sendable, Hashable, Decodable {
  /// The number of the report.
  public let report: String
  /// When it was made.
  public let made: String
  /// Who reports.
  public let reporter: String?
  /// The report that it corrects.
  public let corrects: String?
  /// What it tells of.
  public let sanctions: [Entry]

  /// One sanction, and all that belongs to it.
  public struct Entry: Sendable, Hashable, Decodable {
    /// Whose it is.
    public let account: Account
    /// Who stands behind the account; nil where nobody is known.
    public let party: Party?
    /// What was done.
    public let sanction: Sanction
    /// What it rests on, oldest first.
    public let infractions: [Infraction]
    /// Its appeals, in order; nil where there are none.
    public let appeals: [Appeal]?
    /// Where it stands on the record.
    public let proof: Proof?
  }

  /// Whose it is.
  public struct Account: Sendable, Hashable, Decodable {
    /// Its number on the record, `a-17`.
    public let number: String
    /// The platform's short name.
    public let platform: String
    /// The platform's name for people.
    public let platformName: String
    /// The platform's id of it.
    public let id: String
    /// What it calls itself.
    public let handle: String?
    /// Its category.
    public let category: String?
    /// The number under which it is filed with the authority.
    public let filingNumber: String?
    /// The version of the agreement that its holder signed.
    public let agreementVersion: String?
    /// When it was opened.
    public let opened: String?
    /// When it was reviewed; nil where nobody did, or the report is older than reviews.
    public let reviewed: String?
    /// Who reviewed it.
    public let reviewedBy: String?
    /// Whether it bears the mark of those entitled to political news; nil where nobody reviewed it.
    public let marked: Bool?
    /// The permit behind that mark.
    public let newsPermit: String?
  }

  /// Who stands behind it.
  public struct Party: Sendable, Hashable, Decodable {
    /// The name.
    public let name: String
    /// `person` or `firm`.
    public let kind: String
    /// A licence or registration number.
    public let registration: String?
    /// A group of accounts that one operator runs.
    public let group: String?
  }

  /// What was done.
  public struct Sanction: Sendable, Hashable, Decodable {
    /// Its number on the record, `s-3`.
    public let number: String
    /// `warn`, `restrict`, `suspend` or `close`.
    public let kind: String
    /// Where it stood when the report was made.
    public let state: String
    /// When it took effect.
    public let imposed: String?
    /// When it ends by itself; nil where it does not.
    public let until: String?
    /// When it ended; nil where it had not.
    public let ended: String?
    /// The ladder and its version; nil where officers decided outside of it.
    public let ladder: String?
    /// What is restricted; nil where nothing is by itself.
    public let restrictions: [String]?
    /// The clauses that were broken.
    public let clauses: [String]
    /// Where it holds, as ISO 3166-1 codes.
    public let territory: [String]
    /// The points that counted.
    public let points: Int
    /// The points that its rung asks for.
    public let rungPoints: Int
    /// Whether a machine found the posts.
    public let automatedDetection: Bool
    /// Whether it took effect without a person.
    public let automatedDecision: Bool
    /// How many officers agreed.
    public let officers: Int
  }

  /// What it rests on.
  public struct Infraction: Sendable, Hashable, Decodable {
    /// Its number on the record, `i-5`.
    public let number: String
    /// Where it stood when the report was made.
    public let state: String
    /// What the post was found to do.
    public let category: String
    /// What the rules call it.
    public let kind: String
    /// The rule and its version.
    public let rule: String
    /// The platform's id of the post.
    public let post: String
    /// When the post was published.
    public let published: String
    /// When it was found.
    public let found: String
    /// SHA-256 of the post's text.
    public let contentSha256: String
    /// The post's language.
    public let language: String?
    /// How sure the detection was, 0 to 1.
    public let score: Double
    /// The words that it rests on.
    public let evidence: [Evidence]
  }

  /// Words that were seen.
  public struct Evidence: Sendable, Hashable, Decodable {
    /// What they are a sign of.
    public let signal: String
    /// The words, as they stood there.
    public let text: String
  }

  /// What its holder said, and what came of it.
  public struct Appeal: Sendable, Hashable, Decodable {
    /// Its number on the record, `ap-1`.
    public let number: String
    /// When it was filed.
    public let filed: String
    /// When it was decided; nil where it was open.
    public let decided: String?
    /// `upheld`, `reduced` or `overturned`.
    public let outcome: String?
  }

  /// Where it stands on the record.
  public struct Proof: Sendable, Hashable, Decodable {
    /// The name of the log.
    public let log: String
    /// The entry's number, from 0.
    public let entry: UInt64
    /// The hash of its leaf, in hexadecimal.
    public let leafHash: String
    /// The size of the tree that the proof leads to.
    public let treeSize: UInt64
    /// The root of that tree, in hexadecimal.
    public let rootHash: String
    /// The hashes from leaf to root.
    public let inclusionPath: [String]
  }

  /// Why a report cannot be read.
  public struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence.
    public var description: String {
      "the report is not in the form in which this program makes reports: it is as another one"
        + " made it"
    }
  }

  /// Reads the JSON of a report.
  public init(_ octets: [UInt8]) throws(Fault) {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      self = try decoder.decode(AuthoritySheet.self, from: Data(octets))
    } catch {
      throw Fault()
    }
  }
}

// MARK: - As a table

extension AuthoritySheet {
  private static let columns = [
    "report", "platform", "account", "account_id", "handle", "category", "filing_number", "party",
    "party_registration", "sanction", "kind", "state", "imposed", "until", "ended", "clauses",
    "points", "infractions", "first_published", "last_published", "log_entry", "leaf_hash",
    "reviewed", "reviewed_by", "marked", "news_permit",
  ]

  /// The report as CSV (RFC 4180), a line a sanction, with a header.
  ///
  /// A field that a spreadsheet would take for a formula gets an apostrophe in front.
  public var table: [UInt8] {
    var text = SheetText.line(Self.columns)
    for entry in sanctions { text += SheetText.line(fields(of: entry)) }
    return Array(text.utf8)
  }

  private func fields(of entry: Entry) -> [String] {
    let (account, sanction) = (entry.account, entry.sanction)
    let published = entry.infractions.map(\.published).sorted()
    return [
      report, account.platform, account.number, account.id, account.handle ?? "",
      account.category ?? "", account.filingNumber ?? "", entry.party?.name ?? "",
      entry.party?.registration ?? "", sanction.number, sanction.kind, sanction.state,
      sanction.imposed ?? "", sanction.until ?? "", sanction.ended ?? "",
      sanction.clauses.joined(separator: "; "), "\(sanction.points)",
      "\(entry.infractions.count)", published.first ?? "", published.last ?? "",
      entry.proof.map { "\($0.entry)" } ?? "", entry.proof?.leafHash ?? "",
      account.reviewed ?? "", account.reviewedBy ?? "", account.marked.map { "\($0)" } ?? "",
      account.newsPermit ?? "",
    ]
  }
}
