internal import Bytes
internal import MIME
internal import MailStore

/// A mail that is built but for the contents of uploads, which the store puts into their places.
struct OutgoingMail: Sendable {
  struct File: Sendable {
    var file: OutgoingAttachment
    var upload: UploadID?
  }

  /// Its octets, those of uploads left out.
  private(set) var raw: [UInt8] = []
  private(set) var uploads: [PlacedUpload] = []
  /// Of the whole mail.
  let octets: Int64

  /// - Parameter files: the builder's attachments, in its order.
  init(_ builder: MessageBuilder, _ files: [File]) throws(EngineError) {
    let pieces: MailPieces
    do { pieces = try builder.pieces() } catch {
      throw .invalid(field: "mail", reason: "\(error)")
    }
    octets = pieces.octets
    for piece in pieces.pieces {
      switch piece {
      case .octets(let bytes): raw += bytes
      case .content(let i):
        let (file, upload) = (files[i].file, files[i].upload)
        if let upload {
          // An empty content has no line, so nothing is missing there.
          guard let octets = file.laterOctets, octets > 0 else { continue }
          uploads.append(PlacedUpload(id: upload, place: raw.count))
          // The end of its last line; the store writes those before.
          raw += [ASCII.cr, ASCII.lf]
        } else {
          var lines = Base64Lines()
          raw += lines.encode(file.content)
          raw += lines.finish()
        }
      }
    }
  }
}
