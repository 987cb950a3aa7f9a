import IMAPCodec
import MailStore
import Testing

@testable import MailEngine

@Suite("Which folder is which")
struct FolderRolesTests {
  static func entry(_ name: String, _ attributes: [String] = [], delimiter: UInt8? = 0x2F) -> ListEntry {
    ListEntry(name: MailboxName(decoded: name), delimiter: delimiter, attributes: attributes)
  }

  static func roles(_ entries: [ListEntry], labels: Bool = false) -> [String: FolderRole] {
    var found: [String: FolderRole] = [:]
    for listing in FolderRoles.listings(from: entries, hasLabels: labels) {
      found[listing.name] = listing.role
    }
    return found
  }

  @Test(arguments: [
    "Sent", "Sent Items", "Sent Messages", "Gesendet", "Gesendete Elemente", "Gesendete Objekte", "Wysłane",
    "Elementy wysłane", "Éléments envoyés", "Messages envoyés", "Enviados", "Elementos enviados",
    "Posta inviata",
    "Inviata", "Itens enviados", "Verzonden items", "Skickat", "Skickade objekt", "Sendte elementer",
    "Sendt post",
    "Lähetetyt", "Odeslaná pošta", "Elküldött elemek", "Отправленные", "Надіслані", "Gönderilmiş Öğeler",
    "送信済みアイテム",
    "已发送邮件", "보낸 편지함", "INBOX/Sent", "SENT", " sent ",
  ])
  func `A folder of sent mail is known by its name`(name: String) {
    let found = Self.roles([Self.entry("INBOX"), Self.entry("Resent"), Self.entry(name), Self.entry("Work")])
    #expect(found[MailboxName(decoded: name).text] == .sent)
    #expect(found["Resent"] == nil)
  }

  @Test func `The server's attribute goes before any name`() {
    let found = Self.roles([Self.entry("INBOX"), Self.entry("Sent"), Self.entry("Postausgang", ["\\sent"])])
    #expect(found == ["INBOX": .inbox, "Postausgang": .sent])
  }

  @Test func `Sent as a word goes before sent as a part, in listing order`() {
    #expect(
      Self.roles([
        Self.entry("INBOX"), Self.entry("Presents"), Self.entry("My sent things"), Self.entry("Sent-old"),
      ])["My sent things"] == .sent)
    #expect(
      Self.roles([Self.entry("INBOX"), Self.entry("Presents"), Self.entry("Absentees")])["Presents"] == .sent)
    #expect(Self.roles([Self.entry("INBOX"), Self.entry("Work")]).values.contains(.sent) == false)
  }

  @Test func `Junk, trash and drafts are not read, nor what is below them`() {
    let listings = FolderRoles.listings(
      from: [
        Self.entry("INBOX"), Self.entry("Trash", ["\\trash"]), Self.entry("Trash/2023"), Self.entry("Spam"),
        Self.entry("Entwürfe"), Self.entry("Trashy"), Self.entry("Archive", ["\\archive"]),
        Self.entry("Projects"),
        Self.entry("Starred", ["\\flagged"]), Self.entry("Level", ["\\noselect"]),
      ], hasLabels: false)
    #expect(listings.filter(\.syncs).map(\.name) == ["INBOX", "Trashy", "Archive", "Projects"])
    #expect(listings.count == 9)
  }

  @Test func `Where folders are labels only the folder of everything is read`() {
    let entries = [
      Self.entry("INBOX"), Self.entry("[Gmail]", ["\\noselect"]), Self.entry("[Gmail]/All Mail", ["\\all"]),
      Self.entry("[Gmail]/Sent Mail", ["\\sent"]), Self.entry("[Gmail]/Spam", ["\\junk"]),
      Self.entry("[Gmail]/Starred", ["\\flagged"]), Self.entry("Label"),
    ]
    let listings = FolderRoles.listings(from: entries, hasLabels: true)
    #expect(listings.filter(\.syncs).map(\.name) == ["[Gmail]/All Mail"])
    #expect(listings.first { $0.role == .sent }?.name == "[Gmail]/Sent Mail")
    // Hidden from IMAP by its owner: the labels are read after all.
    let hidden = FolderRoles.listings(from: entries.filter { $0.specialUse != "\\all" }, hasLabels: true)
    #expect(hidden.filter(\.syncs).map(\.name) == ["INBOX", "[Gmail]/Sent Mail", "Label"])
    // Elsewhere a virtual folder of everything is a second view of what is read already.
    let plain = FolderRoles.listings(from: entries, hasLabels: false)
    #expect(plain.filter(\.syncs).map(\.name) == ["INBOX", "[Gmail]/Sent Mail", "Label"])
  }

  @Test func `A role is given once`() {
    let found = Self.roles([Self.entry("INBOX"), Self.entry("A", ["\\sent"]), Self.entry("B", ["\\sent"])])
    #expect(found == ["INBOX": .inbox, "A": .sent])
  }

  @Test func `Names that are no UTF-7 keep their octets`() {
    let wire: [UInt8] = Array("Caf".utf8) + [0xE9]
    let listings = FolderRoles.listings(
      from: [Self.entry("INBOX"), ListEntry(name: MailboxName(wire: wire), delimiter: nil, attributes: [])],
      hasLabels: false)
    #expect(listings.last?.wireName == wire)
  }
}
