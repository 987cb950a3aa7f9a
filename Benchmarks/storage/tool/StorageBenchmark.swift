import Glibc
import MailStore
import Sealing

/// Stores the mails of a folder, one a file, as bodies of tracked mails of one mailbox, each in a
/// transaction of its own, and reads them again.
///
/// usage: storagebench DATA < names of files, one a line
///
/// Prints seconds for each; what lies in the database is left in the folder DATA.
@main struct StorageBenchmark {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 1 else { return print("usage: storagebench DATA < names of files") }
    let store = try SQLiteMailStore.open(directory: arguments[1], masterKey: .generate())
    var mails: [[UInt8]] = []
    while let name = readLine() { mails.append(try read(name)) }
    let server = ServerSettings(host: "mail.example.test", port: 993, security: .tls)
    let at = Timestamp(milliseconds: 0)
    let tenant = try await store.createTenant(name: "bench", at: at)
    let mailbox = try await store.createMailbox(
      NewMailbox(
        tenantID: tenant.id, email: "a@example.test", displayName: nil, userName: "a", password: [],
        imap: server, smtp: server, providerFilesSentMail: false), at: at)
    let clock = ContinuousClock()
    var ids: [MailID] = []
    let writing = try await clock.measure {
      for (number, mail) in mails.enumerated() {
        let envelope = MailEnvelope(
          identity: Digest.sha256(Array("\(number)".utf8)), messageID: nil, inReplyTo: [], references: [],
          subject: "", baseSubject: "", addresses: [], sentAt: nil, size: Int64(mail.count),
          isAutoReply: false, isBounce: false)
        let made = try await store.createSubmission(
          NewSubmission(
            mailboxID: mailbox.id, tenantID: tenant.id, envelope: envelope, envelopeFrom: "", recipients: [],
            raw: mail, tracked: true, origin: .inbox, hasAttachment: false, sendAt: nil, idempotencyKey: nil,
            fingerprint: []), at: at)
        ids.append(made.mail.id)
      }
    }
    let reading = try await clock.measure {
      for (id, mail) in zip(ids, mails) where try await store.raw(id, tenant: nil) != mail {
        fatalError("mail \(id) did not come back as it was")
      }
    }
    await store.close()
    print("written \(writing.inSeconds) read \(reading.inSeconds)")
  }

  private static func read(_ name: String) throws -> [UInt8] {
    guard let file = fopen(name, "rb") else { throw MailStoreError.notFound(name) }
    defer { fclose(file) }
    var out: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&room, 1, room.count, file), count > 0 { out += room[..<count] }
    return out
  }
}

extension Duration {
  fileprivate var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
