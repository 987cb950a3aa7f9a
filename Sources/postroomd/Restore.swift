import ArgumentParser
import Foundation
import Glibc
import MailStore
import Sealing

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put a backup into a data folder, without what was erased since.",
    discussion: """
      Checks the backup, erases in it what the ledger says was erased after it was made, and puts it into the data \
      folder of a server that does not run. Mails that came and were erased in between do not come back by the next \
      sync; receipts, deletions and revoked tokens of that time hold; what is erased is in no file when it ends.

      The ledger is erasures.log of the data folder, or --ledger: the newest copy that there is. Without any, \
      --without-ledger says that you know what was erased will be back, and erase it again yourself.

      Mails that waited to be sent when the backup was made may have left since: they are looked for in the Sent folder, \
      and reported as unknown when they are not there. None is sent by itself. What is not in the backup and not in the \
      ledger is lost: records linked, conversations tracked, settings, holds and tokens made since. Mail of \
      tracked conversations is read again from its server.

      A folder that has data already is left alone without --replace, which ends with the old data gone. A restore \
      that is cut short is begun again; until it is done, postroomd does not start on that folder. As root it gives the \
      files to the folder's owner.

      EXIT STATUS: as postroomd backup.

      EXAMPLES:
        postroomd restore --from /backup/monday --data /var/lib/postroom
        postroomd restore --from /backup/monday --data /srv/postroom \\
          --ledger /elsewhere/erasures.log --master-key /etc/postroom/master.key
        postroomd restore --from /backup/monday --data /var/lib/postroom --replace
      """)

  @Option(name: .long, help: ArgumentHelp("The backup.", valueName: "folder"))
  var from: String

  @Option(name: .long, help: ArgumentHelp("The data folder; made when it is not there.", valueName: "folder"))
  var data: String

  @Option(name: .long, help: ArgumentHelp("The ledger of erasures.", valueName: "file"))
  var ledger: String?

  @Flag(name: .long, help: "Restore although nobody can say what was erased since.")
  var withoutLedger = false

  @Flag(name: .long, help: "Put the backup in the place of the data that are there.")
  var replace = false

  @OptionGroup var keys: KeyOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The master key of then, where it has been changed since the backup.", valueName: "file"))
  var previousMasterKey: String?

  func validate() throws {
    guard ledger == nil || !withoutLedger else {
      throw ValidationError("--ledger and --without-ledger exclude each other.")
    }
  }

  func run() async throws {
    try await telling {
      let from = Files.absolute(from), data = Files.absolute(data)
      let manifest = try BackupManifest.read(from)
      if !FileManager.default.fileExists(atPath: data), mkdir(data, 0o700) != 0 {
        throw give(up: "\(data) cannot be made: \(String(cString: strerror(errno)))")
      }
      let lock = try StoreLock(directory: data)
      defer { lock.release() }
      let database = "\(data)/mail.sqlite"
      let isBegun = RestoreMark.isSet(data)
      guard replace || isBegun || !FileManager.default.fileExists(atPath: database) else {
        throw give(
          up: "\(data) has data already. --replace puts the backup in their place; they are gone then.")
      }
      let history = try history(data)
      let staged = "\(data)/restore"
      try? FileManager.default.removeItem(atPath: staged)
      do {
        try await stage(manifest, from, staged, history, data)
      } catch {
        try? FileManager.default.removeItem(atPath: staged)
        throw error
      }
      try swap(staged, into: data)
    }
  }

  /// The ledger to go by: the one that was named, or the one in the data folder.
  private func history(_ data: String) throws -> String? {
    if withoutLedger { return nil }
    let own = "\(data)/\(ErasureLedger.fileName)"
    let path = ledger.map(Files.absolute) ?? own
    guard FileManager.default.fileExists(atPath: path) else {
      throw give(
        up: ledger == nil
          ? "\(data) has no ledger of erasures. Name the newest copy of erasures.log by --ledger; if there is none, "
            + "--without-ledger brings back what was erased since."
          : "\(path) is not there.")
    }
    return path
  }

  private func stage(
    _ manifest: BackupManifest, _ from: String, _ staged: String, _ history: String?, _ data: String
  ) async throws {
    guard mkdir(staged, 0o700) == 0 else {
      throw give(up: "\(staged) cannot be made: \(String(cString: strerror(errno)))")
    }
    let progress = StepProgress()
    for file in manifest.files {
      // The backup's own ledger ends with it; where there is a newer one, that is gone on with.
      let source = file.name == ErasureLedger.fileName ? history : nil
      let found = try Files.copy(source ?? "\(from)/\(file.name)", to: "\(staged)/\(file.name)") {
        progress.show("copying \(file.name)", done: $0, of: file.octets)
      }
      guard source != nil || (found.sha256 == file.sha256 && found.octets == file.octets) else {
        throw give(up: "\(from)/\(file.name) is not as it was backed up: it is damaged. Nothing was changed.")
      }
    }
    progress.end()
    try Owner(of: data)?.become(giving: [staged] + manifest.files.map { "\(staged)/\($0.name)" })
    let key = try sealing { () throws(SealingError) in try keys.load(folder: data) }
    let before = try previousMasterKey.map { path in
      try sealing { () throws(SealingError) in try keys.load(path) }
    }
    guard [key.id, before?.id].contains(manifest.masterKeyId) else {
      throw give(
        up:
          "the backup is for master key \(manifest.masterKeyId), but the key given is \(key.id). If the key has been "
          + "changed since, name the one of then by --previous-master-key.")
    }
    let store = try SQLiteMailStore.open(
      directory: staged, masterKey: key, previousKeys: before.map { [$0] } ?? [])
    do {
      try await store.checkIntegrity()
      let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
      // Also without a newer one: the backup's own has what was erased while it was made.
      let path = "\(staged)/\(ErasureLedger.fileName)"
      let counts = try await store.replay(ledger: path, after: manifest.ledger.position, at: now) { counts in
        progress.show("erasing again: \(counts.entries) lines of the ledger, \(counts.mails) mails")
      }
      await store.close()
      progress.end()
      report(manifest, counts, data)
    } catch {
      await store.close()
      guard error == .conflict("ledger") else { throw error }
      throw give(
        up:
          "\(history ?? from) is not a ledger that goes on from this backup (ledger \(manifest.ledger.id), line "
          + "\(manifest.ledger.number)). Name the one that belongs to it by --ledger.")
    }
  }

  private func report(_ manifest: BackupManifest, _ counts: ReplayCounts, _ data: String) {
    print("\(data): the data of \(manifest.createdAt)")
    print(
      "erased again: \(counts.mails) mails, \(counts.mailboxes) mailboxes, \(counts.tenants) tenants, \(counts.tokens) "
        + "tokens, by \(counts.entries) lines of the ledger; \(counts.receipts) receipts")
    if counts.inDoubt > 0 {
      print(
        "\(counts.inDoubt) mails that waited to be sent may have left since: they are looked for, and not sent again"
      )
    }
    if withoutLedger { print("What was erased since is back. Erase it again.") }
  }

  /// From here on the old data are going; the mark keeps a server from starting on half of each.
  private func swap(_ staged: String, into data: String) throws {
    try RestoreMark.set(data)
    for name in StoreCopy.files {
      for suffix in ["-wal", "-shm"] { unlink("\(data)/\(name)\(suffix)") }
    }
    for name in StoreCopy.files + [ErasureLedger.fileName] {
      guard rename("\(staged)/\(name)", "\(data)/\(name)") == 0 else {
        throw give(
          up: "\(data)/\(name) cannot be put there: \(String(cString: strerror(errno))). Begin again.",
          StartFailure.inputOutput)
      }
    }
    try RestoreMark.sync(data)
    try? FileManager.default.removeItem(atPath: staged)
    try RestoreMark.clear(data)
  }
}

/// Root works for a folder's owner as that, so that the server can use what is left there.
struct Owner {
  private let user: uid_t
  private let group: gid_t

  /// nil when nothing is to be done.
  init?(of folder: String) {
    var info = stat()
    guard geteuid() == 0, stat(folder, &info) == 0, info.st_uid != 0 else { return nil }
    (user, group) = (info.st_uid, info.st_gid)
  }

  func become(giving files: [String]) throws {
    for file in files where chown(file, user, group) != 0 {
      throw give(up: "\(file) cannot be given to user \(user): \(String(cString: strerror(errno)))")
    }
    guard setegid(group) == 0, seteuid(user) == 0 else {
      throw give(
        up: "user \(user), who owns the folder, cannot be worked as: \(String(cString: strerror(errno)))")
    }
  }
}
