// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is compiled with.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func library(_ name: String, _ uses: [Target.Dependency], path: String? = nil) -> Target {
  .target(name: name, dependencies: uses, path: path, swiftSettings: house)
}

func tests(_ name: String, _ uses: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: uses, exclude: exclude, swiftSettings: house)
}

func program(_ name: String, _ uses: [Target.Dependency], path: String? = nil) -> Target {
  .executableTarget(name: name, dependencies: uses, path: path, swiftSettings: house)
}

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing")
let memoryTracing = Target.Dependency.product(name: "InMemoryTracing", package: "swift-distributed-tracing")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
  name: "postroom",
  products: [
    .library(name: "PostroomClient", targets: ["PostroomClient"]),
    .library(name: "MailSim", targets: ["MailSim"]),
    .executable(name: "postroomd", targets: ["postroomd"]),
    .executable(name: "postroom", targets: ["postroom"]),
    .executable(name: "stubgen", targets: ["stubgen"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Floor 0: C, no logic.
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // Floor 1
    library("Bytes", []),

    // Floor 2: pure code over octets.
    library("Compression", ["Bytes", "CZlib"]),
    library("MailPacking", ["Bytes", "Compression"]),
    library("MIME", ["Bytes"]),
    library("SASL", ["Bytes", "COpenSSL"]),
    library("IMAPCodec", ["Bytes"]),
    library("JSON", ["Bytes"]),

    // Floor 3: conversations.
    library("Sockets", ["Bytes", "CLinux", "COpenSSL"]),
    library("JSONRPC", ["Bytes", "JSON", "Compression"]),
    library("IMAPClient", ["Bytes", "IMAPCodec", "SASL", "Compression"]),
    library("SMTPClient", ["Bytes", "SASL"]),
    library("HTTPClient", ["Bytes"]),
    library("MailReading", ["Bytes", "MIME"]),

    // Floor 4: what is kept, and the API's types.
    library("Sealing", ["COpenSSL"]),
    library("MailStore", [grdb, sqlite, "Compression", "MailPacking", "Sealing"]),
    library("PostroomAPI", ["Bytes", "JSON", "JSONRPC"]),
    library("Isolation", ["Bytes", "CLinux", "MIME", "MailReading", "Sockets", logging]),
    library("Telemetry", ["JSON", "JSONRPC", logging, tracing]),

    .target(name: "Console", dependencies: ["JSONRPC"], exclude: ["Web", "serve"], swiftSettings: house),

    // Floor 5
    library(
      "MailEngine",
      [
        "Bytes", "MIME", "IMAPCodec", "IMAPClient", "SMTPClient", "HTTPClient", "SASL", "MailReading",
        "MailStore",
        "Sealing",
        "Sockets",
        logging, tracing,
      ]),

    // Floor 6
    library(
      "Services",
      [
        "Bytes", "PostroomAPI", "JSON", "JSONRPC", "MIME", "SASL", "MailEngine", "MailReading", "MailStore",
        "Sealing", "Telemetry", "HTTPClient", "Sockets", logging,
      ]),

    // Floor 7: programs.
    program(
      "postroomd",
      [
        "Bytes", "CLinux", "JSON", "Sockets", "JSONRPC", "PostroomAPI", "MailReading", "Isolation",
        "MailStore", "Sealing", "SASL", "HTTPClient", "MailEngine", "Services", "Telemetry", "Console",
        arguments, logging, lifecycle, signals, configuration, systemPackage, yams,
      ]),
    program("postroom", ["PostroomClient", "MailSim", "Sealing", arguments]),

    // Beside the house
    library(
      "PostroomClient", ["Bytes", "JSON", "JSONRPC", "Sealing", "Sockets"],
      path: "clients/swift/Sources/PostroomClient"),
    program("conformance-swift", ["JSON", "PostroomClient"], path: "clients/swift/Sources/Conformance"),
    program("example-crm", ["PostroomClient"], path: "examples/swift/CRM"),
    program("example-sequencer", ["PostroomClient"], path: "examples/swift/Sequencer"),
    library("MailSim", ["Bytes", "IMAPCodec", "MIME", "Sockets"]),
    program("stubgen", []),
    program("storagebench", ["MailStore", "Sealing"], path: "Benchmarks/storage/tool"),
    program("lookupbench", ["MailStore", "Sealing", sqlite], path: "Benchmarks/lookup/tool"),
    program("mimebench", ["MIME"], path: "Benchmarks/mime/tool"),
    program("parsebench", ["MIME", "MailReading", "Isolation", logging], path: "Benchmarks/parse/tool"),

    tests("BytesTests", ["Bytes"]),
    tests("CompressionTests", ["Bytes", "Compression"]),
    tests("MailPackingTests", ["Bytes", "Compression", "MailPacking"]),
    tests("MIMETests", ["Bytes", "MIME", "mimebench"], exclude: ["Fixtures"]),
    tests("SASLTests", ["Bytes", "SASL"]),
    tests("IMAPCodecTests", ["Bytes", "IMAPCodec"]),
    tests("JSONTests", ["Bytes", "JSON"]),
    tests("SocketsTests", ["Bytes", "CLinux", "COpenSSL", "Sockets"]),
    tests("JSONRPCTests", ["Bytes", "Compression", "JSON", "JSONRPC", "Sockets"]),
    tests("IMAPClientTests", ["Bytes", "IMAPCodec", "SASL", "IMAPClient"]),
    tests("SMTPClientTests", ["Bytes", "SASL", "SMTPClient"]),
    tests("HTTPClientTests", ["Bytes", "HTTPClient"]),
    tests("MailReadingTests", ["Bytes", "MIME", "MailReading"]),
    program("hostile-reader", ["CLinux", "MailReading", "Isolation"], path: "Tests/HostileReader"),
    tests("IsolationTests", ["Bytes", "MailReading", "Isolation", "hostile-reader", logging]),
    tests("SealingTests", ["Sealing"]),
    tests("MailStoreTests", ["Bytes", "Compression", "MailPacking", "Sealing", "MailStore", grdb, sqlite]),
    tests("PostroomAPITests", ["JSON", "JSONRPC", "PostroomAPI"]),
    tests("TelemetryTests", ["Bytes", "JSON", "JSONRPC", "Telemetry", logging, tracing]),
    tests("StubgenTests", ["stubgen"]),
    tests("PostroomClientTests", ["Bytes", "JSON", "JSONRPC", "Sockets", "PostroomClient"]),
    tests("MailSimTests", ["Bytes", "IMAPCodec", "MIME", "SASL", "SMTPClient", "Sockets", "MailSim"]),
    tests(
      "MailEngineTests",
      [
        "Bytes", "MIME", "IMAPCodec", "IMAPClient", "SMTPClient", "HTTPClient", "SASL", "MailReading",
        "MailStore",
        "Sealing",
        "Sockets",
        "MailSim", "MailEngine", "Isolation", "hostile-reader", logging, tracing, memoryTracing,
      ]),
    tests(
      "ServicesTests",
      [
        "Bytes", "JSON", "JSONRPC", "PostroomAPI", "MailStore", "Sealing", "Sockets", "MailEngine",
        "Services", logging,
      ]),
    tests("HouseTests", []),
    tests(
      "IntegrationTests",
      ["Bytes", "Sockets", "SASL", "IMAPCodec", "IMAPClient", "PostroomClient", "MailSim", "postroomd"],
      exclude: ["Servers", "Python", "Console"]),
    tests("CommandLineTests", ["postroom", "postroomd", "HTTPClient", "SASL", "MailEngine", arguments]),
  ]
)
