internal import Bytes

/// A part whose content is signed, encrypted or packed in a way that is not undone here. It is left as it came.
package struct MailContainer: Hashable, Sendable {
  package enum Kind: String, Sendable {
    /// `multipart/signed` with a CMS signature (RFC 8551 §3.5.3): the first part is what was signed.
    case smimeSigned = "smime-signed"
    /// Content and signature in one CMS object (RFC 8551 §3.5.2).
    case smimeOpaque = "smime-opaque"
    case smimeEncrypted = "smime-encrypted"
    case smimeCompressed = "smime-compressed"
    case smimeCertificates = "smime-certificates"
    /// `multipart/signed` and `multipart/encrypted` with OpenPGP (RFC 3156).
    case pgpSigned = "pgp-signed"
    case pgpEncrypted = "pgp-encrypted"
    case pgpKeys = "pgp-keys"
    /// OpenPGP's armor within a text (RFC 9580 §6.2, §7).
    case pgpInlineSigned = "pgp-inline-signed"
    case pgpInlineEncrypted = "pgp-inline-encrypted"
    /// Outlook's rich text with its attachments in it (MS-OXTNEF): `winmail.dat`.
    case tnef
  }

  /// Index in ``ParsedMessage/parts``.
  package let part: Int
  package let kind: Kind

  package init(part: Int, kind: Kind) {
    self.part = part
    self.kind = kind
  }
}

extension ParsedMessage {
  /// The parts that are signed, encrypted or packed, in order.
  /// - Complexity: O(octets of the text parts)
  package var containers: [MailContainer] {
    parts.compactMap { part in kind(part).map { MailContainer(part: part.index, kind: $0) } }
  }

  private func kind(_ part: Part) -> MailContainer.Kind? {
    let type = part.contentType
    switch (type.type, type.subtype) {
    case ("multipart", "signed"):
      switch protocolName(type) {
      case "application/pgp-signature": return .pgpSigned
      case "application/pkcs7-signature", "application/x-pkcs7-signature": return .smimeSigned
      default: return nil
      }
    case ("multipart", "encrypted"):
      return protocolName(type) == "application/pgp-encrypted" ? .pgpEncrypted : nil
    case ("application", "pkcs7-mime"), ("application", "x-pkcs7-mime"): return cms(part)
    case ("application", "pgp-keys"): return .pgpKeys
    case ("application", "ms-tnef"), ("application", "vnd.ms-tnef"): return .tnef
    case ("application", "octet-stream") where isTNEF(part): return .tnef
    case ("text", "plain") where part.isLeaf: return armor(part)
    default: return nil
    }
  }

  private func protocolName(_ type: ContentType) -> String {
    type.parameters.text("protocol")?.lowercased() ?? ""
  }

  /// By the `smime-type` parameter (RFC 8551 §3.2.2); where it is missing, by the object's own type (RFC 5652 §3).
  private func cms(_ part: Part) -> MailContainer.Kind? {
    switch part.contentType.parameters.text("smime-type")?.lowercased() {
    case "signed-data": return .smimeOpaque
    case "enveloped-data", "authenveloped-data": return .smimeEncrypted
    case "compressed-data": return .smimeCompressed
    case "certs-only": return .smimeCertificates
    default: break
    }
    // id-signedData is 1.2.840.113549.1.7.2, id-envelopedData ….3.
    let head = beginning(part)
    let stem: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07]
    for i in 0..<max(0, head.count - stem.count) where head[i..<i + stem.count].elementsEqual(stem) {
      return head[i + stem.count] == 2 ? .smimeOpaque : .smimeEncrypted
    }
    return .smimeEncrypted
  }

  /// The first octets of a part's content.
  private func beginning(_ part: Part) -> [UInt8] {
    let range = part.bodyRange.lowerBound..<min(part.bodyRange.upperBound, part.bodyRange.lowerBound + 128)
    return part.encoding.decode(raw, range)
  }

  /// Named as Outlook names it, or beginning with TNEF's signature (MS-OXTNEF §2.1.3.1: 0x223E9F78).
  private func isTNEF(_ part: Part) -> Bool {
    givenName(part).map { ASCII.equalsIgnoringCase($0.utf8, "winmail.dat") } ?? false
      || beginning(part).starts(with: [0x78, 0x9F, 0x3E, 0x22])
  }

  private func armor(_ part: Part) -> MailContainer.Kind? {
    guard part.encoding != .base64 else { return nil }
    let mark: StaticString = "-----BEGIN PGP "
    return raw.withUnsafeBufferPointer { p in
      var at = part.bodyRange.lowerBound
      while let hit = OctetRun.findLine(mark, p, at, part.bodyRange.upperBound) {
        let rest = p[(hit + mark.utf8CodeUnitCount)..<part.bodyRange.upperBound]
        if rest.starts(with: "MESSAGE-----".utf8) { return .pgpInlineEncrypted }
        if rest.starts(with: "SIGNED MESSAGE-----".utf8) { return .pgpInlineSigned }
        guard let end = OctetRun.find(ASCII.lf, p, hit, part.bodyRange.upperBound) else { return nil }
        at = end + 1
      }
      return nil
    }
  }

  /// The mail in a part that is a mail and encoded (RFC 2046 §5.2.1 forbids that; Exchange and others do it), its
  /// depth counted on.
  ///
  /// - Returns: nil for other parts: inner mails that are not encoded are in ``parts``; and at the limit of depth.
  /// - Complexity: O(octets of the part)
  package func innerMail(_ partIndex: Int) -> ParsedMessage? {
    guard parts.indices.contains(partIndex) else { return nil }
    let part = parts[partIndex]
    guard part.isLeaf, part.contentType.isMessage, part.encoding != .identity, limits.depthMax > part.depth
    else {
      return nil
    }
    var inner = limits
    inner.depthMax -= part.depth + 1
    return ParsedMessage(decoded(partIndex), limits: inner)
  }
}
