import Sockets
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("Waiting for each other", .timeLimit(.minutes(1)))
struct WatchedTests {
  @Test func `A waiter is woken when its condition holds, not before`() async {
    let watched = Watched(0)
    await withTaskGroup(of: Int.self) { group in
      for n in 1...3 {
        group.addTask {
          await watched.wait { $0 >= n }
          return watched.value
        }
      }
      for n in 1...3 {
        watched.update { $0 = n }
        let seen = await group.next() ?? 0
        #expect(seen >= n)
      }
    }
  }

  @Test func `What holds already is not waited for`() async {
    let watched = Watched(5)
    #expect(await watched.wait { $0 == 5 })
  }

  @Test func `Cancelling ends a wait`() async {
    let watched = Watched(false)
    let task = Task { await watched.wait { $0 } }
    task.cancel()
    #expect(await task.value == false)
  }

  @Test func `Time ends a wait`() async {
    let watched = Watched(false)
    let came = await watched.wait(until: { $0 }, atMost: 5, clock: SystemClock())
    #expect(!came)
  }

  @Test func `A thousand waiters and changes lose nobody`() async {
    let watched = Watched(0)
    await withTaskGroup(of: Void.self) { group in
      for n in 1...1000 { group.addTask { await watched.wait { $0 >= n } } }
      for _ in 1...1000 { group.addTask { watched.update { $0 += 1 } } }
    }
    #expect(watched.value == 1000)
  }

  @Test func `A body that waits for ever ends when the gate opens`() async {
    let gate = Watched(false)
    let ended = Watched(false)
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await running(until: gate) {
          await Watched(false).wait()
          ended.open()
        }
      }
      gate.open()
    }
    #expect(ended.value)
  }

  @Test func `Kicks wait until they are taken, each kind by itself`() async {
    let control = MailboxControl(id: MailboxID(1), reactor: ReactorGroup.shared.next())
    control.kick(.wanted)
    #expect(control.isKicked([.sync, .wanted]))
    #expect(!control.isKicked(.outbox))
    await control.wait(for: .wanted, atMost: nil, clock: SystemClock())
    #expect(control.take([.sync, .wanted]) == .wanted)
    #expect(control.take([.sync, .wanted]) == [])
  }
}

@Suite("Progress")
struct SyncProgressTests {
  @Test func `Watchers see the latest and never block`() async {
    let board = ProgressBoard()
    let id = MailboxID(3)
    board.setPhase(id, .connecting)
    let stream = board.watch(id)
    for phase in [SyncProgress.Phase.reading, .live, .waiting] { board.setPhase(id, phase) }
    var iterator = stream.makeAsyncIterator()
    #expect(await iterator.next()?.phase == .waiting)
    board.setPhase(id, .live)
    #expect(await iterator.next()?.phase == .live)
    board.remove(id)
    #expect(await iterator.next() == nil)
    #expect(board.progress(of: id) == nil)
  }

  @Test func `Throughput is that of the last seconds`() {
    var throughput = Throughput()
    #expect(throughput.perSecond == 0)
    for second in 0..<60 { throughput.add(second < 50 ? 10 : 1000, at: Int64(second) * 1000) }
    #expect(throughput.perSecond > 900)
    #expect(throughput.perSecond <= 1100)
    throughput.reset()
    #expect(throughput.perSecond == 0)
  }

  @Test func `A folder is complete when its cursor reached the bottom`() {
    var folder = Folder(
      id: FolderID(1), mailboxID: MailboxID(1), name: "INBOX", wireName: [], role: .inbox, syncs: true,
      cursor: nil,
      serverTotal: 9, stored: 4)
    #expect(!SyncProgress.FolderProgress(folder).complete)
    folder.cursor = FolderCursor(uidValidity: 1, low: 2, high: 9, modSeq: nil)
    #expect(!SyncProgress.FolderProgress(folder).complete)
    folder.cursor?.low = 1
    #expect(SyncProgress.FolderProgress(folder).complete)
  }
}
