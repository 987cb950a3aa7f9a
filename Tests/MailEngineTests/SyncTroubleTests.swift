import Bytes
import IMAPClient
import IMAPCodec
import Testing

@testable import MailEngine
@testable import MailStore

@Suite("Poisonous messages")
struct SyncTroubleTests {
  let folder = FolderID(1)
  let window = UIDSet(10...13)

  @Test func `A window that a parser choked on is read one by one`() {
    let trouble = SyncTrouble()
    trouble.noteDeath(folder, window, .limit(what: "octets of a literal", max: 1))
    let windows = SyncPlanner.descending(UIDSet(1...20), in: 1...20, size: 4)
    let divided = trouble.divided(windows, in: folder, isAscending: false)
    #expect(
      divided.map(\.covers) == [
        17...20, 16...16, 15...15, 14...14, 13...13, 12...12, 11...11, 10...10, 9...9, 5...8, 1...4,
      ])
    let up = SyncPlanner.ascending(UIDSet(10...14), in: 10...20, isOpen: false, size: 4)
    #expect(
      trouble.divided(up, in: folder, isAscending: true).map(\.covers) == [
        10...10, 11...11, 12...12, 13...13, 14...20,
      ])
    #expect(trouble.divided(windows, in: FolderID(2), isAscending: false).count == windows.count)
  }

  @Test func `The message left alone is passed`() {
    let trouble = SyncTrouble()
    trouble.noteDeath(folder, UIDSet(UID(12)), .protocolViolation("x"))
    #expect(trouble.readable(window, in: folder) == UIDSet([10, 11, 13] as [UInt32]))
    #expect(trouble.readable(window, in: FolderID(2)) == window)
  }

  @Test func `Connections that break are the network's fault twice, not three times`() {
    let trouble = SyncTrouble()
    let error = IMAPClientError.stream(.truncated)
    trouble.noteDeath(folder, window, error)
    trouble.noteDeath(folder, UIDSet(1...3), error)
    trouble.noteDeath(folder, window, error)
    trouble.noteDeath(folder, window, error)
    let windows = SyncPlanner.descending(window, in: 10...13, size: 4)
    #expect(trouble.divided(windows, in: folder, isAscending: false).count == 1)
    trouble.noteDeath(folder, window, error)
    #expect(trouble.divided(windows, in: folder, isAscending: false).count == 4)
  }

  @Test func `A body that cannot be had is left alone after a while`() {
    let trouble = SyncTrouble()
    for _ in 0..<4 {
      #expect(trouble.mayTry(MailID(1)))
      trouble.noteFailure(of: MailID(1))
    }
    #expect(!trouble.mayTry(MailID(1)))
    #expect(trouble.mayTry(MailID(2)))
    trouble.noteSuccess(of: MailID(1))
    #expect(trouble.mayTry(MailID(1)))
  }

  @Test func `An unreadable message has an envelope of its own`() {
    let folder = Folder(
      id: FolderID(1), mailboxID: MailboxID(1), name: "INBOX", wireName: Array("INBOX".utf8), role: .inbox,
      syncs: true,
      cursor: nil, serverTotal: 0, stored: 0)
    let a = EnvelopeReader.unreadable(folder: folder, uidValidity: 1, uid: 5)
    #expect(a.envelope == EnvelopeReader.unreadable(folder: folder, uidValidity: 1, uid: 5).envelope)
    #expect(
      a.envelope.identity
        != EnvelopeReader.unreadable(folder: folder, uidValidity: 1, uid: 6).envelope.identity)
    #expect(
      a.envelope.identity
        != EnvelopeReader.unreadable(folder: folder, uidValidity: 2, uid: 5).envelope.identity)
  }

  @Test func `Answers in pieces are put together`() {
    var collector = WindowCollector()
    var a = FetchedMessage(uid: UID(5))
    a.flags = ["\\Seen"]
    var b = FetchedMessage(uid: UID(5))
    b.headerFields = [1]
    b.size = 7
    collector.add(a)
    collector.add(FetchedMessage(uid: UID(9)))
    collector.add(b)
    let taken = collector.take(UIDSet(1...8))
    #expect(taken.count == 1)
    #expect(taken.first?.flags == ["\\Seen"])
    #expect(taken.first?.headerFields == [1])
    #expect(collector.take(UIDSet(1...8)).isEmpty)
    #expect(collector.take(UIDSet.all).map(\.uid.value) == [9])
  }
}
