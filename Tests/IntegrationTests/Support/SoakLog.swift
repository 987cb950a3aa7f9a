import PostroomClient

/// What is written down while it runs.
actor SoakLog {
  private var times: [String: [Double]] = [:]
  private var order: [String] = []
  private var counts: [String: Int] = [:]
  private var sendTimes: [String: ContinuousClock.Instant] = [:]
  private var taken: [(part: Double, resident: Int64, files: Int64)] = []
  private var list: [String] = []
  /// Odd while there is no server.
  private(set) var generation = 0
  /// Message-IDs by mail.
  private(set) var mails: [String: String] = [:]
  private(set) var untracked: [String] = []
  private(set) var seqs: [String] = []

  func add(_ name: String, _ time: Duration) {
    if times[name] == nil { order.append(name) }
    times[name, default: []].append(time / .milliseconds(1))
  }

  func count(_ state: String) { counts[state, default: 0] += 1 }
  func serverEnds() { generation += 1 }
  func serverIsBack() { generation += 1 }
  func arrived(_ id: String) { untracked.append(id) }
  func sample(_ part: Double, _ resident: Int64, _ files: Int64) { taken.append((part, resident, files)) }

  func sent(_ mail: String, _ messageID: String, at: ContinuousClock.Instant) {
    mails[mail] = messageID
    sendTimes[messageID] = at
    list.append(mail)
  }

  func someMail(_ number: Int) -> String? { list.isEmpty ? nil : list[number % list.count] }

  var lastSeq: String? { seqs.last }

  func heard(_ event: Event) {
    seqs.append(event.seq)
    guard event.type == .mailLogged, let mail = event.mail, mail.direction == .incoming else { return }
    for id in mail.inReplyTo {
      if let at = sendTimes[id] { add("send to answer logged", ContinuousClock.now - at) }
    }
  }

  /// A line for each kind of time.
  var lines: [String] {
    var lines = order.map { name in
      let all = (times[name] ?? []).sorted()
      func at(_ part: Double) -> String { Self.text(all[min(Int(Double(all.count) * part), all.count - 1)]) }
      return "\(name): \(all.count), ms p50 \(at(0.5)) p95 \(at(0.95)) p99 \(at(0.99)) max \(at(1))"
    }
    lines.append(
      "sent: " + counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    lines.append("untracked: \(untracked.count); events: \(seqs.count)")
    return lines
  }

  private static func text(_ milliseconds: Double) -> String {
    milliseconds < 10 ? "\((milliseconds * 10).rounded() / 10)" : "\(Int(milliseconds))"
  }

  /// Medians of the first and of the last third of the second half, in which nobody kills the server.
  var growth: (memory: (Int64, Int64), files: (Int64, Int64)) {
    func median(_ from: Double, _ to: Double, _ value: (Int64, Int64) -> Int64) -> Int64 {
      let all = taken.filter { from..<to ~= $0.part }.map { value($0.resident, $0.files) }.sorted()
      return all.isEmpty ? 0 : all[all.count / 2]
    }
    return (
      (median(0.5, 0.67, { m, _ in m }), median(0.83, 1.1, { m, _ in m })),
      (median(0.5, 0.67, { _, f in f }), median(0.83, 1.1, { _, f in f }))
    )
  }
}
