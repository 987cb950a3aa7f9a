import Foundation
import Testing

@testable import MIME

/// A mail of `Tests/Fixtures/eml`, and what is to be read of it: `NAME.txt` beside `NAME.eml`, written by hand.
///
/// A line is `key: value`; `\n`, `\r` and `\uXXXX` stand for characters. `#` begins the line that says what is odd.
///
///     subject, id, reply, date        the field, decoded; ids without brackets; the date as RFC 5322 writes it
///     from, to, cc, bcc, references   lists: `Name <a@b>, c@d`; ids with spaces between
///     part                            one for each part, in order: place (`-` for none) and type
///     text N, octets N, replaced N    of the part with index N: text, octets, places that could not be decoded
///     body                            what people read
///     attachment                      one for each: place | name | type | octets | disposition
///     container N                     what the part is sealed with
///     inner N                         subject of the encoded mail in a part
///     defects                         in order; none when missing
struct EMLFixture: Sendable, CustomTestStringConvertible {
  let name: String
  let mail: [UInt8]
  let wanted: [(key: String, value: String)]
  var testDescription: String { name }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures/eml").standardizedFileURL

  static let all: [EMLFixture] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".eml") }.sorted().compactMap { file in
      let name = String(file.dropLast(4))
      guard let mail = FileManager.default.contents(atPath: folder.appendingPathComponent(file).path),
        let text = FileManager.default.contents(atPath: folder.appendingPathComponent(name + ".txt").path)
      else { return nil }
      let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
      let wanted = lines.map { line in
        let colon = line.firstIndex(of: ":") ?? line.endIndex
        let value = line[colon...].dropFirst()
        return (String(line[..<colon]), unescaped(value.hasPrefix(" ") ? value.dropFirst() : value))
      }
      return EMLFixture(name: name, mail: [UInt8](mail), wanted: wanted)
    }
  }()

  private static func unescaped(_ text: Substring) -> String {
    var out = ""
    var rest = text
    while let c = rest.popFirst() {
      guard c == "\\", let kind = rest.popFirst() else {
        out.append(c)
        continue
      }
      switch kind {
      case "n": out += "\n"
      case "r": out += "\r"
      case "u":
        out.unicodeScalars.append(UInt32(rest.prefix(4), radix: 16).flatMap(Unicode.Scalar.init) ?? "?")
        rest = rest.dropFirst(4)
      default: out.append(kind)
      }
    }
    return out
  }

  /// What `message` has to say for a key of the expectations; nil for a key that there is not.
  static func found(_ key: String, in message: ParsedMessage) -> String? {
    let words = key.split(separator: " ")
    if words.count == 2, let index = Int(words[1]) { return found(words[0], of: index, in: message) }
    let headers = message.headers
    switch key {
    case "subject": return headers.subject
    case "from": return list(headers.from)
    case "to": return list(headers.to)
    case "cc": return list(headers.cc)
    case "bcc": return list(headers.bcc)
    case "id": return headers.messageID?.text
    case "reply": return headers.inReplyTo.map(\.text).joined(separator: " ")
    case "references": return headers.references.map(\.text).joined(separator: " ")
    case "date": return headers.date?.rfc5322
    case "body": return message.body().text
    default: return nil
    }
  }

  private static func found(_ key: Substring, of index: Int, in message: ParsedMessage) -> String? {
    switch key {
    case "text": message.text(index).text
    case "octets": String(decoding: message.decoded(index), as: UTF8.self)
    case "replaced": String(message.text(index).replaced)
    case "container": message.containers.first { $0.part == index }?.kind.rawValue
    case "inner": message.innerMail(index)?.headers.subject
    default: nil
    }
  }

  /// What every fixture says in full.
  static func lists(of message: ParsedMessage) -> [String: [String]] {
    [
      "part": message.parts.map {
        let path = message.path(of: $0.index)
        return (path.isEmpty ? "-" : path) + " " + $0.contentType.mediaType
      },
      "attachment": message.attachments.map {
        "\($0.partPath) | \($0.name) | \($0.type) | \($0.size) | \($0.disposition.rawValue)"
      },
      "defects": message.defects.isEmpty
        ? [] : [message.defects.map(\.kind.rawValue).joined(separator: " ")],
    ]
  }

  private static func list(_ addresses: [MailAddress]) -> String {
    addresses.map { a in a.name.map { "\($0) <\(a.email)>" } ?? a.email }.joined(separator: ", ")
  }
}
