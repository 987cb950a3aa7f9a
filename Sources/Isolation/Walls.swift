/// What keeps a process that reads mail from reaching anything. Each is a wall of its own: without one the others stand.
package struct Walls: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// seccomp: no system call but those that read, write, wait and take memory.
  package static let systemCalls = Walls(rawValue: 1)
  /// Landlock: no file, no TCP port, no signal; what is left where system calls cannot be filtered.
  package static let landlock = Walls(rawValue: 2)
  /// Core dumps, files, memory.
  package static let limits = Walls(rawValue: 4)
  /// No program it might start has more rights than it.
  package static let privileges = Walls(rawValue: 8)
  /// No other process of the same user looks into it.
  package static let memoryUnreadable = Walls(rawValue: 16)

  private static let names: [(Walls, String)] = [
    (.systemCalls, "system call filter (seccomp)"), (.landlock, "Landlock"), (.limits, "resource limits"),
    (.privileges, "no_new_privs"), (.memoryUnreadable, "not dumpable"),
  ]

  /// For the log.
  var words: String { Self.names.filter { contains($0.0) }.map(\.1).joined(separator: ", ") }
}
