internal import MailEngine
internal import MailStore
internal import PostroomAPI

extension APIMailboxAudit {
  init(_ a: MailboxAudit) {
    self.init(
      mailboxId: a.mailboxID.text, at: wireTime(a.at), onServer: a.onServer, logged: a.logged,
      unexplained: a.unexplained, folders: a.folders.map { APIFolderAudit($0) })
  }
}

extension APIFolderAudit {
  init(_ f: MailboxAudit.FolderAudit) {
    self.init(
      name: f.name, role: f.role.flatMap { APIFolderRole(rawValue: $0.rawValue) }, syncs: f.syncs,
      onServer: f.onServer, logged: f.logged, onlyHere: f.onlyHere,
      absent: MailboxAudit.Reason.allCases.compactMap { reason in
        f.absent[reason].map {
          APIAbsentMails(reason: APIAbsenceReason(rawValue: reason.rawValue) ?? .unexplained, mails: $0)
        }
      }, doubtfulUids: f.doubtfulUIDs.isEmpty ? nil : f.doubtfulUIDs)
  }
}
