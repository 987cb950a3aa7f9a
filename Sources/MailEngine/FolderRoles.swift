internal import IMAPCodec
internal import MailStore

/// Which folder is which, and which are read (S15).
///
/// By the server's special-use attributes where it gives any (RFC 6154), else by the names that
/// mail clients and servers give such folders.
enum FolderRoles {
  /// - Parameter hasLabels: the server's folders are labels on one folder of everything (Gmail).
  /// - Returns: the selectable folders, in listing order; each role at the most once.
  static func listings(from entries: [ListEntry], hasLabels: Bool) -> [FolderListing] {
    let selectable = entries.filter(\.isSelectable)
    var roles: [Int: FolderRole] = [:]
    var virtual: Set<Int> = []
    for (i, entry) in selectable.enumerated() {
      if entry.name == .inbox, !roles.values.contains(.inbox) {
        roles[i] = .inbox
        continue
      }
      switch entry.specialUse {
      case "\\flagged", "\\important": virtual.insert(i)
      case let use?:
        if let role = specialUses[use], !roles.values.contains(role) { roles[i] = role }
      case nil: break
      }
    }
    let names = selectable.map { lastPart(of: $0) }
    for (role, known) in knownNames where !roles.values.contains(role) {
      if let i = names.indices.first(where: {
        roles[$0] == nil && !virtual.contains($0) && known.contains(names[$0])
      }) {
        roles[i] = role
      }
    }
    if !roles.values.contains(.sent), let i = sentByPart(names, taken: Set(roles.keys).union(virtual)) {
      roles[i] = .sent
    }
    let everythingInOne = hasLabels && roles.values.contains(.all)
    let closed = unreadTrees(selectable, roles)
    return selectable.enumerated().map { i, entry in
      let role = roles[i]
      let isOwnTree = closed.contains { entry.name.wire.starts(with: $0) }
      return FolderListing(
        name: entry.name.text, wireName: entry.name.wire, role: role,
        syncs: !virtual.contains(i) && !isOwnTree && syncs(role, everythingInOne: everythingInOne))
    }
  }

  private static func syncs(_ role: FolderRole?, everythingInOne: Bool) -> Bool {
    switch role {
    case .junk, .trash, .drafts: false
    case .all: everythingInOne
    case .inbox, .sent, .archive, nil: !everythingInOne
    }
  }

  /// What the folders below junk, trash and drafts begin with.
  private static func unreadTrees(_ entries: [ListEntry], _ roles: [Int: FolderRole]) -> [[UInt8]] {
    roles.compactMap { i, role in
      guard [.junk, .trash, .drafts].contains(role), entries.indices.contains(i),
        let delimiter = entries[i].delimiter
      else { return nil }
      return entries[i].name.wire + [delimiter]
    }
  }

  private static let specialUses: [String: FolderRole] = [
    "\\sent": .sent, "\\drafts": .drafts, "\\junk": .junk, "\\trash": .trash, "\\archive": .archive,
    "\\all": .all,
  ]

  /// "sent" as a word, else as a part; the first one in listing order.
  private static func sentByPart(_ names: [String], taken: Set<Int>) -> Int? {
    let free = names.indices.filter { !taken.contains($0) }
    let word = free.first { i in
      names[i].split { !$0.isLetter && !$0.isNumber }.contains { $0 == "sent" }
    }
    return word ?? free.first { names[$0].contains("sent") }
  }

  /// The name below the last level, lower-cased, without white space around it.
  private static func lastPart(of entry: ListEntry) -> String {
    var name = entry.name.text
    if let delimiter = entry.delimiter, delimiter < 0x80, delimiter > 0x20 {
      let mark = Character(Unicode.Scalar(delimiter))
      if let last = name.split(separator: mark).last { name = String(last) }
    }
    let text = name.lowercased()
    let trimmed = text.drop { $0 == " " }
    return String(trimmed.reversed().drop { $0 == " " }.reversed())
  }

  /// In the order they are looked for. Names of Outlook, Exchange, Apple Mail, Thunderbird, Courier,
  /// and of large providers, in their languages.
  private static let knownNames: [(FolderRole, Set<String>)] = [
    (.sent, SentNames.all),
    (
      .drafts,
      [
        "drafts", "draft", "entwürfe", "entwurf", "brouillons", "borradores", "bozze", "rascunhos",
        "concepten",
        "szkice", "kopie robocze", "utkast", "kladder", "luonnokset", "koncepty", "piszkozatok", "ciorne",
        "черновики", "чернетки", "taslaklar", "πρόχειρα", "下書き", "草稿", "草稿箱", "임시 보관함",
      ]
    ),
    (
      .junk,
      [
        "junk", "junk e-mail", "junk email", "junk mail", "spam", "bulk mail", "bulk", "spamverdacht",
        "unerwünscht",
        "junk-e-mail", "courrier indésirable", "indésirables", "pourriel", "correo no deseado",
        "posta indesiderata",
        "lixo eletrônico", "lixo eletrónico", "ongewenste e-mail", "wiadomości-śmieci", "niechciane",
        "skräppost",
        "søppelpost", "uønsket e-post", "uønsket mail", "roskaposti", "nevyžádaná pošta", "levélszemét",
        "спам",
        "нежелательная почта", "önemsiz", "önemsiz e-posta", "迷惑メール", "垃圾邮件", "垃圾郵件", "스팸",
      ]
    ),
    (
      .trash,
      [
        "trash", "deleted", "deleted items", "deleted messages", "bin", "papierkorb", "gelöschte elemente",
        "gelöschte objekte", "gelöscht", "corbeille", "éléments supprimés", "messages supprimés", "papelera",
        "elementos eliminados", "cestino", "posta eliminata", "lixeira", "itens excluídos",
        "itens eliminados",
        "prullenbak", "verwijderde items", "kosz", "elementy usunięte", "papperskorgen", "borttagna objekt",
        "papirkurv", "slettede elementer", "roskakori", "poistetut", "koš", "odstraněná pošta", "kuka",
        "törölt elemek",
        "корзина", "удаленные", "кошик", "çöp kutusu", "silinmiş öğeler", "ゴミ箱", "ごみ箱", "已删除邮件", "已删除", "휴지통",
      ]
    ),
    (
      .archive,
      [
        "archive", "archives", "archiv", "archivo", "archivio", "arquivo", "archief", "archiwum", "arkiv",
        "アーカイブ",
      ]
    ),
  ]
}
