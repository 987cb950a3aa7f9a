import IMAPClient
import IMAPCodec
import Testing

@Suite struct ProfileTests {
  /// Lists of real servers, as they were recorded (see also `ResponseParserTests`).
  static let gmail = """
    IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS COMPRESS=DEFLATE ENABLE MOVE CONDSTORE \
    ESEARCH UTF8=ACCEPT LIST-EXTENDED LIST-STATUS LITERAL- APPENDLIMIT=35651584
    """
  static let office365 = """
    IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CLIENTACCESSRULES \
    CLIENTNETWORKPRESENCELOCATION BACKENDAUTHENTICATE CHILDREN IDLE NAMESPACE LITERAL+
    """
  static let yahoo =
    "IMAP4rev1 ID MOVE NAMESPACE XYMHIGHESTMODSEQ UIDPLUS LITERAL+ CHILDREN X-MSG-EXT UNSELECT OBJECTID"
  static let iCloud = """
    XAPPLEPUSHSERVICE IMAP4 IMAP4rev1 CONDSTORE ENABLE QRESYNC QUOTA XAPPLELITERAL NAMESPACE UIDPLUS CHILDREN BINARY \
    UNSELECT SORT CATENATE URLAUTH LANGUAGE ESEARCH ESORT WITHIN SASL-IR SEARCHRES METADATA ID IDLE LIST-STATUS
    """
  static let dovecot = """
    IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT MULTIAPPEND UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED \
    CONDSTORE QRESYNC ESEARCH SEARCHRES LIST-STATUS BINARY MOVE PREVIEW STATUS=SIZE SAVEDATE LITERAL+ NOTIFY \
    SPECIAL-USE COMPRESS=DEFLATE
    """

  static func profile(
    _ capabilities: String, host: String = "mail.example.org", greeting: String = "",
    id: [String: String] = [:]
  ) -> ServerProfile {
    var evidence = ServerEvidence()
    evidence.capabilities = Set(capabilities.uppercased().split(separator: " ").map(String.init))
    (evidence.host, evidence.greeting, evidence.id) = (host, greeting, id)
    return ServerProfile(evidence)
  }

  static func decision(_ profile: ServerProfile, _ feature: String) -> ServerProfile.Finding.Decision? {
    profile.findings.first { $0.feature == feature }?.decision
  }

  @Test(
    arguments: [
      (
        gmail,
        [
          "IDLE", "CONDSTORE", "ESEARCH", "X-GM-EXT-1", "COMPRESS=DEFLATE", "LITERAL-", "APPENDLIMIT",
          "UTF8=ACCEPT",
        ],
        [], ["QRESYNC", "SPECIAL-USE", "NOTIFY", "LITERAL+", "OBJECTID"], []
      ),
      (
        office365, ["IDLE", "UIDPLUS", "MOVE", "SASL-IR", "ID", "LITERAL+"], [],
        ["CONDSTORE", "QRESYNC", "ESEARCH", "COMPRESS=DEFLATE", "LIST-STATUS"], []
      ),
      (yahoo, ["OBJECTID", "MOVE", "UIDPLUS"], [], ["IDLE", "CONDSTORE", "ESEARCH"], []),
      (iCloud, ["CONDSTORE", "ESEARCH", "SEARCHRES", "IDLE"], ["QRESYNC"], ["MOVE", "NOTIFY"], []),
      (
        dovecot, ["QRESYNC", "NOTIFY", "SPECIAL-USE", "SEARCHRES", "PREVIEW", "SAVEDATE"], [], ["OBJECTID"],
        ["CONDSTORE"]
      ),
    ] as [(String, [String], [String], [String], [String])])
  func `says of each extension what became of it`(
    capabilities: String, used: [String], distrusted: [String], absent: [String], passedOver: [String]
  ) {
    let profile = Self.profile(capabilities)
    for (names, decision) in [
      (used, ServerProfile.Finding.Decision.used), (distrusted, .distrusted), (absent, .absent),
      (passedOver, .passedOver),
    ] {
      for name in names {
        #expect(Self.decision(profile, name) == decision, "\(name)")
        #expect(
          profile.uses(name) == (decision == .used || decision == .passedOver) || name == "APPENDLIMIT",
          "\(name)")
      }
    }
    for finding in profile.findings {
      #expect(finding.reason.hasSuffix("."), "\(finding.reason)")
      #expect((finding.source != nil) == (finding.decision == .distrusted))
    }
  }

  @Test(
    arguments: [
      (profile(gmail), ["gmail-labels", "gmail-special-use", "gmail-connections"]),
      (profile(office365), ["exchange-online-changes", "exchange-online-syntax"]),
      (profile(iCloud), ["icloud-qresync", "icloud-enabled"]),
      (profile(yahoo), ["yahoo-gaps", "yahoo-sequence", "yahoo-limit"]),
      (profile(dovecot), []),
      (profile(dovecot, id: ["name": "Dovecot (Debian)"]), ["dovecot-modseq", "dovecot-line"]),
      (profile("IMAP4rev1", host: "imap.163.com"), ["netease-id"]),
      (profile("IMAP4rev1", host: "IMAP.163.COM."), ["netease-id"]),
      (profile("IMAP4rev1", host: "imap.not163.com"), []),
      (profile("IMAP4rev1", host: "163.com.evil.example"), []),
      (profile("IMAP4rev1", host: "p01-imap.mail.me.com"), ["icloud-qresync", "icloud-enabled"]),
      (profile("IMAP4rev1 X", greeting: "Courier-IMAP ready. Copyright 1998"), ["courier-uidnext"]),
      (profile("IMAP4rev1 ID", id: ["name": "cyrus imapd"]), ["cyrus-mailboxid"]),
      (profile("IMAP4rev1 ID", id: ["name": "no Cyrus IMAPD"]), []), (profile(""), []),
    ] as [(ServerProfile, [String])])
  func `recognises servers by what they show`(profile: ServerProfile, ids: [String]) {
    #expect(profile.quirks.map(\.id) == ids)
  }

  @Test func `every row of the table has its place and its source`() {
    #expect(Set(ServerQuirk.all.map(\.id)).count == ServerQuirk.all.count)
    for quirk in ServerQuirk.all {
      #expect(!quirk.signs.isEmpty && !quirk.source.isEmpty && quirk.fact.hasSuffix("."), "\(quirk.id)")
      #expect(
        quirk.id.utf8.allSatisfy { ($0 >= 0x61 && $0 <= 0x7A) || $0 == 0x2D || ($0 >= 0x30 && $0 <= 0x39) })
      for sign in quirk.signs {
        switch sign {
        case .capability(let name): #expect(name == name.uppercased())
        case .host(let name): #expect(name == name.lowercased())
        case .greeting, .idName: break
        }
      }
    }
  }

  @Test func `IMAP4rev2 alone brings what it took in`() {
    let profile = Self.profile("IMAP4rev2 AUTH=PLAIN")
    #expect(
      profile.speaksRev2Only && profile.uses("MOVE") && profile.uses("IDLE") && !profile.uses("CONDSTORE"))
    #expect(!Self.profile("IMAP4rev1 IMAP4rev2").uses("MOVE"))
  }
}
