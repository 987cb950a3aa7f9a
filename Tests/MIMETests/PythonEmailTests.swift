import Foundation
import Testing

/// The fixtures as Python's `email` (policy default) reads them: every difference is explained in docs/mime.md.
@Suite struct PythonEmailTests {
  @Test func `every difference to Python's email is explained`() throws {
    guard PythonEmail.isThere else { return }
    let files = EMLFixture.all.map {
      (name: $0.name, path: EMLFixture.folder.appendingPathComponent($0.name + ".eml").path)
    }
    let mails = EMLFixture.all.map { (name: $0.name, mail: $0.mail) }
    try PythonEmail.compare(mails, PythonEmail.theirs(files), explainedIn: "mime.md")
  }
}
