internal import Dispatch
internal import Glibc
internal import Synchronization

/// Writes octets to a descriptor from a queue of its own: who hands them over never waits for a disk, a terminal or a
/// log collector that is slow.
///
/// What waits is bounded: beyond it new items are dropped and counted. What waits when the process dies is lost.
package final class BackgroundWriter: Sendable {
  private struct State {
    var items: [[UInt8]] = []
    var octets = 0
    var isDraining = false
    /// Not written: no room, or the descriptor refused.
    var dropped: UInt64 = 0
    /// Of these, what no line has told of yet.
    var untold: UInt64 = 0
  }

  private let descriptor: Int32
  private let octetsMax: Int
  private let itemsAtOnce: Int
  private let compose: @Sendable ([[UInt8]], _ dropped: UInt64) -> [UInt8]
  private let queue: DispatchQueue
  private let state = Mutex(State())

  /// - Parameters:
  ///   - descriptor: stays open as long as the process; the owner is the caller.
  ///   - octetsMax: what may wait to be written.
  ///   - itemsAtOnce: what is composed, and written, in one go.
  ///   - compose: makes one text of some items, which are dropped unless it is written whole; `dropped` items were
  ///     lost before them.
  package init(
    descriptor: Int32, label: String, octetsMax: Int = 4 << 20, itemsAtOnce: Int = 256,
    compose: @escaping @Sendable ([[UInt8]], _ dropped: UInt64) -> [UInt8]
  ) {
    self.descriptor = descriptor
    self.octetsMax = octetsMax
    self.itemsAtOnce = max(itemsAtOnce, 1)
    self.compose = compose
    queue = DispatchQueue(label: label)
  }

  /// Hands an item over; returns at once.
  package func write(_ item: [UInt8]) {
    let starts = state.withLock { s in
      guard s.octets + item.count <= octetsMax else {
        s.dropped &+= 1
        s.untold &+= 1
        return false
      }
      s.items.append(item)
      s.octets += item.count
      defer { s.isDraining = true }
      return !s.isDraining
    }
    if starts { queue.async { self.drain() } }
  }

  /// Items that were lost since the start.
  package var dropped: UInt64 { state.withLock { $0.dropped } }

  /// Octets that wait.
  package var octetsWaiting: Int { state.withLock { $0.octets } }

  /// Waits until what was handed over before has been written. For the end of the process; blocks the caller.
  package func flush(milliseconds: Int) {
    let done = DispatchSemaphore(value: 0)
    queue.async { done.signal() }
    // Not in time: the process ends without these lines rather than not at all.
    _ = done.wait(timeout: .now() + .milliseconds(milliseconds))
  }

  private func drain() {
    while true {
      let (items, untold): ([[UInt8]], UInt64) = state.withLock { s in
        if s.items.isEmpty {
          s.isDraining = false
          return ([], 0)
        }
        let taken = Array(s.items.prefix(itemsAtOnce))
        s.items.removeFirst(taken.count)
        let untold = s.untold
        s.untold = 0
        return (taken, untold)
      }
      if items.isEmpty { return }
      let written = send(compose(items, untold))
      state.withLock { s in
        s.octets -= items.reduce(0) { $0 + $1.count }
        if !written {
          s.dropped &+= UInt64(items.count)
          s.untold &+= UInt64(items.count) &+ untold
        }
      }
    }
  }

  /// False when the descriptor refuses: a full disk, a reader that has gone.
  private func send(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { all in
      var offset = 0
      while offset < all.count {
        // SAFETY: offset < count, within the array lent by withUnsafeBytes.
        let n = all.baseAddress.map { Glibc.write(descriptor, $0 + offset, all.count - offset) } ?? -1
        if n > 0 {
          offset += n
        } else if n < 0, errno == EAGAIN {
          // Somebody else made the descriptor non-blocking: wait for it here, where nobody else waits.
          var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          if poll(&room, 1, 10_000) <= 0 { return false }
        } else if n < 0, errno == EINTR {
          continue
        } else {
          return false
        }
      }
      return true
    }
  }
}
