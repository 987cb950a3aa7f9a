internal import COpenSSL
internal import Glibc

extension MasterKey {
  /// Reads the key from a file that nobody but this user can read or replace.
  ///
  /// The file: regular, no symbolic link, mode 0400 or 0600, owned by the user of this process; its
  /// content: 32 octets, or 64 hexadecimal digits and perhaps an end of line, or what ``ProtectedKey`` makes. The folder:
  /// owned by the same user or root, not writable by group or others. A file straight in systemd's
  /// `$CREDENTIALS_DIRECTORY` may also be owned by root with mode 0440, as systemd makes it.
  /// - Parameter passphrase: asked for its octets only when the key is protected by one.
  /// - Throws: ``SealingError/keyMissing(path:)``, ``SealingError/keyUnsafe(path:reason:)``,
  ///   ``SealingError/keyMalformed(_:)``, ``SealingError/system(path:errno:)``, ``SealingError/passphraseMissing(path:)``,
  ///   ``SealingError/passphraseWrong(path:)``.
  package static func load(
    path: String, passphrase: () throws(SealingError) -> [UInt8]? = { () throws(SealingError) in nil }
  ) throws(SealingError) -> MasterKey {
    var content = try secret(path: path, octetsMax: ProtectedKey.octetsMax)
    defer { OPENSSL_cleanse(&content, content.count) }
    guard let protected = try ProtectedKey(content: content) else {
      let key = content.withUnsafeBytes { bytes -> Result<MasterKey, SealingError> in
        Result { () throws(SealingError) in try MasterKey(content: bytes) }
      }
      return try key.get()
    }
    guard var words = try passphrase() else { throw .passphraseMissing(path: path) }
    defer { OPENSSL_cleanse(&words, words.count) }
    do throws(SealingError) {
      return try protected.open(words)
    } catch .notAuthentic {
      throw .passphraseWrong(path: path)
    }
  }

  /// A passphrase from a file of which the same is asked as of a key's, without the end of its line.
  package static func passphrase(path: String) throws(SealingError) -> [UInt8] {
    var content = try secret(path: path, octetsMax: ProtectedKey.passphraseOctetsMax + 2)
    if content.last == 0x0A { content.removeLast() }
    if content.last == 0x0D { content.removeLast() }
    return content
  }

  private static func secret(path: String, octetsMax: Int) throws(SealingError) -> [UInt8] {
    let folder = try KeyFolder(of: path)
    let fd = folder.open(O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, mode: 0)
    guard fd >= 0 else {
      switch errno {
      case ENOENT: throw .keyMissing(path: path)
      case ELOOP: throw .keyUnsafe(path: path, reason: "it is a symbolic link")
      default: throw .system(path: path, errno: errno)
      }
    }
    defer { close(fd) }
    var info = stat()
    guard fstat(fd, &info) == 0 else { throw .system(path: path, errno: errno) }
    if let reason = fault(of: info, inCredentials: folder.isCredentials) {
      throw .keyUnsafe(path: path, reason: reason)
    }
    // One octet more, to see that there is more.
    var out = [UInt8](repeating: 0, count: octetsMax + 1)
    var count = 0
    while count < out.count {
      // SAFETY: the address and length stay inside `out`.
      let n = out.withUnsafeMutableBytes {
        Glibc.read(fd, $0.baseAddress?.advanced(by: count), $0.count - count)
      }
      if n < 0 && errno == EINTR { continue }
      guard n >= 0 else { throw .system(path: path, errno: errno) }
      if n == 0 { break }
      count += n
    }
    defer { OPENSSL_cleanse(&out, out.count) }
    return Array(out[..<count])
  }

  /// Makes a new random key and its file, mode 0600, on disk when this returns.
  /// - Parameter passphrase: protects the file; nil for a file that holds the key itself.
  /// - Throws: ``SealingError/keyExists(path:)``, and as ``load(path:passphrase:)``.
  package static func create(
    path: String, passphrase: [UInt8]? = nil
  ) throws(SealingError) -> MasterKey {
    let key = generate()
    try key.save(path: path, passphrase: passphrase)
    return key
  }

  /// Writes the key to a new file, mode 0600, on disk when this returns.
  /// - Throws: as ``create(path:passphrase:)``.
  package func save(path: String, passphrase: [UInt8]? = nil) throws(SealingError) {
    let folder = try KeyFolder(of: path)
    var content: [UInt8] =
      if let passphrase { try ProtectedKey.make(self, passphrase) } else { withBytes { Array($0) } }
    defer { OPENSSL_cleanse(&content, content.count) }
    let fd = folder.open(O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode: 0o600)
    guard fd >= 0 else { throw errno == EEXIST ? .keyExists(path: path) : .system(path: path, errno: errno) }
    let written = write(fd, content, content.count)
    var failure: Int32?
    if written != content.count {
      failure = written < 0 ? errno : ENOSPC
    } else if fsync(fd) != 0 || !folder.sync() {
      failure = errno
    }
    close(fd)
    if let failure {
      folder.remove()
      throw .system(path: path, errno: failure)
    }
  }

  /// Why a file with this owner and mode cannot hold the key, or nil.
  static func fault(of info: stat, inCredentials: Bool) -> String? {
    guard info.st_mode & S_IFMT == S_IFREG else { return "it is not a regular file" }
    let mode = info.st_mode & 0o7777
    if inCredentials, info.st_uid == 0, mode & ~0o440 == 0 { return nil }
    guard info.st_uid == geteuid() else {
      return "it belongs to user \(info.st_uid), and must belong to user \(geteuid())"
    }
    guard mode == 0o400 || mode == 0o600 else {
      return "its mode is \(String(mode, radix: 8)), and must be 400 or 600"
    }
    return nil
  }

  /// A key file's content: 32 octets, or 64 hexadecimal digits and perhaps an end of line.
  init(content: UnsafeRawBufferPointer) throws(SealingError) {
    if content.count == KeyStorage.count {
      try self.init(bytes: Array(content))
      return
    }
    var digits = Array(content)
    defer { OPENSSL_cleanse(&digits, digits.count) }
    if digits.last == 0x0A { digits.removeLast() }
    if digits.last == 0x0D { digits.removeLast() }
    guard digits.count == 2 * KeyStorage.count, var bytes = unhexadecimal(digits) else {
      throw .keyMalformed("neither 32 octets nor 64 hexadecimal digits")
    }
    defer { OPENSSL_cleanse(&bytes, bytes.count) }
    try self.init(bytes: bytes)
  }
}

/// The folder of a key file, held open so that it cannot be exchanged between check and use.
private struct KeyFolder: ~Copyable {
  private let fd: Int32
  private let name: String
  let isCredentials: Bool

  init(of path: String) throws(SealingError) {
    let slash = path.utf8.lastIndex(of: 0x2F)
    let name = slash.map { String(decoding: path.utf8[$0...].dropFirst(), as: UTF8.self) } ?? path
    let folder =
      slash.map { $0 == path.startIndex ? "/" : String(decoding: path.utf8[..<$0], as: UTF8.self) } ?? "."
    guard !name.isEmpty else { throw .keyMissing(path: path) }
    let fd = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard fd >= 0 else { throw errno == ENOENT ? .keyMissing(path: path) : .system(path: path, errno: errno) }
    var info = stat()
    var reason: String?
    if fstat(fd, &info) != 0 {
      reason = "its folder cannot be examined"
    } else if info.st_uid != geteuid() && info.st_uid != 0 {
      reason = "its folder belongs to user \(info.st_uid)"
    } else if info.st_mode & 0o022 != 0 {
      reason = "its folder can be written by group or others; use mode 700"
    }
    if let reason {
      close(fd)
      throw .keyUnsafe(path: path, reason: reason)
    }
    self.fd = fd
    self.name = name
    isCredentials = getenv("CREDENTIALS_DIRECTORY").map { String(cString: $0) == folder } ?? false
  }

  deinit { close(fd) }

  func open(_ flags: Int32, mode: mode_t) -> Int32 { openat(fd, name, flags, mode) }
  func sync() -> Bool { fsync(fd) == 0 }
  func remove() { unlinkat(fd, name, 0) }
}
