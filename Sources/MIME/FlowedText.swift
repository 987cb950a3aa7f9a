internal import Bytes

/// `format=flowed` (RFC 3676): lines that end in a space go on in the next.
enum FlowedText {
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
