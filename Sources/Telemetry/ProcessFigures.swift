internal import Dispatch
internal import Glibc
package import JSONRPC

/// What the kernel says of this process.
package struct ProcessFigures: Sendable, Equatable {
  package var residentOctets: Int64 = 0
  package var virtualOctets: Int64 = 0
  /// User and system time of all threads since the start.
  package var cpuSeconds: Double = 0
  package var descriptors: Int64 = 0
  /// As many as it may have open.
  package var descriptorsMax: Int64 = 0
  package var threads: Int64 = 0

  package init() {}

  /// Asks the kernel, on a queue of its own: counting many descriptors takes milliseconds.
  package static func read() async -> ProcessFigures {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: now()) }
    }
  }

  private static let queue = DispatchQueue(label: "postroom.process")

  private static func now() -> ProcessFigures {
    var figures = ProcessFigures()
    // proc(5), statm: size and resident, in pages.
    let pages = text("/proc/self/statm").split(separator: " ").prefix(2).map { Int64($0) ?? 0 }
    let page = Int64(sysconf(Int32(_SC_PAGESIZE)))
    if pages.count == 2 {
      figures.virtualOctets = pages[0].multipliedReportingOverflow(by: page).partialValue
      figures.residentOctets = pages[1].multipliedReportingOverflow(by: page).partialValue
    }
    for line in text("/proc/self/status").split(separator: "\n") where line.hasPrefix("Threads:") {
      figures.threads = line.split(whereSeparator: \.isWhitespace).last.flatMap { Int64($0) } ?? 0
    }
    var usage = rusage()
    if getrusage(RUSAGE_SELF.rawValue, &usage) == 0 {
      figures.cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
    var limit = rlimit()
    if getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit) == 0 {
      figures.descriptorsMax = Int64(clamping: limit.rlim_cur)
    }
    figures.descriptors = openDescriptors()
    return figures
  }

  private static func seconds(_ t: timeval) -> Double { Double(t.tv_sec) + Double(t.tv_usec) / 1_000_000 }

  /// The entries of /proc/self/fd but `.`, `..` and the one that reads it.
  private static func openDescriptors() -> Int64 {
    guard let folder = opendir("/proc/self/fd") else { return 0 }
    defer { closedir(folder) }
    var count: Int64 = 0
    while readdir(folder) != nil { count += 1 }
    return max(count - 3, 0)
  }

  /// A small file of /proc; empty when it cannot be read.
  private static func text(_ path: String) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 8192)
    let n = Glibc.read(file, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(n, 0)), as: UTF8.self)
  }

  /// Under the names that every Prometheus client library gives them.
  package func families(startedAtSeconds: Double) -> [MetricFamily] {
    [
      MetricFamily("process_cpu_seconds_total", .counter, "User and system time.", cpuSeconds),
      MetricFamily("process_resident_memory_bytes", .gauge, "Resident memory.", Double(residentOctets)),
      MetricFamily("process_virtual_memory_bytes", .gauge, "Virtual memory.", Double(virtualOctets)),
      MetricFamily("process_open_fds", .gauge, "Open file descriptors.", Double(descriptors)),
      MetricFamily("process_max_fds", .gauge, "File descriptors it may open.", Double(descriptorsMax)),
      MetricFamily("process_threads", .gauge, "Threads.", Double(threads)),
      MetricFamily(
        "process_start_time_seconds", .gauge, "When it started, in seconds since 1970.", startedAtSeconds),
    ]
  }
}
