internal import Bytes

/// What has arrived from the server and is not yet a reply.
struct SMTPInput: Sendable {
  private static let readOctets = 4096

  private var buffer = ByteBuffer()
  private var parser: SMTPReplyParser

  init(limits: SMTPReplyParser.Limits) { parser = SMTPReplyParser(limits: limits) }

  mutating func reply(
    from stream: any ByteStream, by deadline: Deadline, afterFinalDot: Bool
  ) async throws(SMTPClientError) -> SMTPReply {
    while true {
      do {
        if let reply = try parser.next(in: &buffer) { return reply }
      } catch {
        throw .protocolViolation("reply: \(error)", afterFinalDot: afterFinalDot)
      }
      let count: Int
      do {
        count = try await stream.read(into: &buffer, atMost: Self.readOctets, deadline: deadline)
      } catch {
        throw .stream(error, afterFinalDot: afterFinalDot)
      }
      if count == 0 { throw .stream(.truncated, afterFinalDot: afterFinalDot) }
    }
  }

  /// Before a command goes out nothing may be left over: it would be taken for the command's reply.
  mutating func requireEmpty() throws(SMTPClientError) {
    if buffer.isEmpty && parser.isAtStart { return }
    var early: SMTPReply?
    do {
      early = try parser.next(in: &buffer)
    } catch {
      throw .protocolViolation("reply: \(error)", afterFinalDot: false)
    }
    if let early, early.closesConnection { throw .refused(command: "connection", early) }
    throw .protocolViolation("a reply to no command", afterFinalDot: false)
  }

  static func send(_ bytes: [UInt8], to stream: any ByteStream, by deadline: Deadline)
    async throws(SMTPClientError)
  {
    do {
      try await stream.write(bytes, deadline: deadline)
    } catch {
      throw .stream(error, afterFinalDot: false)
    }
  }
}
