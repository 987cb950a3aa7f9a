import ArgumentParser
import Foundation
import Glibc
import MailStore
import Sealing

/// What a backup says of itself, in `manifest.json`.
struct BackupManifest: Codable {
  struct File: Codable {
    var name: String
    var octets: Int64
    /// Hexadecimal digits.
    var sha256: String
  }

  struct Ledger: Codable {
    var id: String
    var number: Int64
    var chain: String
    var position: LedgerPosition { LedgerPosition(ledger: id, number: number, chain: chain) }
  }

  static let name = "manifest.json"
  static let formatNow = 1

  var format: Int
  /// Of the postroomd that made it.
  var version: String
  var createdAt: String
  var mailSchema: Int
  var keyringSchema: Int
  var masterKeyId: String
  var ledger: Ledger
  var files: [File]

  static func read(_ folder: String) throws -> BackupManifest {
    let path = "\(folder)/\(name)"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw give(up: "\(folder) is no backup: it has no \(name).")
    }
    guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: data) else {
      throw give(up: "\(path) cannot be read: it is damaged, or of another program.")
    }
    guard manifest.format == formatNow else {
      throw give(
        up:
          "\(path) has format \(manifest.format); this version reads \(formatNow). Use the version that made it."
      )
    }
    guard Set(manifest.files.map(\.name)) == Set(StoreCopy.files + [ErasureLedger.fileName]) else {
      throw give(up: "\(path) does not name the files of a backup.")
    }
    return manifest
  }

  /// - Throws: when a file is not as the manifest says.
  func check(_ folder: String, progress: StepProgress) throws {
    for file in files {
      let found = try Files.copy("\(folder)/\(file.name)", to: nil) {
        progress.show("checking \(file.name)", done: $0, of: file.octets)
      }
      guard found.sha256 == file.sha256, found.octets == file.octets else {
        throw give(up: "\(folder)/\(file.name) is not as it was backed up: it is damaged.")
      }
    }
    progress.end()
  }
}

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the data of a server, which may go on meanwhile.",
    discussion: """
      Writes a folder with the database, the keyring, the ledger of erasures and manifest.json, which has their \
      checksums. It is as one moment has it, holds nothing that was erased before, and is readable by its owner only. \
      Callers and mailboxes do not wait meanwhile; an erasure that ends meanwhile waits for its receipt.

      The master key is not in it: keep a copy of that elsewhere, or the backup is worth nothing. Bodies, attachments and \
      passwords in it are sealed; subjects, addresses and dates are not.

      What is erased later is erased in a restored backup, too, by the ledger: erasures.log in the data folder. It holds \
      numbers and marks, no personal data, and is only ever made longer: copy it elsewhere as often as you can.

      --check looks at a backup instead: checksums, and each page of its databases.

      EXIT STATUS: 0 done; 64 wrong usage; 73 a folder cannot be used, or a backup is damaged; 74 the disk failed.

      EXAMPLES:
        postroomd backup --data /var/lib/postroom --to /backup/monday
        postroomd backup --check /backup/monday
      """)

  @Option(name: .long, help: ArgumentHelp("The server's folder.", valueName: "folder"))
  var data: String?

  @Option(name: .long, help: ArgumentHelp("The folder to make; it must not be there.", valueName: "folder"))
  var to: String?

  @Option(name: .long, help: ArgumentHelp("A backup to look at.", valueName: "folder"))
  var check: String?

  func validate() throws {
    let copies = data != nil && to != nil
    guard copies != (check != nil), check == nil || (data == nil && to == nil) else {
      throw ValidationError("Say --data FOLDER --to FOLDER, or --check FOLDER.")
    }
  }

  func run() async throws {
    try await telling {
      if let check { return try look(Files.absolute(check)) }
      guard let data, let to else { return }
      try make(from: Files.absolute(data), to: Files.absolute(to))
    }
  }

  private func look(_ folder: String) throws {
    let manifest = try BackupManifest.read(folder)
    try manifest.check(folder, progress: StepProgress())
    try StoreCopy.check(folder)
    let octets = manifest.files.reduce(0) { $0 + $1.octets }
    print(
      "\(folder) is whole: \(octets) octets of \(manifest.createdAt), for master key \(manifest.masterKeyId)")
  }

  private func make(from data: String, to target: String) throws {
    guard !FileManager.default.fileExists(atPath: target) else {
      throw give(up: "\(target) is there already; a backup is never written over.")
    }
    let partial = "\(target).partial"
    guard mkdir(partial, 0o700) == 0 else {
      throw give(
        up: errno == EEXIST
          ? "\(partial) is there already: what a backup was cut short at, or yours. Look, and remove it."
          : "\(partial) cannot be made: \(String(cString: strerror(errno)))")
    }
    do {
      let manifest = try fill(partial, from: data)
      guard rename(partial, target) == 0 else {
        throw give(up: "\(target) cannot be made: \(String(cString: strerror(errno)))")
      }
      try RestoreMark.sync((target as NSString).deletingLastPathComponent)
      let octets = manifest.files.reduce(0) { $0 + $1.octets }
      print("\(target): \(octets) octets, for master key \(manifest.masterKeyId), which is not in it")
    } catch {
      try? FileManager.default.removeItem(atPath: partial)
      throw error
    }
  }

  private func fill(_ folder: String, from data: String) throws -> BackupManifest {
    let progress = StepProgress()
    let facts = try StoreCopy.write(from: data, to: folder) { octets in
      let watched = "\(folder)/mail.sqlite"
      Thread.detachNewThread {
        // Ends when the file is as long as it will be, or is gone.
        while Files.octets(watched) < octets, FileManager.default.fileExists(atPath: folder) {
          progress.show("copying mail.sqlite", done: Files.octets(watched), of: octets)
          Thread.sleep(forTimeInterval: 0.5)
          if FileManager.default.fileExists(atPath: "\(folder)/keyring.sqlite") { break }
        }
      }
    }
    // After the databases: what it says beyond them is done again at a restore.
    try Files.copy("\(data)/\(ErasureLedger.fileName)", to: "\(folder)/\(ErasureLedger.fileName)")
    progress.end()
    var manifest = BackupManifest(
      format: BackupManifest.formatNow, version: Version.text,
      createdAt: Date().formatted(.iso8601), mailSchema: facts.mailVersion,
      keyringSchema: facts.keyringVersion,
      masterKeyId: facts.masterKeyID,
      ledger: .init(id: facts.ledger.ledger, number: facts.ledger.number, chain: facts.ledger.chain),
      files: [])
    for name in StoreCopy.files + [ErasureLedger.fileName] {
      let found = try Files.copy("\(folder)/\(name)", to: nil)
      manifest.files.append(.init(name: name, octets: found.octets, sha256: found.sha256))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let path = "\(folder)/\(BackupManifest.name)"
    let text = try encoder.encode(manifest) + Data("\n".utf8)
    guard FileManager.default.createFile(atPath: path, contents: text, attributes: [.posixPermissions: 0o600])
    else { throw give(up: "\(path) cannot be written.", StartFailure.inputOutput) }
    let fd = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(fd) }
    guard fsync(fd) == 0 else { throw give(up: "\(path) cannot be written.", StartFailure.inputOutput) }
    try RestoreMark.sync(folder)
    return manifest
  }
}
