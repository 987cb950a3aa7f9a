internal import CLinux
internal import Glibc
internal import Synchronization

/// Some reactors that share the work.
package final class ReactorGroup: Sendable {
  /// One reactor for each processor, started on first use.
  package static let shared = ReactorGroup()

  private let reactors: [Reactor]
  private let turn = Atomic<Int>(0)

  /// - Parameter threads: how many reactors, each a thread that never ends; at least 1.
  package init(threads: Int = ReactorGroup.processors) {
    reactors = (0..<max(threads, 1)).map { Reactor(name: "reactor-\($0)") }
  }

  /// Every reactor of the group.
  var all: [Reactor] { reactors }

  /// The reactors in turn.
  package func next() -> Reactor {
    let (n, _) = turn.wrappingAdd(1, ordering: .relaxed)
    return reactors[Int(UInt(bitPattern: n) % UInt(reactors.count))]
  }

  /// Of each reactor, see ``Reactor/jobsWaiting``.
  package var jobsWaiting: [Int] { reactors.map(\.jobsWaiting) }

  /// How many processors this process may run on: those of its affinity (taskset, cpusets), at least 1.
  package static var processors: Int {
    // Room for 8192 processors; the kernel refuses less than it has.
    var bits = [UInt64](repeating: 0, count: 128)
    let found = bits.withUnsafeMutableBytes { postroom_get_affinity(0, UInt($0.count), $0.baseAddress) } == 0
    let count = found ? bits.reduce(0) { $0 + $1.nonzeroBitCount } : Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    return max(count, 1)
  }
}
