import Foundation

/// Mail files of other projects' tests, where they are: the folder of `POSTROOM_CORPUS`, else `shared/corpus` beside
/// this checkout. They are none of ours and not in it; tests of them pass without.
struct Corpus: Sendable {
  struct Mail: Sendable {
    /// Its path below the corpus, without the ending.
    let name: String
    let path: String
    let octets: [UInt8]
  }

  static let folder: URL? = {
    let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../shared/corpus").standardizedFileURL
    let named = ProcessInfo.processInfo.environment["POSTROOM_CORPUS"].map { URL(fileURLWithPath: $0) }
    let folder = named ?? beside
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) && isFolder.boolValue
      ? folder : nil
  }()

  /// All mails, by name: whole ones, and single parts, which are read as mails.
  static let mails: [Mail] = {
    guard let folder, let walk = FileManager.default.enumerator(atPath: folder.path) else { return [] }
    var found: [Mail] = []
    for case let path as String in walk {
      guard let dot = path.lastIndex(of: "."), ["msg", "raw", "eml"].contains(path[dot...].dropFirst()),
        let octets = FileManager.default.contents(atPath: folder.appendingPathComponent(path).path)
      else { continue }
      found.append(
        Mail(
          name: String(path[..<dot]), path: folder.appendingPathComponent(path).path, octets: [UInt8](octets))
      )
    }
    return found.sorted { $0.name < $1.name }
  }()
}
