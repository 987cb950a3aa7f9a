internal import GRDB
internal import GRDBSQLite

/// A value that can be bound to a parameter of a statement.
protocol Bindable {
  /// - Returns: SQLite's result code.
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32
}

extension Int64: Bindable {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, self)
  }
}

extension Int: Bindable {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, Int64(self))
  }
}

extension UInt32: Bindable {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, Int64(self))
  }
}

extension Bool: Bindable {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, self ? 1 : 0)
  }
}

extension String: Bindable {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    var text = self
    return text.withUTF8 { bytes in
      // SAFETY: SQLITE_TRANSIENT makes SQLite copy the octets before the call returns. A nil address
      // would bind NULL, so an empty text gets that of a literal.
      guard let base = bytes.baseAddress else { return sqlite3_bind_text(statement, index, "", 0, nil) }
      return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
        sqlite3_bind_text(statement, index, $0, Int32(clamping: bytes.count), transient)
      }
    }
  }
}

extension [UInt8]: Bindable {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    if isEmpty { return sqlite3_bind_zeroblob(statement, index, 0) }
    return withUnsafeBytes {
      sqlite3_bind_blob64(statement, index, $0.baseAddress, UInt64($0.count), transient)
    }
  }
}

extension Optional: Bindable where Wrapped: Bindable {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    switch self {
    case .some(let value): value.bind(to: statement, at: index)
    case .none: sqlite3_bind_null(statement, index)
    }
  }
}

extension Timestamp: Bindable {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, milliseconds)
  }
}

extension Bindable where Self: RowID {
  func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    sqlite3_bind_int64(statement, index, value)
  }
}

extension TenantID: Bindable {}
extension MailboxID: Bindable {}
extension FolderID: Bindable {}
extension ThreadID: Bindable {}
extension MailID: Bindable {}
extension SubmissionID: Bindable {}
extension PurgeID: Bindable {}
extension TokenID: Bindable {}
extension UploadID: Bindable {}

// SAFETY: SQLite's own definition of SQLITE_TRANSIENT, a function address that it never calls.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

/// A prepared statement of one connection, kept by it for the next use.
///
/// Values are bound and read directly: GRDB's own arguments and rows cost more than SQLite's work on
/// the small rows of a sync.
/// A statement must not be used again while its rows are being read.
struct Query {
  private let statement: Statement
  private let handle: OpaquePointer

  init(_ db: Database, _ sql: String) throws {
    statement = try db.cachedStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  /// Runs to the end. - Returns: how many rows were inserted, changed or deleted.
  @discardableResult
  func run<each V: Bindable>(_ values: repeat each V) throws -> Int {
    defer { reset() }
    try bind(repeat each values)
    while try step() {}
    return Int(sqlite3_changes(sqlite3_db_handle(handle)))
  }

  /// The first row, or nil when there is none.
  func first<T, each V: Bindable>(_ values: repeat each V, read: (Columns) throws -> T) throws -> T? {
    defer { reset() }
    try bind(repeat each values)
    return try step() ? try read(Columns(handle: handle)) : nil
  }

  func all<T, each V: Bindable>(_ values: repeat each V, read: (Columns) throws -> T) throws -> [T] {
    defer { reset() }
    try bind(repeat each values)
    return try rows(read)
  }

  /// As ``all(_:read:)``, for statements put together from parts.
  func all<T>(list values: [any Bindable], read: (Columns) throws -> T) throws -> [T] {
    defer { reset() }
    for (index, value) in values.enumerated() { try check(value.bind(to: handle, at: Int32(index + 1))) }
    return try rows(read)
  }

  /// Whether there is a row.
  func exists<each V: Bindable>(_ values: repeat each V) throws -> Bool {
    try first(repeat each values) { _ in true } ?? false
  }

  /// The first column of the first row; 0 when there is none.
  func number<each V: Bindable>(_ values: repeat each V) throws -> Int64 {
    try first(repeat each values) { $0.int(0) } ?? 0
  }

  private func rows<T>(_ read: (Columns) throws -> T) throws -> [T] {
    var out: [T] = []
    while try step() { out.append(try read(Columns(handle: handle))) }
    return out
  }

  private func bind<each V: Bindable>(_ values: repeat each V) throws {
    var index: Int32 = 0
    for value in repeat each values {
      index += 1
      try check(value.bind(to: handle, at: index))
    }
  }

  private func step() throws -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    throw failure(code)
  }

  private func check(_ code: Int32) throws {
    if code != SQLITE_OK { throw failure(code) }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    let words = sqlite3_errmsg(sqlite3_db_handle(handle)).map { String(cString: $0) }
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: words, sql: statement.sql)
  }

  private func reset() {
    // Its result repeats the error of the step, which was thrown there.
    _ = sqlite3_reset(handle)
    _ = sqlite3_clear_bindings(handle)
  }
}

/// The columns of the row that a statement stands on; good only until its next step.
struct Columns {
  fileprivate let handle: OpaquePointer

  func isNull(_ index: Int32) -> Bool { sqlite3_column_type(handle, index) == SQLITE_NULL }
  func int(_ index: Int32) -> Int64 { sqlite3_column_int64(handle, index) }
  func bool(_ index: Int32) -> Bool { int(index) != 0 }
  func optionalInt(_ index: Int32) -> Int64? { isNull(index) ? nil : int(index) }

  func blob(_ index: Int32) -> [UInt8] {
    // SAFETY: the address is good until the next step of this statement, and is copied from here.
    let base = sqlite3_column_blob(handle, index)
    return [UInt8](UnsafeRawBufferPointer(start: base, count: Int(sqlite3_column_bytes(handle, index))))
  }

  /// Octets that are not UTF-8 are replaced (U+FFFD).
  func text(_ index: Int32) -> String {
    // SAFETY: as in blob.
    guard let base = sqlite3_column_text(handle, index) else { return "" }
    let bytes = UnsafeBufferPointer(start: base, count: Int(sqlite3_column_bytes(handle, index)))
    return String(decoding: bytes, as: UTF8.self)
  }

  func optionalBlob(_ index: Int32) -> [UInt8]? { isNull(index) ? nil : blob(index) }

  func optionalText(_ index: Int32) -> String? { isNull(index) ? nil : text(index) }

  func time(_ index: Int32) -> Timestamp { Timestamp(milliseconds: int(index)) }
  func optionalTime(_ index: Int32) -> Timestamp? { optionalInt(index).map(Timestamp.init(milliseconds:)) }

  /// The case that the word in this column names.
  /// - Throws: ``MailStoreError/corrupt(_:)`` when it names none.
  func word<E: RawRepresentable>(_ index: Int32, _ type: E.Type = E.self) throws -> E
  where E.RawValue == String {
    guard let value = E(rawValue: text(index)) else { throw MailStoreError.corrupt("a word in \(E.self)") }
    return value
  }

  func optionalWord<E: RawRepresentable>(_ index: Int32) throws -> E? where E.RawValue == String {
    isNull(index) ? nil : try word(index)
  }
}
