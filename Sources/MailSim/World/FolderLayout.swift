/// The folders that a provider gives every user.
struct FolderLayout: Sendable {
  struct Folder: Sendable {
    let name: String
    let specialUse: String?
    /// What is made for it; nil: it starts empty.
    let kind: MessageMaker.Kind?
  }

  let folders: [Folder]
  /// Where the server files what was sent; nil when the client does it.
  let serverSent: String?
  /// A folder that also gets all that comes and goes.
  let allMail: String?

  init(_ profile: MailSimOptions.Profile) {
    switch profile {
    case .plain:
      folders = Self.folders(
        sent: "Sent", drafts: "Drafts", junk: "Junk", trash: "Trash", archive: "Archive", special: true)
      serverSent = nil
      allMail = nil
    case .office365:
      folders = Self.folders(
        sent: "Sent Items", drafts: "Drafts", junk: "Junk Email", trash: "Deleted Items", archive: "Archive",
        special: false)
      serverSent = "Sent Items"
      allMail = nil
    case .gmail:
      folders = [
        Folder(name: "INBOX", specialUse: nil, kind: .inbox),
        Folder(name: "[Gmail]/All Mail", specialUse: "\\All", kind: .inbox),
        Folder(name: "[Gmail]/Drafts", specialUse: "\\Drafts", kind: nil),
        Folder(name: "[Gmail]/Sent Mail", specialUse: "\\Sent", kind: .sent),
        Folder(name: "[Gmail]/Spam", specialUse: "\\Junk", kind: .junk),
        Folder(name: "[Gmail]/Trash", specialUse: "\\Trash", kind: .trash),
      ]
      serverSent = "[Gmail]/Sent Mail"
      allMail = "[Gmail]/All Mail"
    }
  }

  private static func folders(
    sent: String, drafts: String, junk: String, trash: String, archive: String, special: Bool
  ) -> [Folder] {
    [
      Folder(name: "INBOX", specialUse: nil, kind: .inbox),
      Folder(name: archive, specialUse: special ? "\\Archive" : nil, kind: .archive),
      Folder(name: drafts, specialUse: special ? "\\Drafts" : nil, kind: nil),
      Folder(name: junk, specialUse: special ? "\\Junk" : nil, kind: .junk),
      Folder(name: sent, specialUse: special ? "\\Sent" : nil, kind: .sent),
      Folder(name: trash, specialUse: special ? "\\Trash" : nil, kind: .trash),
    ]
  }
}
