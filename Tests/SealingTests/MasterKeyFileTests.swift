import Glibc
import Testing

@testable import Sealing

/// A folder of mode 700 that is removed, with what is in it, when the value goes.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/postroom-sealing-XXXXXX".utf8CString)
    path = try #require(mkdtemp(&template).map { String(cString: $0) })
  }

  func write(_ name: String, _ content: [UInt8], mode: mode_t) throws -> String {
    let file = "\(path)/\(name)"
    let fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    try #require(fd >= 0)
    #expect(content.isEmpty || Glibc.write(fd, content, content.count) == content.count)
    fchmod(fd, mode)
    close(fd)
    return file
  }

  deinit {
    chmod(path, 0o700)
    for name in ["key", "link", "sub", "other"] {
      unlink("\(path)/\(name)")
      rmdir("\(path)/\(name)")
    }
    rmdir(path)
  }
}

@Suite(.timeLimit(.minutes(1))) struct MasterKeyFileTests {
  let folder: TemporaryFolder
  let raw = [UInt8](1...32)

  init() throws { folder = try TemporaryFolder() }

  @Test func `a created key is mode 600 and loads as the same key`() throws {
    let path = "\(folder.path)/key"
    let key = try MasterKey.create(path: path)
    var info = stat()
    #expect(stat(path, &info) == 0)
    #expect(info.st_mode & 0o7777 == 0o600)
    #expect(info.st_size == 32)
    #expect(try MasterKey.load(path: path).id == key.id)
    #expect(throws: SealingError.keyExists(path: path)) { try MasterKey.create(path: path) }
    #expect(try MasterKey.load(path: path).id == key.id)
  }

  @Test func `octets and digits are the same key`() throws {
    let digits = Array(hexadecimal(raw).utf8)
    let wanted = try MasterKey(bytes: raw).id
    for content in [raw, digits, digits + [0x0A], digits + [0x0D, 0x0A]] {
      #expect(try MasterKey.load(path: folder.write("key", content, mode: 0o400)).id == wanted)
      unlink("\(folder.path)/key")
    }
  }

  @Test(arguments: [0, 1, 31, 33, 63, 65, 66, 67, 5000]) func `other contents are malformed`(count: Int)
    throws
  {
    let path = try folder.write("key", [UInt8](repeating: 0x61, count: count), mode: 0o600)
    #expect(throws: SealingError.keyMalformed("neither 32 octets nor 64 hexadecimal digits")) {
      try MasterKey.load(path: path)
    }
  }

  @Test func `64 octets that are not digits are malformed`() throws {
    let path = try folder.write("key", [UInt8](repeating: 0x7A, count: 64), mode: 0o600)
    #expect(throws: SealingError.keyMalformed("neither 32 octets nor 64 hexadecimal digits")) {
      try MasterKey.load(path: path)
    }
  }

  @Test(arguments: [0o644, 0o640, 0o604, 0o660, 0o700, 0o4600, 0o200] as [mode_t])
  func `other modes are refused`(_ mode: mode_t) throws {
    let path = try folder.write("key", raw, mode: mode)
    let want: SealingError = .keyUnsafe(
      path: path, reason: "its mode is \(String(mode, radix: 8)), and must be 400 or 600")
    let error = #expect(throws: SealingError.self) { try MasterKey.load(path: path) }
    // Whoever is not root cannot even open a file that he may not read.
    #expect(error == want || error == .system(path: path, errno: EACCES))
  }

  @Test(arguments: [0o720, 0o702, 0o777, 0o1777] as [mode_t])
  func `a folder that others can write is refused, for reading and making`(_ mode: mode_t) throws {
    let path = try folder.write("key", raw, mode: 0o600)
    chmod(folder.path, mode)
    let want: SealingError = .keyUnsafe(
      path: path, reason: "its folder can be written by group or others; use mode 700")
    #expect(throws: want) { try MasterKey.load(path: path) }
    #expect(throws: want) { try MasterKey.create(path: path) }
  }

  @Test func `symbolic links, folders and pipes are refused`() throws {
    let path = try folder.write("key", raw, mode: 0o600)
    let link = "\(folder.path)/link"
    #expect(symlink(path, link) == 0)
    #expect(throws: SealingError.keyUnsafe(path: link, reason: "it is a symbolic link")) {
      try MasterKey.load(path: link)
    }
    #expect(throws: SealingError.keyExists(path: link)) { try MasterKey.create(path: link) }
    let sub = "\(folder.path)/sub"
    mkdir(sub, 0o700)
    let pipe = "\(folder.path)/other"
    mkfifo(pipe, 0o600)
    for path in [sub, pipe] {
      #expect(throws: SealingError.keyUnsafe(path: path, reason: "it is not a regular file")) {
        try MasterKey.load(path: path)
      }
    }
  }

  @Test func `what is not there is missing`() {
    for path in ["\(folder.path)/key", "\(folder.path)/no/key", "\(folder.path)/"] {
      #expect(throws: SealingError.keyMissing(path: path)) { try MasterKey.load(path: path) }
    }
    #expect(throws: SealingError.keyMissing(path: "\(folder.path)/no/key")) {
      try MasterKey.create(path: "\(folder.path)/no/key")
    }
  }

  @Test func `system errors are told`() throws {
    let path = try folder.write("key", raw, mode: 0o600)
    #expect(throws: SealingError.system(path: "\(path)/x", errno: ENOTDIR)) {
      try MasterKey.load(path: "\(path)/x")
    }
  }

  @Test func `owner and mode are judged, and root's credentials accepted where systemd puts them`() {
    func fault(_ mode: mode_t, uid: uid_t, credentials: Bool) -> String? {
      var info = stat()
      info.st_mode = S_IFREG | mode
      info.st_uid = uid
      return MasterKey.fault(of: info, inCredentials: credentials)
    }
    let me = geteuid()
    #expect(fault(0o400, uid: me, credentials: false) == nil)
    #expect(
      fault(0o400, uid: me &+ 1, credentials: false)
        == "it belongs to user \(me &+ 1), and must belong to user \(me)")
    #expect(fault(0o440, uid: 0, credentials: true) == nil)
    #expect(fault(0o444, uid: 0, credentials: true) != nil)
    #expect(fault(0o440, uid: 0, credentials: false) != nil)
  }

  @Test func `every error has a sentence`() {
    let all: [SealingError] = [
      .keyMissing(path: "p"), .keyExists(path: "p"), .keyUnsafe(path: "p", reason: "r"), .keyMalformed("r"),
      .masterKeyDiffers(wrappedBy: "a", have: "b"), .system(path: "p", errno: 1), .formatUnknown,
      .notAuthentic,
      .library("x"),
    ]
    #expect(Set(all.map(\.message)).count == all.count)
  }
}
