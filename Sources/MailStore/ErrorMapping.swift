internal import Compression
internal import GRDB
internal import MailPacking
internal import Sealing

extension MailStoreError {
  /// What any error inside the store is for its callers.
  ///
  /// SQLite's words name tables, columns and files, never what a row holds.
  init(_ error: any Error) {
    switch error {
    case let error as MailStoreError: self = error
    case let error as SealingError: self = .sealing(error.message)
    case let error as CompressionError:
      self = error == .memory ? .failed("zlib: no memory") : .corrupt("a packed body")
    case let error as MailPackingError: self.init(error)
    case let error as DatabaseError: self.init(error)
    default: self = .failed(String(describing: type(of: error)))
    }
  }

  private init(_ error: MailPackingError) {
    switch error {
    case .memory: self = .failed("zlib: no memory")
    case .corrupt: self = .corrupt("a packed body")
    case .unknownVersion(let number):
      self = .corrupt("a body of format \(number), which a newer version wrote")
    }
  }

  private init(_ error: DatabaseError) {
    let words = error.message ?? error.resultCode.description
    switch error.resultCode {
    case .SQLITE_FULL: self = .diskFull
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(words)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(words)
    // The shared memory beside the log could not grow: SQLite has no word of its own for ENOSPC there.
    case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: self = .diskFull
    default: self = .failed("SQLite \(error.extendedResultCode.rawValue): \(words)")
    }
  }
}
