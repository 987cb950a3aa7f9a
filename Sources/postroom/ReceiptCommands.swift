import ArgumentParser
import Foundation
import PostroomClient
import Sealing

struct ReceiptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receipt", abstract: "Verify receipts of erasures, without a server.",
    discussion: """
      A receipt is signed when its erasure is done. Keep the server's key when you begin to use it, beside the \
      receipts.

      EXAMPLES:
        postroom receipt key > postroom-receipts.pem
        postroom receipts --json > receipts.jsonl
        postroom receipt verify receipts.jsonl --key postroom-receipts.pem
      """,
    subcommands: [Verify.self, Key.self])

  struct Key: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the server's public key for receipts, PEM.",
      discussion: "EXAMPLE: postroom receipt key > postroom-receipts.pem")
    @OptionGroup var options: ServerOptions

    func run() async throws {
      try await options.run { client in
        let key = try await client.purge.publicKey()
        Terminal.line(options.json ? key.json : key.publicKey.trimmingCharacters(in: .newlines))
      }
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Verify the signatures under receipts; asks no server.",
      discussion: """
        Takes receipts as purge.status and purge.receipts answer them, one or a page of them or one a line. Verified \
        means: the key signed this statement, and the receipt says the same as it. Ends with status 1 when one of them \
        is not.

        EXAMPLE: postroom receipt verify receipts.jsonl --key postroom-receipts.pem
        """)
    @Argument(help: "The file with the receipts; - for standard input.") var file: String
    @Option(help: ArgumentHelp("The server's public key, as 'receipt key' prints it.", valueName: "file"))
    var key: String

    func run() throws {
      guard let pem = FileManager.default.contents(atPath: key), let key = VerifyingKey(pem: Array(pem))
      else {
        throw Failure.from(Failure(.usage, "\(key) has no Ed25519 public key in PEM."), url: "")
      }
      let content =
        file == "-"
        ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
      guard let content, let receipts = SignedFile.receipts(in: content), !receipts.isEmpty else {
        throw Failure.from(Failure(.usage, "\(file) has no receipts in JSON."), url: "")
      }
      var bad = 0
      for receipt in receipts {
        let name = receipt["id"] as? String ?? "?"
        switch SignedFile.verify(receipt, key) {
        case .success(let statement): Terminal.line("\(name) verified: \(statement)")
        case .failure(let doubt):
          bad += 1
          Terminal.line("\(name) NOT VERIFIED: \(doubt.words)")
        }
      }
      if bad > 0 {
        throw Failure.from(
          Failure(.refused, "\(bad) of \(receipts.count) receipts are not verified."), url: "")
      }
    }
  }
}

/// Receipts out of a file, and what is wrong with them.
enum SignedFile {
  struct Doubt: Error, Equatable { let words: String }

  /// One receipt, a page of `purge.receipts`, or one of either a line; nil when it is none of them.
  static func receipts(in content: Data) -> [[String: Any]]? {
    if let one = object(content) { return page(one) }
    var all: [[String: Any]] = []
    for line in content.split(separator: UInt8(ascii: "\n")) {
      guard let one = object(Data(line)) else { return nil }
      all += page(one)
    }
    return all
  }

  /// What is no JSON object is told as such, not why.
  private static func object(_ data: Data) -> [String: Any]? {
    (try? JSONSerialization.jsonObject(with: data)) as? [String: Any]
  }

  private static func page(_ one: [String: Any]) -> [[String: Any]] {
    one["receipts"] as? [[String: Any]] ?? [one]
  }

  /// - Returns: the statement that was signed.
  static func verify(_ receipt: [String: Any], _ key: VerifyingKey) -> Result<String, Doubt> {
    guard let signed = receipt["signed"] as? [String: Any], let statement = signed["statement"] as? String,
      let signature = (signed["signature"] as? String).flatMap({ Data(base64Encoded: $0) })
    else { return .failure(Doubt(words: "it is not signed")) }
    // The key's name tells which key to look for; only the key itself proves anything.
    if let name = signed["keyId"] as? String, name != key.id {
      return .failure(Doubt(words: "it was signed by the key \(name), this is \(key.id)"))
    }
    guard key.verify(Array(signature), of: Array(statement.utf8)) else {
      return .failure(Doubt(words: "the signature is not that of this statement"))
    }
    guard let stated = object(Data(statement.utf8)), stated["type"] as? String == "postroom.receipt.v1" else {
      return .failure(Doubt(words: "the statement is no receipt of a form that is known here"))
    }
    for (name, value) in stated.sorted(by: { $0.key < $1.key }) where name != "type" && name != "tenantId" {
      guard let shown = receipt[name] as? NSObject, let value = value as? NSObject, shown.isEqual(value)
      else {
        return .failure(Doubt(words: "its \(name) is not what was signed"))
      }
    }
    return .success(statement)
  }
}
