internal import Enforcement
internal import Foundation
internal import Interchange

/// The clocks that laws set platforms, as files beside the program.
enum PlatformProfile {
  private static let folder = "/profiles"

  /// The clocks of a profile.
  ///
  /// - Throws: `DeskFault` where there is none of that name, and names those that there are.
  static func terms(_ text: String, policies: String?) throws -> PlatformTerms {
    let name = try Slug.read(text, as: "a profile's name").text
    let folder = try PolicyFolder.locate(policies) + folder
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(name).yaml") else {
      let known = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
      throw DeskFault(
        "there is no profile \(name) in \(folder); there is \(known.joined(separator: ", "))")
    }
    do {
      return try ProfileFile.read(Array(data), fileName: "\(name).yaml").terms
    } catch {
      throw DeskFault("\(error)")
    }
  }
}

extension PlatformInput {
  /// The same with the clocks of the profile that it names; what it says itself goes before.
  func withProfile(policies: String?) throws -> PlatformInput {
    guard let profile else { return self }
    let terms = try PlatformProfile.terms(profile, policies: policies)
    var input = self
    input.appealDays = appealDays ?? terms.appealDays
    input.answerDays = answerDays ?? terms.answerDays ?? 0
    input.reportHours = reportHours ?? terms.reportHours ?? 0
    input.keepDays = keepDays ?? terms.keepDays
    return input
  }
}
