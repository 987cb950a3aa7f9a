import Bytes
import IMAPClient
import IMAPCodec
import PostroomClient
import SASL
import Sockets
import Testing

extension RealServerTests {
  @Suite(.serialized, .timeLimit(.minutes(2))) struct NotifyStoryTests {
    /// Without NOTIFY the folder would be asked a minute later; with it a poll comes after ten.
    @Test func `mail that comes into a folder that is not watched is seen at once`() async throws {
      let servers = try MailServers.current
      try await withStage { stage in
        let client = try await stage.postroomd("data", trusting: servers.caFile).client()
        let (imap, smtp) = servers.implicit
        let box = try await client.mailbox.connect(
          email: "nora@example.test", password: "secret", imap: imap, smtp: smtp)
        _ = try await eventually("the mailbox is live") {
          try await client.mailbox.get(mailboxId: box.id).state == .live ? true : nil
        }
        let other = try await Self.signedIn("nora", servers)
        let raw = "From: a@b.example\r\nSubject: elsewhere\r\nMessage-ID: <elsewhere@b.example>\r\n\r\nx\r\n"
        _ = try await other.append(
          MailboxName(decoded: "Sent"), message: Array(raw.utf8), flags: [], internalDate: nil)
        _ = try await eventually("the mail in Sent is seen", within: .seconds(20)) {
          let page = try await client.mail.list(mailboxId: box.id, loggedOnly: false)
          return page.mails.contains { $0.messageId == "elsewhere@b.example" } ? true : nil
        }
        // A folder that is made meanwhile, and mail in it.
        let made = MailboxName(decoded: "Made")
        try await other.create(made)
        _ = try await eventually("the new folder is listed", within: .seconds(20)) {
          try await client.folder.list(mailboxId: box.id).folders.contains { $0.name == "Made" } ? true : nil
        }
        await other.logout()
        await client.close()
      }
    }

    static func signedIn(_ user: String, _ servers: MailServers) async throws -> IMAPConnection {
      let deadline = Deadline.after(seconds: 20)
      let plain = try await Dialer.connect(
        .tcp(host: "127.0.0.1", port: UInt16(clamping: servers.imaps)), deadline: deadline)
      let stream = try await TLSClientContext(caFile: servers.caFile).wrap(
        plain, hostName: "127.0.0.1", deadline: deadline)
      let connection = try await IMAPConnection.open(stream, security: .implicitTLS, deadline: deadline)
      try await connection.authenticate(.password(user: user, Secret("secret")))
      return connection
    }
  }
}
