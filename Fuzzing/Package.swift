// swift-tools-version: 6.2
// Targets of a fuzzer that sees which code an input reaches, in a package of their own: the program
// does not depend on them.

import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "cordon-fuzzing",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "cordon", path: "..")],
  targets: [
    .executableTarget(
      name: "fuzz",
      dependencies: [
        .product(name: "DNSWire", package: "cordon"),
        .product(name: "DomainNames", package: "cordon"),
      ],
      swiftSettings: strict)
  ]
)
