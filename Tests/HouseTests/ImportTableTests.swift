import Foundation
import Testing

/// Which target may import which: `docs/architecture.md` draws it, this holds it.
@Suite struct ImportTableTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// What comes with the toolchain and may be used from floor 1 up.
  static let language: Set<String> = ["Swift", "Synchronization", "Glibc", "Dispatch", "_Concurrency"]
  /// Only from floor 4 up.
  static let foundation: Set<String> = ["Foundation", "FoundationEssentials"]

  static let table: [(path: String, may: Set<String>)] = [
    ("Sources/Bytes", []),
    ("Sources/Compression", ["Bytes", "CZlib"]),
    ("Sources/MailPacking", ["Bytes", "Compression"]),
    ("Sources/MIME", ["Bytes"]),
    ("Sources/SASL", ["Bytes", "COpenSSL"]),
    ("Sources/IMAPCodec", ["Bytes"]),
    ("Sources/JSON", ["Bytes"]),
    ("Sources/Sockets", ["Bytes", "CLinux", "COpenSSL"]),
    ("Sources/JSONRPC", ["Bytes", "JSON", "Compression"]),
    ("Sources/IMAPClient", ["Bytes", "IMAPCodec", "SASL", "Compression"]),
    ("Sources/SMTPClient", ["Bytes", "SASL"]),
    ("Sources/HTTPClient", ["Bytes"]),
    ("Sources/MailReading", ["Bytes", "MIME"]),
    ("Sources/Sealing", ["COpenSSL"]),
    ("Sources/MailStore", foundation.union(["GRDB", "GRDBSQLite", "Compression", "MailPacking", "Sealing"])),
    ("Sources/PostroomAPI", ["Bytes", "JSON", "JSONRPC"]),
    ("Sources/Isolation", ["Bytes", "CLinux", "MIME", "MailReading", "Sockets", "Logging"]),
    (
      "Sources/Telemetry", foundation.union(["JSON", "JSONRPC", "Logging", "Tracing", "Instrumentation"])
    ),
    ("Sources/Console", ["JSONRPC"]),
    (
      "Sources/MailEngine",
      foundation.union([
        "Bytes", "MIME", "IMAPCodec", "IMAPClient", "SMTPClient", "HTTPClient", "SASL", "MailReading",
        "MailStore",
        "Sealing", "Sockets",
        "Logging", "Tracing",
      ])
    ),
    (
      "Sources/Services",
      foundation.union([
        "Bytes", "PostroomAPI", "JSON", "JSONRPC", "MIME", "SASL", "MailEngine", "MailReading", "MailStore",
        "Sealing", "Telemetry", "HTTPClient", "Sockets", "Logging",
      ])
    ),
    (
      "Sources/postroomd",
      foundation.union([
        "Bytes", "CLinux", "JSON", "Sockets", "JSONRPC", "PostroomAPI", "MailReading", "Isolation",
        "MailStore", "Sealing", "SASL", "HTTPClient", "MailEngine", "Services", "Telemetry", "Console",
        "ArgumentParser", "Configuration", "Logging", "ServiceLifecycle", "SystemPackage", "UnixSignals",
        "Yams",
      ])
    ),
    ("Sources/postroom", foundation.union(["PostroomClient", "MailSim", "Sealing", "ArgumentParser"])),
    ("Sources/MailSim", foundation.union(["Bytes", "IMAPCodec", "MIME", "Sockets"])),
    ("Sources/stubgen", foundation),
    (
      "clients/swift/Sources/PostroomClient",
      foundation.union(["Bytes", "JSON", "JSONRPC", "Sealing", "Sockets"])
    ),
    ("examples/swift/CRM", foundation.union(["PostroomClient"])),
    ("examples/swift/Sequencer", foundation.union(["PostroomClient"])),
    ("clients/swift/Sources/Conformance", foundation.union(["JSON", "PostroomClient"])),
  ]

  @Test(arguments: table)
  func `a target imports only what its floor allows`(path: String, may: Set<String>) throws {
    let folder = Self.root.appending(path: path)
    let files = try swiftFiles(in: folder)
    try #require(!files.isEmpty, "no sources in \(path)")
    for file in files {
      for name in try imports(of: file) where !may.contains(name) && !Self.language.contains(name) {
        Issue.record("\(path)/\(file.lastPathComponent) imports \(name)")
      }
    }
  }

  @Test func `every target stands in the table`() throws {
    let known = Set(Self.table.map(\.path) + ["Sources/CLinux", "Sources/COpenSSL", "Sources/CZlib"])
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
    {
      #expect(known.contains("Sources/\(name)"), "Sources/\(name) is not in the import table")
    }
  }

  @Test func `hand-written files stay below 600 lines`() throws {
    for (path, _) in Self.table {
      for file in try swiftFiles(in: Self.root.appending(path: path)) where !file.path.contains("/Generated/")
      {
        let lines = try String(contentsOf: file, encoding: .utf8).split(
          separator: "\n", omittingEmptySubsequences: false
        ).count
        #expect(lines <= 601, "\(path)/\(file.lastPathComponent) has \(lines) lines")
      }
    }
  }

  private func swiftFiles(in folder: URL) throws -> [URL] {
    let found = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    return found.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
  }

  /// Names behind `import`, with any access level or attribute before it and submodules cut off.
  private func imports(of file: URL) throws -> [String] {
    let line =
      #/^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+(?:(?:struct|class|enum|func|protocol|typealias|var|let)\s+)?(\w+)/#
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap {
      $0.firstMatch(of: line).map { String($0.1) }
    }
  }
}
