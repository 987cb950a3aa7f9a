internal import IMAPClient
internal import IMAPCodec
internal import Logging
internal import MailStore

/// Looks for proofs that a server took a mail whose fate is unknown (S14).
///
/// Proofs are: a copy in the mailbox's Sent folder, inbox or folder of everything; the same
/// Message-ID in another mailbox of the tenant; a mail that answers it or reports that it bounced.
struct SubmissionSearch: Sendable {
  private let context: EngineContext

  init(_ context: EngineContext) { self.context = context }

  /// Those of `submissions`, all of one mailbox, that are proven to have been taken. A look that fails
  /// proves nothing; nor does any for a mail that some of its recipients got before.
  nonisolated(nonsending) func found(_ submissions: [Submission], _ mailbox: Mailbox) async -> Set<
    SubmissionID
  > {
    // Some recipients got it by an earlier attempt: their copies, answers and bounces, and the copy that
    // the provider filed then, say nothing of the attempt that is in doubt.
    let submissions = submissions.filter { !$0.recipients.contains { $0.accepted == true } }
    var found: Set<SubmissionID> = []
    do {
      for submission in submissions where try await isKnownHere(submission) { found.insert(submission.id) }
      let rest = submissions.filter { !found.contains($0.id) }
      if !rest.isEmpty { found.formUnion(try await foundOnServer(rest, mailbox)) }
    } catch {
      context.logger(for: mailbox.id).info(
        "look for a sent mail failed", metadata: ["error": "\(type(of: error))"])
    }
    return found
  }

  private nonisolated(nonsending) func isKnownHere(_ submission: Submission) async throws(MailStoreError)
    -> Bool
  {
    var query = MailQuery()
    query.messageID = submission.messageID
    query.loggedOnly = false
    let same = try await context.store.mails(query, tenant: submission.tenantID)
    if same.contains(where: { $0.id != submission.mailID }) { return true }
    guard let thread = same.first(where: { $0.id == submission.mailID })?.threadID else { return false }
    return try await context.store.threadMails(thread, tenant: submission.tenantID).contains { mail in
      mail.id != submission.mailID
        && (mail.envelope.inReplyTo.contains(submission.messageID)
          || mail.envelope.references.contains(submission.messageID))
    }
  }

  private nonisolated(nonsending) func foundOnServer(
    _ submissions: [Submission], _ mailbox: Mailbox
  ) async throws -> Set<SubmissionID> {
    let connection = try await context.imap(of: mailbox)
    defer { connection.close() }
    var found: Set<SubmissionID> = []
    for folder in try await context.store.folders(mailbox.id) {
      guard folder.role == .sent || folder.role == .inbox || folder.role == .all else { continue }
      let open = submissions.filter { !found.contains($0.id) }
      if open.isEmpty { break }
      do {
        _ = try await connection.select(MailboxName(wire: folder.wireName), readOnly: true)
      } catch {
        guard error.isNo else { throw error }
        continue
      }
      for submission in open {
        let uids = try await connection.search(
          .header(name: "Message-ID", Array(submission.messageID.utf8)))
        if !uids.isEmpty { found.insert(submission.id) }
      }
    }
    await connection.logout()
    return found
  }
}
