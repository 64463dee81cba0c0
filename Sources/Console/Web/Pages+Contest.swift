internal import Enforcement
internal import Records

/// What stands in the fields of the form.
struct ContestFields {
  var order = ""
  var name = ""
  var statement = ""
  var contact = ""
  var fault: ContestFault?

  init(order: String = "", name: String = "") {
    self.order = order
    self.name = name
  }

  /// What a person wrote, to be shown again.
  init(_ form: ContestForm, _ fault: ContestFault) {
    order = form.order ?? ""
    name = form.name ?? ""
    statement = form.statement ?? ""
    contact = form.contact ?? ""
    self.fault = fault
  }

  func context(_ language: Language) -> [String: Any] {
    var context: [String: Any] = [
      "orderValue": order, "nameValue": name, "statementValue": statement, "contactValue": contact,
    ]
    if let fault {
      let problem = fault.problem
      context["fault"] = [
        "title": problem.title.text(language),
        "detail": problem.detail.text(language, problem.values),
      ]
      if let field = fault.field { context["\(field)Fault"] = true }
    }
    return context
  }
}

extension Pages {
  /// The form by itself.
  func contest(_ fields: ContestFields, _ links: Links) -> String {
    var values = fields.context(links.language)
    values["action"] = links.to("/contest")
    return render(.contest, links, values)
  }

  /// What a person reads who contested a block.
  func thanks(_ event: RecordedEvent, _ contest: Contest, _ links: Links) -> String {
    var values: [String: Any] = [
      "number": event.index, "moment": event.event.time.description,
      "received": event.event.time.pageText,
      "answer": (contest.contact == nil ? Phrase.nextSilence : .nextAnswer).text(links.language),
    ]
    if let order = contest.order { values["orderHref"] = links.to("/orders/\(order)") }
    return render(.thanks, links, values)
  }
}
