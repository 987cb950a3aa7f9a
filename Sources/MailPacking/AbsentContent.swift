/// A content that a mail has, in base64, without being in memory: it lies elsewhere, in pieces.
///
/// Its lines are those that our own mails have: 76 letters and CR LF. The line end behind the last line is
/// the mail's.
package struct AbsentContent: Sendable, Hashable {
  /// Before which octet of the mail it stands.
  package let place: Int
  /// Without base64; 1 and up.
  package let octets: Int
  let isBinary: Bool

  static let lines = Base64Lines(length: 76, isCRLF: true)

  /// - Parameter beginning: at least the first 3 KiB of it, or all.
  package init(place: Int, octets: Int, beginning: [UInt8]) {
    self.place = place
    self.octets = max(octets, 1)
    isBinary = PackedMail.looksBinary(beginning)
  }

  /// Octets that it adds to the mail.
  package var encodedOctets: Int { Self.lines.encodedOctets(octets) }
}

extension PackedMail.Stretch {
  /// `absent` put between `all` by their places; a stretch that one of them falls into becomes two of text.
  static func adding(_ absent: [AbsentContent], to all: [Self]) -> [Self] {
    if absent.isEmpty { return all }
    var rest = absent.enumerated().sorted { $0.element.place < $1.element.place }[...]
    var out: [Self] = []
    func add(_ next: (offset: Int, element: AbsentContent), at place: Int) {
      out.append(Self(range: place..<place, kind: .absent(next.offset, next.element)))
    }
    for var stretch in all {
      while let next = rest.first, next.element.place < stretch.range.upperBound {
        let place = max(next.element.place, stretch.range.lowerBound)
        if place > stretch.range.lowerBound {
          out.append(Self(range: stretch.range.lowerBound..<place, kind: .text))
          stretch = Self(range: place..<stretch.range.upperBound, kind: .text)
        }
        add(next, at: place)
        rest.removeFirst()
      }
      out.append(stretch)
    }
    let end = all.last?.range.upperBound ?? 0
    for next in rest { add(next, at: end) }
    return out
  }
}
