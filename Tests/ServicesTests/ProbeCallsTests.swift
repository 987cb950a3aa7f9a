import JSONRPC
import MailStore
import PostroomAPI
import Services
import Testing

@Suite("Probing", .timeLimit(.minutes(1)))
struct ProbeCallsTests {
  /// Either a mailbox or an account, and not a mixture: a stored password is sent nowhere else.
  @Test func `what names no account, or two, is refused`() async throws {
    try await ServiceHouse.run { all in
      let calls = MailboxCalls(all.house)
      let box = try await all.mailbox(all.ours).id.text
      let imap = APIServerChoice(host: "imap.example.org")
      let params: [MailboxProbeParams] = [
        .init(), .init(imap: imap), .init(userName: "a", imap: imap), .init(password: "p", imap: imap),
        .init(userName: "a", password: "p"), .init(mailboxId: box, imap: imap),
        .init(mailboxId: box, password: "p"),
        .init(mailboxId: box, userName: "a"), .init(mailboxId: box, smtp: imap),
      ]
      for each in params {
        #expect(
          await reason { () throws(RPCError) in try await calls.probe(each, all.context(all.ours)) }
            == "params.invalid")
      }
    }
  }
}
