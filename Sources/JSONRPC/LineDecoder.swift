internal import Bytes
internal import Glibc
internal import JSON

/// JSON values one after another. What is whole when it is first seen is checked in one pass; a value that
/// comes in pieces is scanned for its end piece by piece, and checked when it has doubled and when it is
/// whole, so that garbage is refused early and the work stays linear.
struct LineDecoder {
  private let depthMax: Int
  /// The value at the front of the input is not whole: where its end is looked for.
  private var scanner: JSONScanner?
  /// Octets of the input that the scanner has seen.
  private var scanned = 0
  /// The input is checked again when it has as many octets.
  private var checkAt = 0
  /// Everything up to the next newline belongs to a line that was refused.
  private(set) var discarding = false

  init(depthMax: Int) { self.depthMax = depthMax }

  mutating func isReady(_ input: ByteBuffer, octetsMax: Int) -> Bool {
    guard scanner != nil else { return !input.isEmpty }
    let fresh = input.count - scanned
    guard fresh > 0 else { return false }
    let outcome: JSONScanner.Outcome? = input.withUnsafeReadableBytes { all in
      scanner?.feed(UnsafeRawBufferPointer(rebasing: all[scanned...]))
    }
    scanned = input.count
    return outcome != .needMore || input.count >= checkAt
  }

  mutating func next(
    _ bytes: UnsafeRawBufferPointer, from: Int, isFinal: Bool, validator: inout JSONValidator, octetsMax: Int
  ) -> FrameStep {
    scanner = nil
    let n = bytes.count
    var start = from
    if discarding {
      guard let newline = Self.newline(bytes, from) else { return .skip(to: n) }
      discarding = false
      start = newline + 1
    }
    while start < n, Self.isSpace(bytes[start]) { start += 1 }
    guard start < n else { return .skip(to: n) }
    let length: Int
    switch validator.run(bytes, from: start, isFinal: isFinal) {
    case .complete(let end):
      if end - start <= octetsMax { return .message(start..<end, end: end, checked: true) }
      return .malformed(.limit("message", limit: octetsMax, actual: end - start), resume: end)
    case .failed(let error): return refuse(error, bytes, start)
    case .incomplete: length = n - start
    }
    if isFinal {
      return .malformed(.parse(.syntax(offset: length, reason: "the value is cut short")), resume: nil)
    }
    if length > octetsMax {
      return .malformed(.limit("message", limit: octetsMax, actual: length), resume: nil)
    }
    if start > from { return .skip(to: start) }
    scanner = JSONScanner(depthMax: depthMax, octetsMax: octetsMax)
    scanned = 0
    checkAt = length * 2
    return .needMore
  }

  /// The line's rest is dropped: behind it a new value may begin.
  private mutating func refuse(_ error: JSONError, _ bytes: UnsafeRawBufferPointer, _ start: Int) -> FrameStep
  {
    let offset: Int
    switch error {
    case .syntax(let at, _), .depth(let at, _), .duplicateName(let at): offset = at
    case .tooLong, .missing, .unknown, .wrongType, .range: offset = start
    }
    let newline = Self.newline(bytes, max(start, min(offset, bytes.count)))
    discarding = newline == nil
    return .malformed(.parse(error.counted(from: start)), resume: newline.map { $0 + 1 } ?? bytes.count)
  }

  private static func newline(_ bytes: UnsafeRawBufferPointer, _ from: Int) -> Int? {
    guard let base = bytes.baseAddress, from < bytes.count else { return nil }
    // SAFETY: from is within the buffer, which outlives this call.
    guard let hit = memchr(base + from, 0x0A, bytes.count - from) else { return nil }
    return UnsafeRawPointer(hit) - base
  }

  private static func isSpace(_ c: UInt8) -> Bool { c == 0x20 || c == 0x0A || c == 0x0D || c == 0x09 }
}
