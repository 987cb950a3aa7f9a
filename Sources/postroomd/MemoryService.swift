import CLinux
import Dispatch
import Foundation
import ServiceLifecycle

/// Gives memory back to the kernel that a crowd of calls has left: what they freed lies among what stays, where the
/// allocator keeps it for ever.
struct MemoryService: Service {
  private static let interval = Duration.seconds(5)
  /// Less than this is not worth the page faults of who needs it next.
  private static let octetsMin = 1 << 20
  private static let queue = DispatchQueue(label: "postroom.memory")

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var kept = 0
      while !Task.isCancelled {
        // A cancelled sleep is seen by the loop.
        try? await Task.sleep(for: Self.interval)
        kept = await withCheckedContinuation { continuation in
          // It holds the allocator's locks for milliseconds: not on a thread that others wait for.
          Self.queue.async { [kept] in continuation.resume(returning: Self.trim(kept)) }
        }
      }
    }
  }

  /// - Parameter kept: what was resident and not in use after the last time.
  /// - Returns: the same, now.
  private static func trim(_ kept: Int) -> Int {
    let spare = spareOctets
    if spare < kept { return spare }
    if spare - kept < octetsMin { return kept }
    _ = postroom_malloc_trim(0)
    return spareOctets
  }

  /// Resident memory of this process that nobody has asked the allocator for: stacks, tables, and what was freed.
  private static var spareOctets: Int {
    // proc(5), statm: resident, and of it what comes from files, in pages.
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").prefix(3).compactMap { Int($0) }
    guard pages.count == 3 else { return 0 }
    let memory = postroom_mallinfo2()
    return (pages[1] - pages[2]) * Int(sysconf(Int32(_SC_PAGESIZE)))
      - Int(clamping: memory.uordblks) - Int(clamping: memory.hblkhd)
  }
}
