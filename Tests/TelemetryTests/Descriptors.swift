import Glibc
import Testing

/// A pipe whose reading end the test holds.
final class TestPipe {
  let reading: Int32
  let writing: Int32
  private var isOpen = true

  init() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    (reading, writing) = (ends[0], ends[1])
  }

  deinit {
    close(reading)
    if isOpen { close(writing) }
  }

  func closeWriting() {
    close(writing)
    isOpen = false
  }

  /// What is in the pipe, up to `count` octets; waits for the first.
  func read(_ count: Int) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    let n = Glibc.read(reading, &buffer, count)
    return Array(buffer.prefix(max(n, 0)))
  }

  /// Everything until the writing end is closed.
  func rest() -> String {
    var all: [UInt8] = []
    while true {
      let part = read(1 << 16)
      if part.isEmpty { return String(decoding: all, as: UTF8.self) }
      all += part
    }
  }
}

/// A file without a name.
final class TestFile {
  let descriptor: Int32

  init() throws {
    var path = Array("/tmp/postroom-test-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    try #require(descriptor >= 0)
    unlink(path)
  }

  deinit { close(descriptor) }

  /// All that was written.
  var text: String {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let n = pread(descriptor, &buffer, buffer.count, off_t(all.count))
      if n <= 0 { return String(decoding: all, as: UTF8.self) }
      all += buffer.prefix(n)
    }
  }
}
