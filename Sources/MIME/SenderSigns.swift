internal import Bytes

/// What about a mail's sender may deceive a reader. None of it is proof; all of it is worth showing.
package struct SenderSigns: Sendable, Hashable {
  /// More than one From field (RFC 5322 §3.6 has one): programs differ in which they show.
  package var hasSeveralFromFields = false
  /// More than one author in From, and no Sender.
  package var hasSeveralAuthors = false
  /// A display name holds an address, and another one than the mail comes from.
  package var nameIsOtherAddress = false
  /// Letters of several scripts in one word of a name or a label of a domain: `pаypal` with a Cyrillic `а`.
  package var mixesScripts = false
  /// A name or address holds marks that turn the direction of text.
  package var turnsDirection = false
  /// The domain as DNS has it, where it is written in other letters than ASCII, or the other way round: `xn--…`.
  package var domainInASCII: String?

  package var isSuspicious: Bool {
    hasSeveralFromFields || nameIsOtherAddress || mixesScripts || turnsDirection
  }
}

extension ParsedMessage {
  package var senderSigns: SenderSigns {
    var signs = SenderSigns()
    signs.hasSeveralFromFields = headerBlock.all("From").count > 1
    signs.hasSeveralAuthors = headers.from.count > 1 && headers.sender.isEmpty
    for address in headers.from.prefix(10) + headers.sender.prefix(10) {
      let name = address.name ?? ""
      if let inner = Self.addressIn(name), inner.lowercased() != address.email.lowercased() {
        signs.nameIsOtherAddress = true
      }
      let text = name + " " + address.email
      if Scripts.areMixed(text) { signs.mixesScripts = true }
      if text.unicodeScalars.contains(where: Scripts.turns) { signs.turnsDirection = true }
      let domain = address.domain
      if !domain.utf8.allSatisfy({ $0 < 0x80 }) {
        signs.domainInASCII = DomainName.ascii(domain)
      } else if domain.split(separator: ".").contains(where: { $0.hasPrefix("xn--") }) {
        signs.domainInASCII = domain
      }
    }
    return signs
  }

  private static func addressIn(_ name: String) -> String? {
    for word in name.split(whereSeparator: { " <>()\"',;:[]".contains($0) }) where word.utf8.contains(0x40) {
      let address = MailAddress(email: String(word))
      if address.isValid, address.domain.contains(".") { return address.email }
    }
    return nil
  }
}

/// Telling scripts apart, as far as letters of one can pass for those of another.
enum Scripts {
  private enum Script: UInt8 { case latin = 1, greek = 2, cyrillic = 4, armenian = 8, cherokee = 16 }

  static func areMixed(_ text: String) -> Bool {
    var seen: UInt8 = 0
    for c in text.unicodeScalars {
      if let script = script(c) {
        seen |= script.rawValue
        if seen & (seen - 1) != 0 { return true }
      } else if !c.properties.isAlphabetic {
        // A word ends. Digits and hyphens are parts of a label, but belong to no script.
        if c == " " || c == "." || c == "@" || c == "," || c == "(" || c == "/" { seen = 0 }
      }
    }
    return false
  }

  private static func script(_ c: Unicode.Scalar) -> Script? {
    switch c.value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF, 0xFF21...0xFF3A, 0xFF41...0xFF5A: .latin
    case 0x370...0x3FF, 0x1F00...0x1FFF: .greek
    case 0x400...0x52F: .cyrillic
    case 0x531...0x58F: .armenian
    case 0x13A0...0x13FF, 0xAB70...0xABBF: .cherokee
    default: nil
    }
  }

  /// Marks, embeddings, overrides and isolates (UAX #9).
  static func turns(_ c: Unicode.Scalar) -> Bool {
    0x202A...0x202E ~= c.value || 0x2066...0x2069 ~= c.value
  }
}
