import JSONRPC
import MailStore
import PostroomAPI
import Sealing
import Services
import Testing

@Suite("upload.*", .timeLimit(.minutes(1)))
struct UploadCallsTests {
  @Test func `Each refusal has its reason, and nothing of it is another tenant's`() async throws {
    try await ServiceHouse.run { all in
      let (calls, c, other) = (UploadCalls(all.house), all.context(all.ours), all.context(all.theirs))
      let file = Array("a file".utf8)
      let upload = try await calls.open(.init(name: "a.txt", type: "text/plain", size: 6), c)
      #expect(upload.received == 0 && upload.state == .open && upload.size == 6 && upload.sha256 == nil)
      let id = upload.id

      func write(_ offset: Int64, _ data: [UInt8], _ context: CallContext) async -> String? {
        await reason { () throws(RPCError) in
          try await calls.write(.init(uploadId: id, offset: offset, data: data), context)
        }
      }
      func commit(_ sha256: String?, _ context: CallContext) async -> String? {
        await reason { () throws(RPCError) in
          try await calls.commit(.init(uploadId: id, sha256: sha256), context)
        }
      }
      #expect(await write(0, file, other) == "upload.unknown")
      #expect(await commit(nil, other) == "upload.unknown")
      #expect(
        await reason { () throws(RPCError) in try await calls.get(.init(uploadId: id), other) }
          == "upload.unknown")
      #expect(
        await reason { () throws(RPCError) in try await calls.cancel(.init(uploadId: id), other) }
          == "upload.unknown")
      #expect(try await calls.list(.init(), other).uploads.isEmpty)

      #expect(await write(1, file, c) == "upload.gap")
      #expect(await write(0, file + [1], c) == "upload.tooLarge")
      #expect(
        await write(0, [UInt8](repeating: 1, count: Int(upload.pieceOctetsMax) + 1), c) == "limit.uploadPiece"
      )
      #expect(await write(0, Array(file.prefix(4)), c) == nil)
      #expect(await commit(nil, c) == "upload.incomplete")
      #expect(await write(3, [9], c) == "upload.differs")
      #expect(await write(2, Array(file[2...]), c) == nil)
      #expect(await commit(String(repeating: "0", count: 64), c) == "upload.digest")
      #expect(await commit(String(repeating: "G", count: 64), c) == "params.invalid")
      let digest = Digest.sha256(file).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      #expect(await commit(digest, c) == nil)
      #expect(try await calls.get(.init(uploadId: id), c).sha256 == digest)
      #expect(try await calls.list(.init(), c).uploads.map(\.id) == [id])
      #expect(try await calls.cancel(.init(uploadId: id), c) == APIEmpty())
      #expect(await write(0, file, c) == "upload.unknown")
      #expect(
        await reason { () throws(RPCError) in try await calls.get(.init(uploadId: "up999999999999"), c) }
          == "upload.unknown")
      #expect(
        await reason { () throws(RPCError) in try await calls.open(.init(name: "a", size: 1 << 40), c) }
          == "upload.tooLarge")
    }
  }

  @Test func `An attachment has its content, or names an upload that is complete`() async throws {
    try await ServiceHouse.run { all in
      let box = try await all.mailbox(all.ours).id.text
      let (calls, c) = (UploadCalls(all.house), all.context(all.ours))
      let open = try await calls.open(.init(name: "a.txt"), c).id
      let theirs = try await calls.open(.init(name: "a.txt"), all.context(all.theirs)).id
      let cases: [(APIOutgoingAttachment, String?)] = [
        (APIOutgoingAttachment(), "send.attachmentInvalid"),
        (APIOutgoingAttachment(name: "a", type: "a/b"), "send.attachmentInvalid"),
        (APIOutgoingAttachment(name: "a", data: [1]), "send.attachmentInvalid"),
        (APIOutgoingAttachment(type: "a/b", data: [1]), "send.attachmentInvalid"),
        (APIOutgoingAttachment(name: "a", type: "a/b", data: [1], uploadId: open), "send.attachmentInvalid"),
        (APIOutgoingAttachment(uploadId: "up99"), "upload.unknown"),
        (APIOutgoingAttachment(uploadId: theirs), "upload.unknown"),
        (APIOutgoingAttachment(uploadId: open), "upload.incomplete"),
        (APIOutgoingAttachment(name: "a", type: "a/b", data: [1], disposition: .inline, cid: "a@b"), nil),
      ]
      for (attachment, expected) in cases {
        let answer = await reason { () throws(RPCError) in
          try await MailCalls(all.house).send(
            .init(
              mailboxId: box, to: [APIAddress(email: "a@x.example")], subject: "x", text: "x",
              attachments: [attachment]), c)
        }
        #expect(answer == expected, "\(attachment)")
      }
    }
  }
}
