internal import Bytes
internal import Glibc
internal import Synchronization

/// glibc's converter, to UTF-8.
enum Iconv {
  /// nil when this system lacks the character set.
  static func decode(_ bytes: [UInt8], from name: String) -> (text: String, replaced: Int)? {
    guard let converter = take(name) else { return nil }
    defer { give(back: converter, name) }
    var out = [UInt8]()
    out.reserveCapacity(bytes.count + bytes.count / 2)
    var replaced = 0
    var input = bytes
    input.withUnsafeMutableBytes { raw in
      // SAFETY: iconv reads [source, source + left) inside of raw and writes inside of chunk; both outlive the call.
      guard let base = raw.baseAddress else { return }
      var source: UnsafeMutablePointer<CChar>? = base.assumingMemoryBound(to: CChar.self)
      var left = raw.count
      withUnsafeTemporaryAllocation(byteCount: 16 * 1024, alignment: 16) { chunk in
        while left > 0 {
          let before = left
          let (result, code, written) = step(converter, &source, &left, chunk)
          out.append(contentsOf: chunk[..<written])
          if result != -1 { break }
          if code == E2BIG, written > 0 || left < before { continue }
          replaced += 1
          out.append(contentsOf: [0xEF, 0xBF, 0xBD])
          if code == EINVAL { break }  // cut within a character at the very end
          let unit = min(left, unit(of: name))
          source = source.map { $0 + unit }
          left -= unit
        }
        // Lets a stateful set write what it held back.
        let (_, _, written) = step(converter, nil, nil, chunk)
        out.append(contentsOf: chunk[..<written])
      }
    }
    return (String(decoding: out, as: UTF8.self), replaced)
  }

  /// Converters that nobody uses now, by character set: opening one maps a library, which takes longer than a mail.
  private static let idle = Mutex<[String: [UInt]]>([:])
  /// The most that are kept of one set.
  private static let idleMax = 4

  private static func take(_ name: String) -> iconv_t? {
    if let known = idle.withLock({ $0[name]?.popLast() }) { return iconv_t(bitPattern: known) }
    guard let fresh = iconv_open("UTF-8", name), fresh != iconv_t(bitPattern: -1) else { return nil }
    return fresh
  }

  private static func give(back converter: iconv_t, _ name: String) {
    // Back to the first state (iconv(3)).
    _ = iconv(converter, nil, nil, nil, nil)
    let isKept = idle.withLock { idle in
      guard idle[name, default: []].count < idleMax else { return false }
      idle[name, default: []].append(UInt(bitPattern: converter))
      return true
    }
    if !isKept { iconv_close(converter) }
  }

  /// How many octets to go on by behind what cannot be decoded.
  private static func unit(of name: String) -> Int {
    name.hasPrefix("UTF-16") ? 2 : name.hasPrefix("UTF-32") ? 4 : 1
  }

  private static func step(
    _ converter: iconv_t, _ source: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
    _ left: UnsafeMutablePointer<Int>?, _ chunk: UnsafeMutableRawBufferPointer
  ) -> (result: Int, code: Int32, written: Int) {
    var target = chunk.baseAddress?.assumingMemoryBound(to: CChar.self)
    var room = chunk.count
    let result = iconv(converter, source, left, &target, &room)
    return (result, errno, chunk.count - room)
  }
}
