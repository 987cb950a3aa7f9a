import Foundation
import Glibc

/// What is on the other side of standard output, and how to write to it.
enum Terminal {
  static let isOutput = isatty(STDOUT_FILENO) == 1
  static let isError = isatty(STDERR_FILENO) == 1
  static let hasColor = isOutput && ProcessInfo.processInfo.environment["NO_COLOR"] == nil

  static var width: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  static var height: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return 24 }
    return Int(size.ws_row)
  }

  static func error(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  static func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

  /// Shows a text in the place of the one before, on standard error; empty: nothing is left there.
  static func status(_ text: String) {
    FileHandle.standardError.write(Data("\r\u{1B}[K\(cut(text, max(width - 1, 1)))".utf8))
  }

  static func line(_ text: String = "") { write(text + "\n") }

  /// A line for the person, on standard error: results alone go to standard output.
  static func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  static func bold(_ text: String) -> String { hasColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  static func dim(_ text: String) -> String { hasColor ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
  static func green(_ text: String) -> String { hasColor ? "\u{1B}[32m\(text)\u{1B}[0m" : text }

  /// Text of a mail or a server, made safe to print: no control characters but LF and tab, nothing that
  /// turns the direction of writing.
  static func safe(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for c in text.unicodeScalars {
      switch c.value {
      case 0x0A, 0x09: out.append(c)
      case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: out.append("\u{FFFD}")
      default: out.append(c)
      }
    }
    return String(out)
  }

  static func safeLine(_ text: String) -> String {
    safe(text).replacingOccurrences(of: "\n", with: " ").replacingOccurrences(of: "\t", with: " ")
  }

  static func cut(_ text: String, _ width: Int) -> String {
    text.count <= width ? text : String(text.prefix(max(width - 1, 0))) + "…"
  }

  /// Rows in columns as wide as they need; the last column takes what is left of a terminal's line.
  static func table(_ head: [String], _ rows: [[String]]) {
    let rows = rows.map { $0.map(safeLine) }
    var widths = head.map(\.count)
    for row in rows { for (i, cell) in row.enumerated() { widths[i] = max(widths[i], cell.count) } }
    let last = widths.count - 1
    if isOutput { widths[last] = max(10, width - widths.dropLast().reduce(0) { $0 + $1 + 2 }) }
    func show(_ row: [String]) -> String {
      row.enumerated().map { i, cell in
        i == last
          ? (isOutput ? cut(cell, widths[i]) : cell)
          : cell.padding(toLength: widths[i], withPad: " ", startingAt: 0)
      }.joined(separator: "  ")
    }
    line(bold(show(head)))
    for row in rows { line(show(row)) }
  }

  /// Asks at the terminal, without showing what is typed. nil when there is no terminal.
  static func askSecret(_ prompt: String) -> String? {
    guard let tty = fopen("/dev/tty", "r+") else { return nil }
    defer { fclose(tty) }
    let fd = fileno(tty)
    var before = termios()
    guard tcgetattr(fd, &before) == 0 else { return nil }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(fd, TCSAFLUSH, &silent)
    defer {
      tcsetattr(fd, TCSAFLUSH, &before)
      fputs("\n", tty)
    }
    fputs(prompt, tty)
    fflush(tty)
    var buffer = [CChar](repeating: 0, count: 4096)
    guard fgets(&buffer, Int32(buffer.count), tty) != nil else { return nil }
    let typed = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: typed.last == 0x0A ? typed.dropLast() : typed[...], as: UTF8.self)
  }

  /// Asks yes or no at the terminal; false when there is none.
  static func confirm(_ question: String) -> Bool {
    guard let tty = fopen("/dev/tty", "r+") else { return false }
    defer { fclose(tty) }
    fputs(question + " [y/N] ", tty)
    fflush(tty)
    var buffer = [CChar](repeating: 0, count: 64)
    guard fgets(&buffer, Int32(buffer.count), tty) != nil else { return false }
    return buffer[0] == 0x79 || buffer[0] == 0x59
  }
}

/// A bar that moves on a terminal; a line now and then where output is piped.
struct ProgressBar {
  private var lastShown = ContinuousClock.now - .seconds(60)
  private var lastText = ""

  mutating func show(done: Int64, total: Int64, perSecond: Double, secondsLeft: Int64?, final: Bool) {
    let now = ContinuousClock.now
    if !final, now - lastShown < (Terminal.isOutput ? .milliseconds(50) : .seconds(1)) { return }
    lastShown = now
    let percent = total > 0 ? Int(done * 100 / max(total, done)) : final ? 100 : 0
    var text = "\(percent)%  \(done)/\(max(total, done)) messages"
    if perSecond >= 1, !final { text += "  \(Int(perSecond))/s" }
    if let secondsLeft, !final { text += "  \(Self.duration(secondsLeft)) left" }
    if Terminal.isOutput {
      let room = max(min(Terminal.width - text.count - 4, 40), 0)
      let full = room * percent / 100
      let bar = String(repeating: "█", count: full) + String(repeating: "░", count: room - full)
      Terminal.write("\r\u{1B}[K\(Terminal.green(bar)) \(text)" + (final ? "\n" : ""))
    } else if text != lastText {
      Terminal.line(text)
    }
    lastText = text
  }

  static func duration(_ seconds: Int64) -> String {
    seconds < 60
      ? "\(seconds) s"
      : seconds < 3600 ? "\(seconds / 60) min" : "\(seconds / 3600) h \(seconds / 60 % 60) min"
  }
}
