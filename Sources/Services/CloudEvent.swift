internal import Bytes
internal import JSON
internal import MailStore
internal import PostroomAPI
internal import Sealing

/// An event as CloudEvents 1.0 has it (JSON format, structured mode), and its signature (Standard Webhooks 1.0).
struct CloudEvent {
  /// The same for each attempt, and unique also where numbers come again after a restore.
  let id: String
  let body: [UInt8]

  static let contentType = "application/cloudevents+json"

  init(_ event: APIEvent, tenant: TenantID) {
    // A database that was put back by copying files gives numbers again; the time tells those events apart.
    let time = APITime.milliseconds(event.at) ?? 0
    self.init(
      id: "\(event.seq)-\(time)", type: "postroom.\(event.type.rawValue)", tenant: tenant,
      subject: event.mailId ?? event.threadId ?? event.submissionId ?? event.mailboxId ?? event.purgeId,
      time: event.at, sequence: event.seq
    ) { event.write(to: &$0) }
  }

  /// What `webhook.test` sends: no event, so it has no number.
  init(testOf webhook: WebhookID, tenant: TenantID, at: Timestamp) {
    self.init(
      id: "test-\(at.milliseconds)", type: "postroom.webhook.test", tenant: tenant, subject: webhook.text,
      time: wireTime(at), sequence: nil
    ) { writer in
      writer.beginObject()
      writer.endObject()
    }
  }

  private init(
    id: String, type: String, tenant: TenantID, subject: String?, time: String, sequence: String?,
    data: (inout JSONWriter) -> Void
  ) {
    var writer = JSONWriter()
    func member(_ name: StaticString, _ value: String) {
      writer.key(name)
      writer.string(value)
    }
    writer.beginObject()
    member("specversion", "1.0")
    member("id", id)
    member("source", "/postroom/tenants/\(tenant)")
    member("type", type)
    if let subject { member("subject", subject) }
    member("time", time)
    if let sequence {
      // Compared as text by the extension's rules, so of one length.
      member("sequence", String(repeating: "0", count: max(0, 19 - sequence.count)) + sequence)
    }
    member("datacontenttype", "application/json")
    writer.key("data")
    data(&writer)
    writer.endObject()
    self.id = id
    body = writer.take()
  }

  /// The three header fields of Standard Webhooks.
  /// - Parameter secrets: those that count now; each makes a signature.
  func fields(secrets: [String], at: Timestamp) -> [(name: String, value: String)] {
    let seconds = String(at.milliseconds / 1000)
    let signed = Array("\(id).\(seconds).".utf8) + body
    let signatures = secrets.map { secret in
      "v1,"
        + Base64.encodeString(
          Digest.hmacSHA256(key: WebhookSecret.key(secret), signed))
    }
    return [
      ("webhook-id", id), ("webhook-timestamp", seconds),
      ("webhook-signature", signatures.joined(separator: " ")),
    ]
  }
}

/// `whsec_` and base64 of 32 octets.
enum WebhookSecret {
  private static let prefix = "whsec_"

  static func make() -> String { prefix + Base64.encodeString(Digest.randomBytes(32)) }

  static func key(_ secret: String) -> [UInt8] { Base64.decode(secret.dropFirst(prefix.count).utf8) ?? [] }
}
