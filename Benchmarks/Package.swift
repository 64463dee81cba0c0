// swift-tools-version: 6.2
// Benchmarks of the name index, of detection and of intake, in a package of their own: the program does not depend on them.

import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "cordon-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "cordon", path: "..")],
  targets: [
    .executableTarget(
      name: "names-benchmark",
      dependencies: [.product(name: "DomainNames", package: "cordon")],
      swiftSettings: strict),
    .executableTarget(
      name: "detection-benchmark",
      dependencies: [
        .product(name: "Detection", package: "cordon"),
        .product(name: "Interchange", package: "cordon"),
        .product(name: "CVectorscan", package: "cordon"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "conduct-benchmark",
      dependencies: [
        .product(name: "Conduct", package: "cordon"),
        .product(name: "Detection", package: "cordon"),
        .product(name: "Enforcement", package: "cordon"),
        .product(name: "Interchange", package: "cordon"),
        .product(name: "Records", package: "cordon"),
      ],
      swiftSettings: strict),
  ]
)
