import ArgumentParser
import Foundation
import Glibc
import Sealing

/// Where the master key is, and what opens it.
struct KeyOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The key that opens what is stored. When not given: the systemd credential master.key if there is one, else "
        + "master.key in the data folder, which is made at the first start.", valueName: "file"))
  var masterKey: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The passphrase of a key that is protected by one. When not given: the systemd credential master.passphrase if "
        + "there is one, else the terminal is asked.", valueName: "file"))
  var passphraseFile: String?

  /// Where the key of a data folder is.
  func path(folder: String) -> String {
    masterKey ?? Self.credential("master.key") ?? folder + "/master.key"
  }

  /// - Throws: ``SealingError``.
  func load(folder: String) throws(SealingError) -> MasterKey {
    let path = path(folder: folder)
    return try load(path)
  }

  func load(_ path: String) throws(SealingError) -> MasterKey {
    try MasterKey.load(path: path) { () throws(SealingError) in try passphrase("Passphrase of \(path): ") }
  }

  /// nil when there is none, and nobody to ask.
  func passphrase(_ prompt: String) throws(SealingError) -> [UInt8]? {
    if let file = passphraseFile ?? Self.credential("master.passphrase") {
      return try MasterKey.passphrase(path: file)
    }
    return Terminal.ask(prompt)
  }

  /// A credential of systemd's (systemd.exec(5), LoadCredential=).
  private static func credential(_ name: String) -> String? {
    guard let folder = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"] else { return nil }
    let path = folder + "/" + name
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }
}

enum Terminal {
  /// A line that is typed and not shown; nil when there is no terminal on standard input.
  static func ask(_ prompt: String) -> [UInt8]? {
    guard isatty(STDIN_FILENO) == 1 else { return nil }
    var shown = termios()
    guard tcgetattr(STDIN_FILENO, &shown) == 0 else { return nil }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0 else { return nil }
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
      FileHandle.standardError.write(Data("\n".utf8))
    }
    FileHandle.standardError.write(Data(prompt.utf8))
    return readLine(strippingNewline: true).map { Array($0.utf8) }
  }
}
