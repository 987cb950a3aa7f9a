import ArgumentParser
import Foundation
import Glibc
import MailStore
import Sealing

struct KeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Make, show, protect and change master keys.",
    discussion: """
      The master key wraps the keys of tenants and mailboxes, which seal what is stored. Whoever has it and the data \
      reads everything; without it nobody does.

      EXAMPLES:
        postroomd key new /etc/postroom/master.key --protect
        postroomd key show /var/lib/postroom/master.key
        postroomd key rotate --data /var/lib/postroom
      """,
    subcommands: [KeyNew.self, KeyShow.self, KeyProtect.self, KeyUnprotect.self, KeyRotate.self])
}

extension KeyOptions {
  /// A new passphrase: typed twice where it is typed.
  fileprivate func newPassphrase(_ path: String) throws -> [UInt8] {
    let asks = passphraseFile == nil
    guard
      let words = try sealing({ () throws(SealingError) in try passphrase("New passphrase of \(path): ") })
    else {
      throw give(up: "no passphrase: name its file by --passphrase-file, or run this on a terminal.", 64)
    }
    if asks, isatty(STDIN_FILENO) == 1, Terminal.ask("Once more: ") != words {
      throw give(up: "these were two different passphrases. Nothing was changed.", 64)
    }
    guard !words.isEmpty else { throw give(up: "the passphrase is empty. Nothing was changed.", 64) }
    return words
  }
}

struct KeyNew: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Make a key in a new file, mode 600.",
    discussion: """
      A server takes it by --master-key; a new data folder makes its own.

      EXAMPLES:
        postroomd key new /etc/postroom/master.key
        postroomd key new /etc/postroom/master.key --protect --passphrase-file /run/secrets/passphrase
      """)

  @Argument(help: "The file to make.") var file: String
  @Flag(name: .long, help: "Protect it by a passphrase (scrypt), which every start then needs.") var protect =
    false
  @Option(name: .long, help: ArgumentHelp("The passphrase; else the terminal is asked.", valueName: "file"))
  var passphraseFile: String?

  func run() async throws {
    try await telling {
      let path = Files.absolute(file)
      let words = protect ? try passphraseOptions(passphraseFile).newPassphrase(path) : nil
      let key = try sealing { () throws(SealingError) in try MasterKey.create(path: path, passphrase: words) }
      print("\(path): master key \(key.id). Keep a copy of it apart from the data.")
    }
  }
}

struct KeyShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the id of a key.",
    discussion: """
      Backups and errors name keys by it; the key cannot be told from it.

      EXAMPLES:
        postroomd key show /var/lib/postroom/master.key
      """)

  @Argument(help: "The key's file.") var file: String
  @Option(name: .long, help: ArgumentHelp("The passphrase; else the terminal is asked.", valueName: "file"))
  var passphraseFile: String?

  func run() async throws {
    try await telling {
      let keys = passphraseOptions(passphraseFile), path = Files.absolute(file)
      print(try sealing { () throws(SealingError) in try keys.load(path) }.id)
    }
  }
}

struct KeyProtect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "protect", abstract: "Write a key to a new file that a passphrase protects.",
    discussion: """
      The old file stays: put the new one in its place, and overwrite and remove the old one, copies in backups \
      included. Every start then needs the passphrase, from --passphrase-file, the systemd credential master.passphrase, or \
      the terminal.

      EXAMPLES:
        postroomd key protect /var/lib/postroom/master.key --to /etc/postroom/master.key
      """)

  @Argument(help: "The key's file.") var file: String
  @Option(name: .long, help: ArgumentHelp("The file to make.", valueName: "file")) var to: String
  @Option(name: .long, help: ArgumentHelp("The passphrase; else the terminal is asked.", valueName: "file"))
  var passphraseFile: String?

  func run() async throws {
    try await telling {
      let from = Files.absolute(file), target = Files.absolute(to)
      let key = try sealing { () throws(SealingError) in try MasterKey.load(path: from) }
      let words = try passphraseOptions(passphraseFile).newPassphrase(target)
      try sealing { () throws(SealingError) in try key.save(path: target, passphrase: words) }
      print("\(target): master key \(key.id), protected")
    }
  }
}

struct KeyUnprotect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unprotect", abstract: "Write a protected key to a new file that needs no passphrase.",
    discussion: """
      EXAMPLES:
        postroomd key unprotect /etc/postroom/master.key --to /var/lib/postroom/master.key
      """)

  @Argument(help: "The key's file.") var file: String
  @Option(name: .long, help: ArgumentHelp("The file to make.", valueName: "file")) var to: String
  @Option(name: .long, help: ArgumentHelp("The passphrase; else the terminal is asked.", valueName: "file"))
  var passphraseFile: String?

  func run() async throws {
    try await telling {
      let keys = passphraseOptions(passphraseFile), from = Files.absolute(file), target = Files.absolute(to)
      let key = try sealing { () throws(SealingError) in try keys.load(from) }
      try sealing { () throws(SealingError) in try key.save(path: target) }
      print("\(target): master key \(key.id)")
    }
  }
}

private func passphraseOptions(_ file: String?) -> KeyOptions {
  var keys = KeyOptions()
  keys.masterKey = nil
  keys.passphraseFile = file
  return keys
}

struct KeyRotate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate", abstract: "Give a data folder a new master key.",
    discussion: """
      For a folder that has its own master.key, while no server works on it: makes a new key, wraps every key of tenants \
      and mailboxes by it, and removes the old one. A cut at any moment leaves a folder that opens; the next start or \
      the same command ends the change. Backups made before still need the old key: keep a copy as long as them.

      For a key elsewhere: postroomd key new FILE, then start the server with --master-key FILE and \
      --previous-master-key OLD once; the log says how many keys were wrapped anew.

      EXAMPLES:
        postroomd key rotate --data /var/lib/postroom
      """)

  @Option(name: .long, help: ArgumentHelp("The data folder.", valueName: "folder")) var data: String
  @Flag(name: .long, help: "Protect the new key by a passphrase.") var protect = false
  @Option(
    name: .long,
    help: ArgumentHelp("The new key's passphrase; else the terminal is asked.", valueName: "file"))
  var newPassphraseFile: String?
  @Option(
    name: .long,
    help: ArgumentHelp("The old key's passphrase; else the terminal is asked.", valueName: "file"))
  var passphraseFile: String?

  func run() async throws {
    try await telling {
      let folder = Files.absolute(data), files = KeyRotation(folder)
      let keys = passphraseOptions(passphraseFile)
      let lock = try StoreLock(directory: folder)
      do {
        defer { lock.release() }
        try Owner(of: folder)?.become(giving: [])
        guard FileManager.default.fileExists(atPath: files.key) else {
          throw give(
            up:
              "\(files.key) is not there. `postroomd key rotate --help` says what to do for a key elsewhere.")
        }
        // One that was cut short before the new key was there has changed nothing.
        if files.isBegun, files.isUnchanged { try files.end() }
        // One that was cut short behind this point is ended by opening the folder, below.
        if !files.isBegun {
          _ = try sealing { () throws(SealingError) in try keys.load(files.key) }
          let words = protect ? try passphraseOptions(newPassphraseFile).newPassphrase(files.key) : nil
          try files.begin { path in
            _ = try sealing { () throws(SealingError) in try MasterKey.create(path: path, passphrase: words) }
          }
        }
      }
      let new = newPassphraseFile == nil && !protect ? keys : passphraseOptions(newPassphraseFile)
      let key = try sealing { () throws(SealingError) in try new.load(files.key) }
      let old = try sealing { () throws(SealingError) in try keys.load(files.previous) }
      let store = try SQLiteMailStore.open(directory: folder, masterKey: key, previousKeys: [old])
      let count = store.keysRewrapped
      await store.close()
      try files.end()
      print("\(files.key): master key \(key.id) instead of \(old.id); \(count) keys wrapped anew")
    }
  }
}

/// The files of a change of the master key inside a data folder. There is a `master.key` at every moment.
struct KeyRotation {
  let key: String
  /// The key before, while something may still be wrapped by it.
  let previous: String
  private let next: String
  private let folder: String

  init(_ folder: String) {
    self.folder = folder
    key = folder + "/master.key"
    previous = folder + "/master.key.previous"
    next = folder + "/master.key.next"
  }

  var isBegun: Bool { FileManager.default.fileExists(atPath: previous) }

  /// Both names are of one file still.
  var isUnchanged: Bool {
    var (a, b) = (stat(), stat())
    return stat(key, &a) == 0 && stat(previous, &b) == 0 && a.st_ino == b.st_ino && a.st_dev == b.st_dev
  }

  func begin(_ make: (_ path: String) throws -> Void) throws {
    unlink(next)
    try make(next)
    guard link(key, previous) == 0, rename(next, key) == 0 else {
      throw give(up: "\(folder): \(String(cString: strerror(errno)))", StartFailure.inputOutput)
    }
    try RestoreMark.sync(folder)
  }

  func end() throws {
    unlink(previous)
    try RestoreMark.sync(folder)
  }
}
