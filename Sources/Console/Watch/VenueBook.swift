internal import Detection
internal import DomainNames
internal import Foundation
internal import Interchange

/// Reads which venues are known, from the packs in the folder of policies.
enum VenueBook {
  /// The venues' names.
  static func names(
    _ configuration: CordonConfiguration, suffixes: PublicSuffixes
  ) throws -> VenueNames {
    let folder = try PolicyFolder.locate(configuration.policies) + "/detection"
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var venues: [KnownVenue] = []
    for file in files.sorted() where file.hasSuffix(".yaml") && file != DetectorFolder.modelFile {
      guard let octets = FileManager.default.contents(atPath: folder + "/" + file) else {
        throw DeskFault("\(folder)/\(file) may not be read")
      }
      venues += try PackFile.read(Array(octets), fileName: file).venues
        .compactMap { KnownVenue($0) }
    }
    guard !venues.isEmpty else {
      throw DeskFault("no pack in \(folder) knows a venue: set assessment.policies")
    }
    return VenueNames(venues, suffixes: suffixes)
  }
}
