import ArgumentParser
import Console

struct OrderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order",
    abstract:
      "The life of an order: check, import, settle, confirm, suspend, resume, revoke, amend.",
    subcommands: [
      OrderCheck.self, OrderImport.self, OrderSettle.self, OrderConfirm.self, OrderSuspend.self,
      OrderResume.self, OrderRevoke.self, OrderAmend.self, OrderList.self, OrderShow.self,
    ]
  )
}

/// What goes with an order's file.
struct OrderFileOptions: ParsableArguments {
  @Option(
    name: .customLong("as"),
    help: "The file's format: json, csv, text, hosts or esma (default: told from the file).")
  var inputFormat: String?

  @Option(help: "The scope of names that give none: exact or subtree.")
  var scope: String?

  @Option(help: "The authority's reference.")
  var reference: String?

  @Option(help: "Who issued the order.")
  var authority: String?

  @Option(help: "Where it binds.")
  var jurisdiction: String?

  @Option(help: "The law it rests on.")
  var basis: String?

  @Option(help: "Date of issue.")
  var issued: String?

  @Option(help: "From when it is enforced.")
  var effective: String?

  @Option(help: "From when it no longer is; a bare date means its first moment in UTC.")
  var expires: String?

  @Option(help: "Where the authority answers questions.")
  var contact: String?

  @Option(help: "By when it must be in effect.")
  var deadline: String?

  @Option(help: "block, or observe: count without blocking.")
  var mode: String?

  @Option(help: "What a blocked name is answered: nxdomain, nodata, refused or address.")
  var answer: String?

  @Option(help: "authority, or operator for a rule of your own.")
  var origin: String?

  @Option(help: "A remark.")
  var note: String?

  func input(_ path: String) -> OrderInput {
    let terms = [
      "reference": reference, "authority": authority, "jurisdiction": jurisdiction,
      "basis": basis, "issued": issued, "effective": effective, "expires": expires,
      "contact": contact, "deadline": deadline, "mode": mode, "answer": answer,
      "origin": origin, "note": note,
    ]
    return OrderInput(
      fileName: path, format: inputFormat, scope: scope, terms: terms.compactMapValues(\.self))
  }
}
