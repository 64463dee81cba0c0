// swift-tools-version: 6.2
// The floor plan of the house: one floor may use only the floors below it.
// docs/architecture.md explains the rooms; keep the targets in this order.

import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ room: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(room)Tests",
    dependencies: [.byName(name: room)] + dependencies,
    swiftSettings: strict
  )
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTP2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(
  name: "HummingbirdTesting", package: "hummingbird")
let hummingbirdHTTP2 = Target.Dependency.product(
  name: "HummingbirdHTTP2", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")

let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
  name: "cordon",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "cordon", targets: ["cordon"]),
    .library(name: "DomainNames", targets: ["DomainNames"]),
    .library(name: "DNSWire", targets: ["DNSWire"]),
    .library(name: "TransparencyLog", targets: ["TransparencyLog"]),
    .library(name: "Detection", targets: ["Detection"]),
    .library(name: "Enforcement", targets: ["Enforcement"]),
    .library(name: "Interchange", targets: ["Interchange"]),
    .library(name: "Records", targets: ["Records"]),
    .library(name: "Conduct", targets: ["Conduct"]),
    .library(name: "CVectorscan", targets: ["CVectorscan"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Systems: C libraries, and the datagram shim.
    .systemLibrary(
      name: "CBrotli", pkgConfig: "libbrotlidec", providers: [.apt(["libbrotli-dev"])]),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CIdn2", pkgConfig: "libidn2", providers: [.apt(["libidn2-dev"])]),
    .systemLibrary(name: "CPsl", pkgConfig: "libpsl", providers: [.apt(["libpsl-dev"])]),
    .systemLibrary(name: "CUnbound", providers: [.apt(["libunbound-dev"])]),
    .systemLibrary(
      name: "CVectorscan", pkgConfig: "libhs", providers: [.apt(["libvectorscan-dev"])]),
    .systemLibrary(name: "CXml", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CPrefetch"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CDatagram"),
    .target(name: "CMail"),

    // Ground: names, messages, the log. Pure.
    room("DomainNames", ["CIdn2", "CPsl", "CPrefetch"]),
    room("DNSWire", ["DomainNames"]),
    room("TransparencyLog", [crypto]),

    // Floor 1: the law of the house. Pure.
    room("Enforcement", ["DomainNames"]),
    room("Detection", ["DomainNames", "CVectorscan", "CXml", crypto]),

    // Floor 2: what is written, what is read, and where connections may go.
    room("Records", ["Enforcement", "DomainNames", "TransparencyLog", grdb, crypto]),
    room("Interchange", ["Enforcement", "Detection", "DomainNames", yams, crypto]),

    room("Egress", ["DomainNames", httpClient, nioCore, nioPosix, nioSSL, asn1]),

    // Floor 3: the jobs.
    room(
      "Gate",
      [
        "Enforcement", "DomainNames", "DNSWire", "CDatagram", "CPrefetch", "CUnbound",
        nioCore, nioPosix, nioHTTP1, nioHTTP2, nioSSL, logging,
      ]),

    room(
      "Watch",
      [
        "Enforcement", "Detection", "DomainNames", "Records", "Interchange", "Egress",
        "TransparencyLog", "CXml", "CBrotli", "CDeflate", "CZlib", "CMail",
        httpClient, nioCore, nioPosix, nioHTTP1, nioSSL, x509, asn1, crypto, logging,
      ]),

    room(
      "Conduct",
      [
        "Enforcement", "Detection", "DomainNames", "Records", "Interchange", "Egress",
        "TransparencyLog", httpClient, nioCore, nioPosix, nioHTTP1, nioSSL, crypto, logging,
      ]),

    // Floor 4: the desk where people and programs ask.
    room(
      "Console",
      [
        "Gate", "Watch", "Conduct", "Detection", "Records", "Interchange", "Egress", "Enforcement",
        "DomainNames", "TransparencyLog",
        hummingbird, hummingbirdCore, mustache, lifecycle, signals, logging, nioCore, nioPosix,
        x509, asn1, yams, crypto,
      ]),

    // Floor 5: the command line.
    .executableTarget(
      name: "cordon",
      dependencies: ["Console", arguments],
      swiftSettings: strict
    ),

    // Tests
    tests("DomainNames"),
    tests("DNSWire", ["DomainNames"]),
    tests("TransparencyLog", [crypto]),
    tests("Enforcement", ["DomainNames"]),
    tests("Detection", ["DomainNames"]),
    tests("Records", ["Enforcement", "DomainNames", "TransparencyLog", grdb]),
    tests("Interchange", ["Enforcement", "Detection", "DomainNames", crypto]),
    tests("Egress", ["DomainNames"]),
    tests(
      "Gate",
      [
        "DNSWire", "DomainNames", "Enforcement",
        nioCore, nioPosix, nioHTTP1, nioHTTP2, nioSSL, nioEmbedded, httpClient, x509, asn1, crypto,
        logging,
      ]),
    tests(
      "Watch",
      [
        "Enforcement", "Detection", "DomainNames", "Records", "Interchange", "Egress",
        "TransparencyLog", httpClient, nioCore, nioPosix, nioHTTP1, nioSSL, x509, asn1, crypto,
        logging,
        hummingbird, hummingbirdHTTP2, hummingbirdTLS,
      ]),
    tests(
      "Conduct",
      [
        "Enforcement", "Detection", "DomainNames", "Records", "Interchange", "Egress",
        "TransparencyLog", httpClient, nioCore, nioPosix, nioHTTP1, crypto, logging, hummingbird,
      ]),
    tests(
      "Console",
      [
        "Enforcement", "Interchange", "Records", "DomainNames", "TransparencyLog", hummingbird,
        hummingbirdTesting, mustache, nioCore, nioEmbedded, logging,
      ]),
  ]
)
