internal import Bytes
internal import MIME

/// A mail in the form in which it is logged: as it came, or without its attachments (S9).
///
/// Without attachments it is a mail of its own: all header fields but those of MIME, one field that
/// says what was left out and why, and the body's text and HTML.
package struct LoggedForm: Sendable {
  package enum Omission: Sendable, Hashable {
    /// Logging attachments is turned off for the mailbox.
    case turnedOff
    /// The mail has `octets`, more than is fetched whole; what is given is its beginning.
    case tooLarge(octets: Int64)
  }

  package static let fieldName = "X-Postroom-Attachments"

  /// nil: as it came.
  let rebuilt: [UInt8]?
  /// The mail came with attachments, whether they are in what is logged or not.
  let hasAttachment: Bool

  /// - Parameter message: the mail, or its beginning when it is too large.
  init(_ message: ParsedMessage, omitting omission: Omission?) {
    let attached = message.attachments.contains { $0.disposition == .attachment }
    switch omission {
    case nil:
      rebuilt = nil
      hasAttachment = attached
    case .turnedOff where message.attachments.isEmpty:
      rebuilt = nil
      hasAttachment = false
    case .turnedOff:
      rebuilt = Self.rebuilt(message, note: "left out, because logging them is turned off")
      hasAttachment = attached
    case .tooLarge(let octets):
      rebuilt = Self.rebuilt(message, note: "left out, because the mail has \(octets) octets")
      hasAttachment = true
    }
  }

  private static func rebuilt(_ message: ParsedMessage, note: String) -> [UInt8] {
    var out: [UInt8] = []
    for (name, value) in message.headerBlock.unfoldedFields {
      let lower = name.lowercased()
      if lower.hasPrefix("content-") || lower == "mime-version" || lower == fieldName.lowercased() {
        continue
      }
      out += Array(name.utf8) + [0x3A, ASCII.space] + value + [ASCII.cr, ASCII.lf]
    }
    out += "\(fieldName): \(note)\r\nMIME-Version: 1.0\r\n".utf8
    let body = message.body()
    guard let html = body.html else { return out + part("text/plain", body.text) }
    // The delimiter cannot stand in base64, which has no "_".
    let delimiter = "postroom_logged_form"
    out += "Content-Type: multipart/alternative; boundary=\"\(delimiter)\"\r\n\r\n".utf8
    for (type, text) in [("text/plain", body.text), ("text/html", html)] {
      out += "--\(delimiter)\r\n".utf8
      out += part(type, text)
    }
    return out + "--\(delimiter)--\r\n".utf8
  }

  /// Fields, empty line and base64 of a text part.
  private static func part(_ type: String, _ text: String) -> [UInt8] {
    var out = Array("Content-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n".utf8)
    let encoded = Base64.encode(Array(text.utf8))
    var from = 0
    while from < encoded.count {
      let to = min(from + 76, encoded.count)
      out += encoded[from..<to] + [ASCII.cr, ASCII.lf]
      from = to
    }
    return out
  }
}
