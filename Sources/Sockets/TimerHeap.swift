/// Something that a reactor wakes at a moment. It is in the heap at most once.
///
/// `@unchecked Sendable`: `time` and `place` belong to the heap and are touched under the lock that
/// guards it, ``Reactor``'s `timers`.
class TimerNode: @unchecked Sendable {
  fileprivate(set) var time: UInt64 = .max
  fileprivate var place = -1

  /// Called on the reactor's thread, without its lock, when the moment has come; the node is out of
  /// the heap then and may be put in again.
  func fire(now: UInt64) { preconditionFailure("every timer says what it does") }
}

/// The nodes that wait, the earliest first: a binary heap whose nodes know their place, so that one
/// can be moved or taken out in O(log n).
struct TimerHeap {
  private var nodes: [TimerNode] = []

  /// `UInt64.max` when nothing waits.
  var earliest: UInt64 { nodes.first?.time ?? .max }
  var count: Int { nodes.count }

  /// Puts `node` in, or moves it forward; a node that already fires earlier stays as it is.
  /// - Returns: whether the earliest moment changed.
  mutating func schedule(_ node: TimerNode, at time: UInt64) -> Bool {
    if node.place >= 0 {
      if node.time <= time { return false }
      node.time = time
    } else {
      node.time = time
      node.place = nodes.count
      nodes.append(node)
    }
    moveUp(from: node.place)
    return node.place == 0
  }

  mutating func remove(_ node: TimerNode) {
    let hole = node.place
    guard hole >= 0 else { return }
    node.place = -1
    let last = nodes.removeLast()
    if last === node { return }
    nodes[hole] = last
    last.place = hole
    moveUp(from: hole)
    moveDown(from: last.place)
  }

  /// Takes the earliest node out if its moment is not behind `now`.
  mutating func popExpired(now: UInt64) -> TimerNode? {
    guard let first = nodes.first, first.time <= now else { return nil }
    remove(first)
    return first
  }

  private mutating func moveUp(from start: Int) {
    let node = nodes[start]
    var hole = start
    while hole > 0 {
      let above = (hole - 1) / 2
      if nodes[above].time <= node.time { break }
      put(nodes[above], at: hole)
      hole = above
    }
    put(node, at: hole)
  }

  private mutating func moveDown(from start: Int) {
    let node = nodes[start]
    var hole = start
    while true {
      var below = hole * 2 + 1
      if below >= nodes.count { break }
      if below + 1 < nodes.count, nodes[below + 1].time < nodes[below].time { below += 1 }
      if node.time <= nodes[below].time { break }
      put(nodes[below], at: hole)
      hole = below
    }
    put(node, at: hole)
  }

  private mutating func put(_ node: TimerNode, at place: Int) {
    nodes[place] = node
    node.place = place
  }
}
