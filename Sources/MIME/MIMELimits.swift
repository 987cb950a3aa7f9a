/// How much structure of one mail is looked into. What lies beyond stays raw in the part it is in.
package struct MIMELimits: Sendable {
  /// Multiparts and mails within each other. (Deepest seen in 16,581 list and spam mails: 9.)
  package var depthMax = 100
  package var partsMax = 10_000
  /// Octets of text that one body is made from; what goes beyond is cut off.
  package var bodyTextOctetsMax = 8 * 1024 * 1024

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
