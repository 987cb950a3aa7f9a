import ArgumentParser
import Foundation
import Glibc
import MailStore
import Sealing
import Synchronization

/// What is done to a data folder besides serving it. `postroomd backup`, `restore` and `key` come here; without such a
/// word the command line is the server's.
struct Maintenance: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "postroomd",
    abstract: "Back up, restore, and change the key of a data folder.",
    subcommands: [BackupCommand.self, RestoreCommand.self, KeyCommand.self])

  static func isAsked(_ arguments: [String]) -> Bool {
    arguments.dropFirst().first.map { word in
      configuration.subcommands.contains { $0._commandName == word }
    } ?? false
  }
}

/// Ends a command with words and the status that the server has for the same.
func give(up message: String, _ status: Int32 = StartFailure.cannotUseFolder) -> StartFailure {
  StartFailure(status: status, message: message)
}

extension AsyncParsableCommand {
  /// Runs `body`; what goes wrong is told in one line on standard error, and by the exit status.
  func telling(_ body: () async throws -> Void) async throws {
    umask(0o077)
    do {
      do { try await body() } catch let error as MailStoreError { throw give(up: error.words) }
    } catch let failure as StartFailure {
      FileHandle.standardError.write(Data("postroomd \(Self._commandName): \(failure.message)\n".utf8))
      throw ExitCode(failure.status)
    }
  }
}

/// Runs what throws ``SealingError``, too.
func sealing<T>(_ body: () throws(SealingError) -> T) throws -> T {
  do throws(SealingError) { return try body() } catch { throw give(up: error.message) }
}

extension MailStoreError {
  /// A sentence for who runs a command on a data folder.
  fileprivate var words: String {
    switch self {
    case .locked(let words): "the data folder is in use (\(words)). Stop postroomd first."
    case .newerSchema(let found, let known):
      "the data were written by a newer postroomd (schema \(found); this one knows \(known)). Nothing was changed."
    case .corrupt(let words): "damaged: \(words)"
    case .sealing(let words): words
    case .diskFull: "the disk is full. Make room, and begin again."
    case .conflict("restoring"):
      "a restore into this folder was cut short. Do `postroomd restore` again: what is there now is not whole."
    case .notFound(let what): "\(what) is not there"
    case .failed(let words): words
    default: "\(self)"
    }
  }
}

/// How far a long step is: one line that is written anew on a terminal, and nothing elsewhere.
final class StepProgress: Sendable {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let began = Date()
  private let told = Mutex(Date.distantPast)

  func show(_ words: String, done: Int64, of total: Int64) {
    guard isTerminal, total > 0 else { return }
    let seconds = max(Date().timeIntervalSince(began), 0.001)
    let rate = Double(done) / seconds
    let left = rate > 0 ? Int(Double(max(total - done, 0)) / rate) : 0
    let mib = { (n: Int64) in String(format: "%.1f", Double(n) / 1_048_576) }
    let line =
      "\r\(words): \(mib(done)) of \(mib(total)) MiB, \(mib(Int64(rate))) MiB/s, \(left) s left\u{1B}[K"
    FileHandle.standardError.write(Data(line.utf8))
  }

  func show(_ words: String) {
    guard isTerminal,
      told.withLock({ last in
        let isTime = Date().timeIntervalSince(last) > 0.5
        if isTime { last = Date() }
        return isTime
      })
    else { return }
    FileHandle.standardError.write(Data("\r\(words)\u{1B}[K".utf8))
  }

  func end() { if isTerminal { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) } }
}

/// Files that are copied and described.
enum Files {
  static func absolute(_ path: String) -> String {
    URL(filePath: (path as NSString).expandingTildeInPath).standardizedFileURL.path
  }

  static func octets(_ path: String) -> Int64 {
    var info = stat()
    return stat(path, &info) == 0 ? Int64(info.st_size) : 0
  }

  /// Copies a file, mode 600, on disk when this returns. The target must not be there.
  /// - Returns: the SHA-256 of what was copied, in hexadecimal digits, and its octets.
  @discardableResult
  static func copy(
    _ source: String, to target: String?, progress: ((Int64) -> Void)? = nil
  ) throws -> (sha256: String, octets: Int64) {
    let from = open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard from >= 0 else { throw give(up: "\(source) cannot be read: \(String(cString: strerror(errno)))") }
    defer { close(from) }
    var to: Int32 = -1
    if let target {
      to = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard to >= 0 else { throw give(up: "\(target) cannot be made: \(String(cString: strerror(errno)))") }
    }
    defer { if to >= 0 { close(to) } }
    var digest = SHA256Stream()
    var total: Int64 = 0
    while true {
      var piece = [UInt8](repeating: 0, count: 1 << 20)
      let count = read(from, &piece, piece.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw give(up: "\(source) cannot be read: \(String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      piece.removeLast(piece.count - count)
      digest.add(piece)
      var written = 0
      while to >= 0, written < count {
        let n = piece.withUnsafeBytes { write(to, $0.baseAddress?.advanced(by: written), count - written) }
        if n < 0 && errno == EINTR { continue }
        guard n > 0 else {
          throw give(
            up: "\(target ?? "") cannot be written: \(String(cString: strerror(errno)))",
            StartFailure.inputOutput)
        }
        written += n
      }
      total += Int64(count)
      progress?(total)
    }
    if to >= 0, fsync(to) != 0 {
      throw give(
        up: "\(target ?? "") cannot be written: \(String(cString: strerror(errno)))", StartFailure.inputOutput
      )
    }
    return (Digest.text(digest.finish()), total)
  }
}
