internal import Bytes

/// `format=flowed` (RFC 3676): lines that end in a space go on in the next.
enum FlowedText {
  /// Columns that lines are wrapped at (RFC 3676 §4.2: 78 at most, 72 or less is better).
  private static let columnsMax = 72

  /// Wraps what is long at its spaces, which stay at the lines' ends, and stuffs what could be taken for something else
  /// (RFC 3676 §4.2, §4.4). White space at lines' ends goes, save in `-- `.
  /// - Parameter text: line ends of any kind.
  static func flow(_ text: String) -> String {
    var out = ""
    let lines = LineEnds.normalized(text).split(separator: "\n", omittingEmptySubsequences: false)
    for (n, line) in lines.enumerated() {
      if n > 0 { out += "\n" }
      let marks = line.prefix { $0 == ">" }.count
      var rest = line.dropFirst(marks)
      if marks > 0, rest.first == " " { rest = rest.dropFirst() }
      let isSignature = rest == "-- "
      if !isSignature { while rest.last == " " || rest.last == "\t" { rest = rest.dropLast() } }
      let prefix = String(repeating: ">", count: marks) + (marks > 0 ? " " : "")
      for (k, piece) in wrapped(rest, columns: columnsMax - prefix.count).enumerated() {
        if k > 0 { out += "\n" }
        out += prefix
        if marks == 0, piece.first == " " || piece.first == ">" || piece.hasPrefix("From ") { out += " " }
        out += piece
      }
    }
    return out
  }

  /// The pieces of a line, each but the last with its spaces at the end. Without spaces (in Chinese, say) a line
  /// stays as long as it is.
  private static func wrapped(_ line: Substring, columns: Int) -> [Substring] {
    var pieces = [Substring]()
    var start = line.startIndex
    var width = 0
    // Behind the last run of spaces that fits.
    var breakAt: Substring.Index?
    var i = line.startIndex
    while i < line.endIndex {
      let next = line.index(after: i)
      width += 1
      if width > columns, let at = breakAt {
        pieces.append(line[start..<at])
        start = at
        width = line.distance(from: at, to: next)
        breakAt = nil
      }
      if line[i] == " ", next < line.endIndex, line[next] != " ", line[start..<next] != "-- " {
        breakAt = next
      }
      i = next
    }
    pieces.append(line[start...])
    return pieces
  }

  /// - Parameters:
  ///   - text: line ends are LF.
  ///   - delSp: whether the space at the end goes (languages without spaces).
  static func unflow(_ text: String, delSp: Bool) -> String {
    var out = ""
    out.reserveCapacity(text.utf8.count)
    /// Quote depth of the paragraph that goes on in this line.
    var openDepth: Int?
    var isFirst = true
    for line in text.utf8.split(separator: ASCII.lf, omittingEmptySubsequences: false) {
      let marks = line.prefix { $0 == 0x3E }.count
      var rest = line.dropFirst(marks)
      // Space-stuffing, RFC 3676 §4.4.
      if rest.first == ASCII.space { rest = rest.dropFirst() }
      let isSignature = rest.elementsEqual("-- ".utf8)
      if openDepth != marks || isSignature {
        if !isFirst { out += "\n" }
        if marks > 0 { out += String(repeating: ">", count: marks) + " " }
      }
      isFirst = false
      let flows = rest.last == ASCII.space && !isSignature
      if flows, delSp { rest = rest.dropLast() }
      out += String(Substring(rest))
      openDepth = flows ? marks : nil
    }
    return out
  }
}
