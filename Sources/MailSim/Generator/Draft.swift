/// A mail about to be written by ``MailWriter``.
struct Draft: Sendable {
  struct Quote: Sendable {
    let attribution: String
    let text: String
  }

  var from: (name: String, address: String)
  var to: [(name: String, address: String)]
  var cc: [(name: String, address: String)] = []
  var subject: String
  var seconds: Int64
  var zoneMinutes: Int
  /// With "<>", as all ids here.
  var messageID: String
  /// Oldest first; the last one is In-Reply-To.
  var references: [String]
  /// LF line ends.
  var text: String
  var quote: Quote?
  var signature: String?
  var quoteStyle = Correspondent.Style.gmail
  var isHTML = false
  var charset = Charset.utf8
  var encoding = MailWriter.Encoding.quotedPrintable
  var attachment: Correspondent.Attachment?
  var extraFields: [(String, String)] = []

  init(
    from: (name: String, address: String), to: [(name: String, address: String)], subject: String,
    seconds: Int64,
    zoneMinutes: Int, messageID: String, references: [String], text: String, quote: Quote?
  ) {
    self.from = from
    self.to = to
    self.subject = subject
    self.seconds = seconds
    self.zoneMinutes = zoneMinutes
    self.messageID = messageID
    self.references = references
    self.text = text
    self.quote = quote
  }

  func write(boundaryKey: UInt64) -> [UInt8] {
    var w = MailWriter()
    w.field("Date", CivilTime(seconds: seconds, zoneMinutes: zoneMinutes).mail)
    w.addresses("From", [from], charset: charset)
    w.addresses("To", to, charset: charset)
    if !cc.isEmpty { w.addresses("Cc", cc, charset: charset) }
    w.text("Subject", subject, charset: charset)
    w.field("Message-ID", messageID)
    if let parent = references.last {
      w.field("In-Reply-To", parent)
      w.field("References", references.joined(separator: " "))
    }
    for (name, value) in extraFields { w.text(name, value, charset: .utf8) }
    w.line("MIME-Version: 1.0")
    let outer = "=_outer_\(String(boundaryKey, radix: 36))"
    if let attachment {
      w.line("Content-Type: multipart/mixed; boundary=\"\(outer)\"")
      w.line()
      w.line("--\(outer)")
      body(&w, boundaryKey)
      w.line("--\(outer)")
      w.attachment(name: attachment.name, type: attachment.type, content: attachment.content)
      w.line("--\(outer)--")
    } else {
      body(&w, boundaryKey)
    }
    return w.bytes
  }

  private func body(_ w: inout MailWriter, _ boundaryKey: UInt64) {
    guard isHTML else {
      w.textPart("text/plain", plain, charset: charset, encoding: encoding)
      return
    }
    let inner = "=_inner_\(String(boundaryKey, radix: 36))"
    w.line("Content-Type: multipart/alternative; boundary=\"\(inner)\"")
    w.line()
    w.line("--\(inner)")
    w.textPart("text/plain", plain, charset: charset, encoding: encoding)
    w.line("--\(inner)")
    w.textPart("text/html", html, charset: charset, encoding: encoding)
    w.line("--\(inner)--")
  }

  private var plain: String {
    var out = text
    if let signature { out += "\n-- \n\(signature)\n" }
    guard let quote else { return out }
    out += "\n\(quote.attribution)\n"
    if quoteStyle == .outlook { return out + "\n\(quote.text)" }
    return out + Self.quoted(quote.text)
  }

  /// Each line behind "> ", or ">" when it is empty or quoted itself.
  private static func quoted(_ text: String) -> String {
    var out: [UInt8] = []
    for line in text.utf8.split(separator: 10, omittingEmptySubsequences: false) {
      if !out.isEmpty { out.append(10) }
      out.append(0x3E)
      if let first = line.first, first != 0x3E { out.append(0x20) }
      out += line
    }
    return String(decoding: out, as: UTF8.self)
  }

  private var html: String {
    var out = "<html><body><div dir=\"ltr\"><p>\(MailWriter.html(text))</p></div>"
    if let signature { out += "<div class=\"gmail_signature\">-- <br>\(MailWriter.html(signature))</div>" }
    if let quote {
      let attribution = MailWriter.html(quote.attribution)
      let text = MailWriter.html(quote.text)
      switch quoteStyle {
      case .outlook:
        out +=
          "<div id=\"divRplyFwdMsg\" style=\"border-top:solid #E1E1E1 1.0pt\">\(attribution)</div><div>\(text)</div>"
      default:
        out += "<div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">\(attribution)<br></div>"
        out +=
          "<blockquote class=\"gmail_quote\" style=\"border-left:1px solid #ccc;padding-left:1ex\">\(text)"
        out += "</blockquote></div>"
      }
    }
    return out + "</body></html>"
  }
}
