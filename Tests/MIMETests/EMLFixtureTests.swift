import Foundation
import Testing

@testable import MIME

/// Broken mail, one oddity a file, read as the RFCs and good sense want it.
@Suite struct EMLFixtureTests {
  @Test func `the fixtures are there, each with what is to be read of it`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: EMLFixture.folder.path)
    #expect(EMLFixture.all.count >= 80 && names.count == EMLFixture.all.count * 2)
  }

  @Test(arguments: EMLFixture.all)
  func `broken mail is read as it was meant`(_ fixture: EMLFixture) {
    let message = ParsedMessage(fixture.mail)
    #expect(message.raw == fixture.mail)
    for (key, found) in EMLFixture.lists(of: message) {
      #expect(found == fixture.wanted.filter { $0.key == key }.map(\.value), "\(key)")
    }
    for (key, value) in fixture.wanted where !["part", "attachment", "defects"].contains(key) {
      #expect(EMLFixture.found(key, in: message) == value, "\(key)")
    }
    let sealed = fixture.wanted.filter { $0.key.hasPrefix("container ") }.count
    #expect(message.containers.count == sealed)
  }
}
