internal import MIME
internal import MailStore
internal import Sealing

extension SendRequest {
  /// A digest of everything that makes this mail this mail: equal for equal parameters, whatever
  /// process computes it. The idempotency key is not part of it.
  var fingerprint: [UInt8] {
    var canon = Canon()
    canon.add("send.1")
    canon.add(mailboxID.text)
    canon.add(fromName)
    for list in [to, cc, bcc, replyTo] {
      canon.add(list.count)
      for address in list {
        canon.add(address.name)
        canon.add(address.email)
      }
    }
    canon.add(subject)
    canon.add(text)
    canon.add(html)
    canon.add(attachments.count)
    for attachment in attachments { canon.add(attachment) }
    canon.add(inReplyTo?.text)
    canon.add(track ? "tracked" : "untracked")
    canon.add(origin.rawValue)
    // Keys from before there were records still stand for the same mail.
    if !records.isEmpty {
      canon.add(records.count)
      for record in records {
        canon.add(record.type)
        canon.add(record.key)
      }
    }
    // The same for what came later.
    if let from {
      canon.add("from")
      canon.add(from.name)
      canon.add(from.email)
    }
    if wantsReports { canon.add("reports") }
    canon.add(sendAt.map { String($0.milliseconds) })
    return Digest.sha256(canon.bytes)
  }

  /// Values with their lengths, so that no two lists of values spell the same octets.
  private struct Canon {
    var bytes: [UInt8] = []

    mutating func add(_ n: Int) {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: UInt64(bitPattern: Int64(n)) >> UInt64(shift)))
      }
    }

    /// An upload counts by its id: it is never another content, and may be gone when the key comes again.
    mutating func add(_ attachment: SendAttachment) {
      let isInline: Bool?
      switch attachment {
      case .inline(let file):
        add(file.name)
        add(file.type)
        add(file.cid)
        add(bytes: Digest.sha256(file.content))
        isInline = file.isInline
      case .upload(let id, let name, let type, let cid, let inline):
        add(name)
        add(type)
        add(cid)
        add(bytes: Array(id.text.utf8))
        isInline = inline
      // Nor does a stored mail change.
      case .stored(let mail, let part, let name, let type, let cid, let inline):
        add(name)
        add(type)
        add(cid)
        add(bytes: Array("\(mail.text)-\(part)".utf8))
        isInline = inline
      }
      if let isInline { add(isInline ? "inline" : "attachment") }
    }

    mutating func add(bytes value: [UInt8]) {
      add(value.count)
      bytes += value
    }

    mutating func add(_ text: String?) {
      bytes.append(text == nil ? 0 : 1)
      if let text { add(bytes: Array(text.utf8)) }
    }
  }
}
