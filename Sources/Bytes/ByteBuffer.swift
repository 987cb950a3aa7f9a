internal import Glibc

/// A first-in first-out run of octets that grows at the end and is consumed from the front.
///
/// A value type: copies share memory until one of them is written (copy on write).
/// Offsets taken by its methods count from the first unconsumed octet.
/// - Complexity: appending n octets is amortised O(n); consuming is O(1).
package struct ByteBuffer: Sendable {
  private var storage: Storage
  private var head = 0
  private var tail = 0

  /// - Parameter capacity: octets that can be appended before memory is reserved again.
  package init(capacity: Int = 0) { storage = capacity > 0 ? Storage(capacity: capacity) : .empty }

  package init(_ bytes: some Collection<UInt8>) {
    self.init(capacity: bytes.count)
    append(contentsOf: bytes)
  }

  /// The UTF-8 octets of `text`.
  package init(_ text: String) {
    self.init(capacity: text.utf8.count)
    append(text)
  }

  /// Unconsumed octets.
  package var count: Int { tail - head }
  package var isEmpty: Bool { tail == head }

  /// The octet `offset` places behind the first unconsumed one; `offset` must be below ``count``.
  package subscript(offset: Int) -> UInt8 {
    precondition(offset >= 0 && offset < count, "offset beyond the readable octets")
    return storage.base.load(fromByteOffset: head + offset, as: UInt8.self)
  }

  package mutating func append(_ byte: UInt8) {
    reserve(1)
    storage.base.storeBytes(of: byte, toByteOffset: tail, as: UInt8.self)
    tail += 1
  }

  package mutating func append(contentsOf bytes: some Collection<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable {
      append(contentsOf: UnsafeRawBufferPointer($0))
    }
    if done == nil { for byte in bytes { append(byte) } }
  }

  package mutating func append(contentsOf bytes: UnsafeRawBufferPointer) {
    guard let from = bytes.baseAddress, bytes.count > 0 else { return }
    reserve(bytes.count)
    (storage.base + tail).copyMemory(from: from, byteCount: bytes.count)
    tail += bytes.count
  }

  package mutating func append(_ other: ByteBuffer) {
    other.withUnsafeReadableBytes { append(contentsOf: $0) }
  }

  /// The UTF-8 octets of `text`.
  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(contentsOf: UnsafeRawBufferPointer($0)) }
  }

  package mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Lets `body` write behind the last octet; what it returns is how many octets it wrote.
  ///
  /// - Parameter minimumCapacity: the least room that `body` is given.
  /// - Returns: the number of octets written.
  @discardableResult
  package mutating func withUnsafeWritableBytes<E: Error>(
    minimumCapacity: Int, _ body: (UnsafeMutableRawBufferPointer) throws(E) -> Int
  ) throws(E) -> Int {
    reserve(minimumCapacity)
    // SAFETY: the memory is ours alone (reserve made it unique) and outlives the call of body.
    let room = UnsafeMutableRawBufferPointer(
      start: storage.base + tail, count: storage.capacity - tail)
    let written = try body(room)
    precondition(written >= 0 && written <= room.count, "wrote beyond the room given")
    tail += written
    return written
  }

  /// Lets `body` read all unconsumed octets. The pointer must not leave `body`.
  package func withUnsafeReadableBytes<R, E: Error>(
    _ body: (UnsafeRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    // SAFETY: self keeps storage alive for the length of the call.
    try body(UnsafeRawBufferPointer(start: storage.base + head, count: count))
  }

  /// The offset of the first `byte` at or behind `offset`, or nil.
  /// - Complexity: O(distance), by memchr.
  package func firstIndex(of byte: UInt8, from offset: Int = 0) -> Int? {
    guard offset >= 0, offset < count else { return nil }
    let start = storage.base + head
    guard let hit = memchr(start + offset, Int32(byte), count - offset) else { return nil }
    return UnsafeRawPointer(hit) - UnsafeRawPointer(start)
  }

  /// Drops the first `n` octets; `n` must be at most ``count``.
  package mutating func consume(_ n: Int) {
    precondition(n >= 0 && n <= count, "consumed beyond the readable octets")
    head += n
    if head == tail {
      head = 0
      tail = 0
      if !isKnownUniquelyReferenced(&storage) { storage = .empty }
    }
  }

  /// Takes the first `n` octets out; `n` must be at most ``count``.
  package mutating func read(_ n: Int) -> [UInt8] {
    precondition(n >= 0 && n <= count, "read beyond the readable octets")
    let bytes = [UInt8](UnsafeRawBufferPointer(start: storage.base + head, count: n))
    consume(n)
    return bytes
  }

  /// The octets from `offset`, `length` of them, left in place; the range must be readable.
  package func bytes(at offset: Int, length: Int) -> [UInt8] {
    precondition(offset >= 0 && length >= 0 && length <= count - offset, "beyond the readable octets")
    return [UInt8](UnsafeRawBufferPointer(start: storage.base + head + offset, count: length))
  }

  /// All unconsumed octets, left in place.
  package var bytes: [UInt8] { bytes(at: 0, length: count) }

  /// Drops everything. Memory above `keepingAtMost` octets is given back.
  package mutating func removeAll(keepingAtMost limit: Int = 64 * 1024) {
    head = 0
    tail = 0
    if storage.capacity > limit || !isKnownUniquelyReferenced(&storage) {
      storage = .empty
    }
  }

  private mutating func reserve(_ n: Int) {
    let unique = isKnownUniquelyReferenced(&storage)
    if unique && storage.capacity - tail >= n { return }
    let used = count
    if unique && storage.capacity - used >= n && head >= used {
      storage.base.copyMemory(from: storage.base + head, byteCount: used)
    } else {
      let grown = min(storage.capacity * 2, storage.capacity + (16 << 20))
      let fresh = Storage(capacity: max(used + n, grown, 64))
      fresh.base.copyMemory(from: storage.base + head, byteCount: used)
      storage = fresh
    }
    head = 0
    tail = used
  }

  /// SAFETY (`@unchecked Sendable`): written only while uniquely referenced by one ByteBuffer value.
  private final class Storage: @unchecked Sendable {
    /// Of all buffers without memory: never written, since it is never referenced once only.
    static let empty = Storage(capacity: 0)

    let base: UnsafeMutableRawPointer
    let capacity: Int

    init(capacity: Int) {
      self.capacity = capacity
      base = UnsafeMutableRawPointer.allocate(byteCount: max(capacity, 1), alignment: 16)
    }

    deinit { base.deallocate() }
  }
}

extension ByteBuffer: Equatable {
  package static func == (a: ByteBuffer, b: ByteBuffer) -> Bool {
    guard a.count == b.count else { return false }
    return a.withUnsafeReadableBytes { x in
      b.withUnsafeReadableBytes { y in
        x.count == 0 || memcmp(x.baseAddress!, y.baseAddress!, x.count) == 0
      }
    }
  }
}
