internal import Glibc

/// The system's words for its error numbers.
enum SystemWords {
  static func text(_ errno: Int32) -> String {
    var room = [CChar](repeating: 0, count: 128)
    // SAFETY: the pointer and its length are those of `room`, which outlives the call.
    let found = room.withUnsafeMutableBufferPointer { p in
      p.baseAddress.map { strerror_r(errno, $0, p.count) } ?? -1
    }
    guard found == 0 else { return "error \(errno)" }
    return String(decoding: room.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
