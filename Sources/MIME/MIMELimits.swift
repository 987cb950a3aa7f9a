/// How much structure of one mail is looked into. What lies beyond stays raw in the part it is in.
package struct MIMELimits: Sendable {
  /// Multiparts and mails within each other. (Deepest seen in 16,581 list and spam mails: 9.)
  package var depthMax = 100
  package var partsMax = 10_000
  /// Octets of text that one body is made from; what goes beyond is cut off.
  package var bodyTextOctetsMax = 8 * 1024 * 1024
  /// Octets of all headers together; those of one part end there, and its body begins. (A part's header may have
  /// ``headerOctetsMin``, even then.)
  package var headerOctetsMax = 16 * 1024 * 1024
  static let headerOctetsMin = 4096
  /// Longer lines delimit no parts: so much has to be held until it is known whether one does.
  static let delimiterOctetsMax = 16 * 1024
  /// How far into a mail the octet that ends its lines is looked for.
  static let lineEndWithin = 64 * 1024

  package init() {}
}

/// What is wrong with a mail, for those who want to know; none of it stops the parser.
package struct MIMEDefect: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case noHeader, headerTooLong, headerEndedByJunk, junkInHeader, missingBoundary, boundaryNeverSeen,
      noClosingBoundary
    case depthLimit, partsLimit, parametersLimit, ambiguousName, encodedMultipart, falseEncoding
  }

  package let kind: Kind
  /// Index of the part that has it.
  package let part: Int
}
