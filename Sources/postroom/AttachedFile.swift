import Foundation
import PostroomClient

/// A file on its way to the server.
struct AttachedFile {
  /// Up to so many octets go with the mail itself: one call instead of three.
  private static let inlineOctetsMax: Int64 = 64 * 1024

  private let file: URL
  private let size: Int64
  let name: String
  let type: String

  init(_ path: String, type: String? = nil) throws {
    file = URL(filePath: path)
    name = file.lastPathComponent
    do {
      let handle = try FileHandle(forReadingFrom: file)
      defer { try? handle.close() }
      let beginning = try handle.read(upToCount: 4096).map { Array($0) } ?? []
      size = Int64(clamping: try handle.seekToEnd())
      self.type = type ?? MediaType.guess(name: name, beginning: beginning)
    } catch {
      throw Failure(.usage, "\(path) cannot be read.")
    }
  }

  func attachment(_ client: PostroomClient, showsProgress: Bool) async throws -> OutgoingAttachment {
    if size <= Self.inlineOctetsMax {
      guard let data = FileManager.default.contents(atPath: file.path) else {
        throw Failure(.usage, "\(file.path) cannot be read.")
      }
      return OutgoingAttachment(name: name, type: type, data: Array(data))
    }
    let upload = try await upload(client, resuming: nil, showsProgress: showsProgress)
    return OutgoingAttachment(name: name, type: type, uploadId: upload.id)
  }

  /// Uses what an earlier command left: the upload of the same file, complete or not.
  func upload(_ client: PostroomClient, resuming id: String?, showsProgress: Bool) async throws -> Upload {
    let bar = UploadProgress(name: name)
    var options = UploadOptions(resuming: id)
    if showsProgress { options.onProgress = { done, size in bar.show(done, of: size) } }
    if id == nil, let known = try await known(client) {
      if known.state == .committed { return known }
      options.resuming = known.id
      do {
        return try await client.uploadFile(at: file, type: type, options: options)
      } catch let error as PostroomError where error.reason == .uploadDigest {
        // It was another file of the same name and size.
        try await client.upload.cancel(uploadId: known.id)
        options.resuming = nil
      }
    }
    return try await client.uploadFile(at: file, type: type, options: options)
  }

  private func known(_ client: PostroomClient) async throws -> Upload? {
    let alike = try await client.upload.list().uploads.filter {
      $0.name == name && $0.type == type && $0.size == size
    }
    if alike.isEmpty { return nil }
    let sha256 = try await UploadSource(file: file).sha256()
    return alike.last { $0.state == .committed && $0.sha256 == sha256 } ?? alike.last { $0.state == .open }
  }
}

/// A bar that moves on a terminal; nothing where errors go elsewhere.
private final class UploadProgress: Sendable {
  private let name: String
  init(name: String) { self.name = Terminal.safeLine(name) }

  func show(_ done: Int64, of size: Int64?) {
    guard Terminal.isError else { return }
    let total = max(size ?? done, done)
    let percent = total > 0 ? Int(done * 100 / total) : 100
    let text = "\(name)  \(percent)%  \(done / 1024)/\(total / 1024) KiB"
    let end = done == total ? "\n" : ""
    FileHandle.standardError.write(Data(("\r\u{1B}[K" + Terminal.cut(text, Terminal.width - 1) + end).utf8))
  }
}

/// What a file is, by its name and its first octets.
enum MediaType {
  static let unknown = "application/octet-stream"

  static func guess(name: String, beginning: [UInt8]) -> String {
    let lower = name.lowercased()
    if let dot = lower.lastIndex(of: "."), let type = byExtension[String(lower[lower.index(after: dot)...])] {
      return type
    }
    for (octets, type) in byBeginning where beginning.starts(with: octets) { return type }
    if beginning.count >= 12, beginning.starts(with: "RIFF".utf8),
      beginning[8..<12].elementsEqual("WEBP".utf8)
    {
      return "image/webp"
    }
    let isText = !beginning.isEmpty && !beginning.contains { $0 < 0x09 || ($0 > 0x0D && $0 < 0x20) }
    // A character that the first octets cut in two is none of its own.
    let whole = beginning.dropLast(min(3, beginning.reversed().prefix(3).prefix { $0 >= 0x80 }.count))
    return isText && String(validating: whole, as: UTF8.self) != nil ? "text/plain" : unknown
  }

  /// IANA's registry of media types.
  private static let byExtension = [
    "txt": "text/plain", "log": "text/plain", "md": "text/markdown", "csv": "text/csv", "html": "text/html",
    "htm": "text/html", "ics": "text/calendar", "vcf": "text/vcard", "xml": "application/xml",
    "json": "application/json", "pdf": "application/pdf", "rtf": "application/rtf", "zip": "application/zip",
    "gz": "application/gzip", "7z": "application/x-7z-compressed", "tar": "application/x-tar",
    "doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation", "png": "image/png", "jpg": "image/jpeg",
    "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "svg": "image/svg+xml",
    "tif": "image/tiff", "tiff": "image/tiff", "bmp": "image/bmp", "heic": "image/heic",
    "mp3": "audio/mpeg", "wav": "audio/wav", "ogg": "audio/ogg", "m4a": "audio/mp4", "mp4": "video/mp4",
    "mov": "video/quicktime", "webm": "video/webm", "eml": "message/rfc822",
  ]

  private static let byBeginning: [([UInt8], String)] = [
    (Array("%PDF-".utf8), "application/pdf"),
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
    ([0xFF, 0xD8, 0xFF], "image/jpeg"), (Array("GIF8".utf8), "image/gif"),
    ([0x50, 0x4B, 0x03, 0x04], "application/zip"), ([0x1F, 0x8B], "application/gzip"),
  ]
}
