internal import Detection
internal import Enforcement

/// Writes the answers that rest on the record, and puts all answers of a batch in order.
struct Answers {
  /// The record after the batch.
  let book: ConductBook

  /// The answers to all lines, in order.
  func join(_ parts: [ScreenedPart]) -> ScreenedBatch {
    var screened = ScreenedBatch()
    var out = JSONLineWriter()
    out.reserve(parts.reduce(0) { $0 + $1.answers.count + 600 * $1.gaps.count })
    var linesBefore = 0
    for part in parts {
      var written = 0
      for (place, gap) in part.gaps {
        out.append(part.answers[written..<place])
        written = place
        switch gap {
        case .hit(let hit):
          if write(hit, to: &out) { screened.infractions += 1 }
        case .fault(let fault, let id, let line):
          let fault = ScreenedBatch.LineFault(line: linesBefore + line, text: fault.description)
          Self.write(fault, id: id, to: &out)
          screened.faults.append(fault)
        }
      }
      out.append(part.answers[written...])
      screened.posts += part.posts
      linesBefore += part.lines
    }
    screened.answers = out.octets
    return screened
  }

  private static func write(
    _ fault: ScreenedBatch.LineFault, id: String?, to out: inout JSONLineWriter
  ) {
    out.raw("{")
    if let id {
      out.raw("\"id\":")
      out.string(id)
      out.raw(",")
    }
    out.raw("\"line\":")
    out.number(fault.line)
    out.raw(",\"error\":")
    out.string(fault.text)
    out.raw("}\n")
  }

  /// Writes the answer to a hit; true where it is an infraction.
  private func write(_ hit: Hit, to out: inout JSONLineWriter) -> Bool {
    out.raw("{\"id\":")
    out.string(hit.post.id)
    out.raw(",\"verdict\":")
    out.string(hit.category.rawValue)
    out.raw(",\"score\":")
    out.thousandths(hit.verdict.score)
    out.raw(",\"evidence\":[")
    for (index, piece) in hit.pieces.enumerated() {
      if index > 0 { out.raw(",") }
      Self.write(piece, to: &out)
    }
    out.raw("]")
    let file = book.infraction(ofPost: hit.postDigest)
    if let file {
      out.raw(",\"infraction\":")
      out.string("\(file.id)")
      if let sanction = sanction(on: file) { Self.write(sanction, to: &out) }
    }
    out.raw("}\n")
    return file != nil
  }

  /// The newest sanction that leans on an infraction.
  private func sanction(on file: InfractionFile) -> Sanction? {
    (book.accounts[file.account]?.sanctions ?? []).reversed().lazy
      .compactMap { book.sanctions[$0] }
      .first { $0.plan.ground.infractions.contains(file.id) }
  }

  private static func write(_ sanction: Sanction, to out: inout JSONLineWriter) {
    out.raw(",\"sanction\":{\"id\":")
    out.string("\(sanction.id)")
    out.raw(",\"kind\":")
    out.string(sanction.plan.terms.kind.rawValue)
    if let until = sanction.until {
      out.raw(",\"until\":")
      out.string("\(until)")
    }
    out.raw(",\"state\":")
    out.string(sanction.state.rawValue)
    out.raw("}")
  }

  private static func write(_ piece: EvidencePiece, to out: inout JSONLineWriter) {
    out.raw("{\"signal\":")
    out.string(piece.signal)
    out.raw(",\"text\":")
    out.string(piece.text)
    out.raw(",\"where\":{\"part\":")
    out.string(piece.part.rawValue)
    out.raw(",\"start\":")
    out.number(piece.start)
    out.raw(",\"end\":")
    out.number(piece.end)
    out.raw("},\"weight\":")
    out.thousandths(piece.weight)
    out.raw("}")
  }
}
