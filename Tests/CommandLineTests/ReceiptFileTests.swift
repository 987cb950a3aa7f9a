import Foundation
import Testing

/// `postroom receipt verify` with files only: the example of the protocol, and what was done to it.
@Suite(.timeLimit(.minutes(2))) struct ReceiptFileTests {
  static let statement = #"""
    {"counts":{"bodies":9,"mailboxes":0,"mails":12,"octets":482113,"submissions":4,"threads":3,"uploads":0},"finishedAt":"2025-03-05T07:12:46.200Z","id":"p1","kind":"contact","logTruncated":true,"remaining":0,"requestedBy":"crm","startedAt":"2025-03-05T07:12:45.031Z","tenantId":"tn1","type":"postroom.receipt.v1"}
    """#
  static let signature =
    "uWlM7Cn+Oh5lziC7cdV2fVUgY8Sz0+xKtybYPcC1JBfnEcG6plTS1GTZVfW+MkyLyHuGXa6BM7Xs90wVJLyPCw=="
  static let key = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEA/kqGdRdoyco2uZ5Z4A9k5dI2Sq+Qs3p7KyiTt4HUN9w=
    -----END PUBLIC KEY-----

    """
  /// Of RFC 8032, section 7.1, test 1.
  static let otherKey = key.replacing(
    "/kqGdRdoyco2uZ5Z4A9k5dI2Sq+Qs3p7KyiTt4HUN9w=", with: "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")

  static func receipt(_ statement: String = statement, kind: String = "contact", mails: Int = 12) -> String {
    let escaped = statement.replacing("\"", with: "\\\"")
    return """
      {"id":"p1","kind":"\(kind)","state":"done","counts":{"mails":\(mails),"bodies":9,"octets":482113,"threads":3,\
      "mailboxes":0,"submissions":4,"uploads":0},"remaining":0,"logTruncated":true,"requestedBy":"crm",\
      "startedAt":"2025-03-05T07:12:45.031Z","finishedAt":"2025-03-05T07:12:46.200Z","signed":{\
      "statement":"\(escaped)","keyId":"c9cd7d884cb1f426","signature":"\(signature)"}}
      """
  }

  static let cases: [(file: String, key: String, status: Int32, words: String)] = [
    (receipt(), key, 0, "p1 verified: {\"counts\""),
    (receipt() + "\n" + receipt() + "\n", key, 0, "p1 verified"),
    ("{\"receipts\": [\(receipt())]}", key, 0, "p1 verified"),
    (receipt(mails: 11), key, 1, "its counts is not what was signed"),
    (receipt(kind: "age"), key, 1, "its kind is not what was signed"),
    (receipt(statement.replacing("crm", with: "crn")), key, 1, "the signature is not that of this statement"),
    (receipt() + "\n" + receipt(mails: 11), key, 1, "1 of 2 receipts"),
    (receipt(), otherKey, 1, "it was signed by the key c9cd7d884cb1f426"),
    (
      receipt().replacing("\"keyId\":\"c9cd7d884cb1f426\",", with: ""), otherKey, 1,
      "the signature is not that"
    ),
    ("{\"id\":\"p1\",\"state\":\"running\"}", key, 1, "it is not signed"),
    ("[]", key, 64, "has no receipts"), ("", key, 64, "has no receipts"),
    (receipt(), "no key", 64, "has no Ed25519 public key"),
  ]

  @Test(arguments: cases.indices) func `a receipt is verified, or it is said why not`(index: Int) throws {
    let (file, key, status, words) = Self.cases[index]
    let folder = FileManager.default.temporaryDirectory.appending(path: "receipts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // Left over, it is only litter.
    let paths = ["receipts.json", "key.pem"].map { folder.appending(path: $0) }
    try Data(file.utf8).write(to: paths[0])
    try Data(key.utf8).write(to: paths[1])
    let run = try Run("postroom", ["receipt", "verify", paths[0].path, "--key", paths[1].path])
    #expect(run.status == status)
    #expect((run.out + run.err).contains(words), "\(run.out)\(run.err)")
  }
}
