import Bytes
import IMAPClient
import IMAPCodec
import Testing

/// A connection may live in an actor: its methods and closures run there.
private actor Owner {
  private var connection: IMAPConnection?
  private(set) var uids: [UID] = []
  private(set) var windows = 0

  func work(on stream: any ByteStream) async throws {
    let connection = try await IMAPConnection.open(
      stream, security: .plainForTests, deadline: .after(seconds: 20))
    self.connection = connection
    _ = try await connection.select(.inbox, readOnly: false)
    try await connection.fetch(
      [UIDSet(1...2)], FetchRequest(), onMessage: { uids.append($0.uid) }, onWindow: { _ in windows += 1 })
    await connection.logout()
    self.connection = nil
  }
}

@Suite(.timeLimit(.minutes(1))) struct OwnershipTests {
  @Test func `an actor can own a connection`() async throws {
    let (client, server) = MemoryStream.pair()
    async let played = selected(
      "",
      "C: P2 UID FETCH 1:2 (UID)\nS: * 1 FETCH (UID 1)\nS: * 2 FETCH (UID 2)\nS: P2 OK\n"
        + "C: P3 LOGOUT\nS: * BYE\nS: P3 OK"
    ).play(on: server)
    let owner = Owner()
    try await owner.work(on: client)
    #expect(await owner.uids == [UID(1), UID(2)])
    #expect(await owner.windows == 1)
    _ = await played
  }

  @Test func `cancelling ends a fetch`() async throws {
    let (client, server) = MemoryStream.pair()
    let owner = Owner()
    let task = Task { try await owner.work(on: client) }
    var input = ByteBuffer()
    try await server.write("* PREAUTH [CAPABILITY IMAP4rev1] in\r\n", deadline: .never)
    _ = await Script.readLine(server, &input)
    try await server.write("* 1 EXISTS\r\n* OK [UIDVALIDITY 9] v\r\nP1 OK\r\n", deadline: .never)
    _ = await Script.readLine(server, &input)
    task.cancel()
    await #expect(throws: IMAPClientError.stream(.cancelled)) { try await task.value }
    server.close()
  }
}
