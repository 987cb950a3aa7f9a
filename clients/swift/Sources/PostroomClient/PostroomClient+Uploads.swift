public import Foundation
internal import Sealing

/// How a file is uploaded.
public struct UploadOptions: Sendable {
  /// An upload that was begun before and is gone on with; the source is the same, from its beginning.
  public var resuming: String?
  /// A server that cannot be reached is tried again for so long after each piece.
  public var patience: Duration = .seconds(60)
  /// Told after each piece how many octets the server has, of how many.
  public var onProgress: (@Sendable (_ done: Int64, _ size: Int64?) -> Void)?

  /// Options whose parts are as described there.
  public init(
    resuming: String? = nil, patience: Duration = .seconds(60),
    onProgress: (@Sendable (_ done: Int64, _ size: Int64?) -> Void)? = nil
  ) {
    self.resuming = resuming
    self.patience = patience
    self.onProgress = onProgress
  }
}

extension PostroomClient {
  /// Uploads a file, so that mails can carry it: `OutgoingAttachment(uploadId: upload.id)`.
  ///
  /// Read and given by pieces, never held as a whole. When the connection is lost, or the server restarts, it goes on
  /// where the server's own word says. What fails for good leaves the upload as it is: it can be resumed by its id
  /// for a day.
  /// - Returns: the upload, committed; its SHA-256 was compared.
  public func uploadFile(
    _ source: UploadSource, name: String, type: String = "application/octet-stream",
    options: UploadOptions = UploadOptions()
  ) async throws -> Upload {
    var now: Upload
    if let id = options.resuming {
      now = try await patiently(options.patience) { () async throws(PostroomError) in
        try await self.upload.get(uploadId: id)
      }
    } else {
      now = try await patiently(options.patience, isSafe: false) { () async throws(PostroomError) in
        try await self.upload.open(name: name, type: type, size: source.size)
      }
    }
    let (id, pieceOctets) = (now.id, Int(clamping: now.pieceOctetsMax))
    var digest = SHA256Stream()
    var at: Int64 = 0
    // What is there already is read all the same: its digest counts.
    while at < now.received {
      let piece = try await source.readFully(Int(clamping: min(Int64(pieceOctets), now.received - at)))
      if piece.isEmpty { break }
      digest.add(piece)
      at += Int64(piece.count)
    }
    options.onProgress?(at, source.size)
    while true {
      let piece = try await source.readFully(pieceOctets)
      if piece.isEmpty { break }
      digest.add(piece)
      let offset = at
      now = try await patiently(options.patience) { () async throws(PostroomError) in
        try await self.upload.write(uploadId: id, offset: offset, data: piece)
      }
      at += Int64(piece.count)
      options.onProgress?(at, source.size)
    }
    let sha256 = UploadSource.text(digest.finish())
    return try await patiently(options.patience) { () async throws(PostroomError) in
      try await self.upload.commit(uploadId: id, sha256: sha256)
    }
  }

  /// A file by its path. Its name is the path's last part.
  public func uploadFile(
    at file: URL, type: String = "application/octet-stream", options: UploadOptions = UploadOptions()
  ) async throws -> Upload {
    try await uploadFile(
      try UploadSource(file: file), name: file.lastPathComponent, type: type, options: options)
  }

  /// Calls again while the server cannot be reached.
  /// - Parameter isSafe: doing it twice is like doing it once; else only what never reached a server is done again.
  private func patiently<R: Sendable>(
    _ patience: Duration, isSafe: Bool = true, _ call: () async throws(PostroomError) -> R
  ) async throws -> R {
    let end = ContinuousClock.now + patience
    var number = 3
    while true {
      do throws(PostroomError) {
        return try await call()
      } catch {
        let wasNotBegun = error.reason == .connectionFailed || error.reason == .serverGoingAway
        guard error.status == .unavailable, isSafe || wasNotBegun else { throw error }
        let pause = Repeating.pause(before: number)
        guard ContinuousClock.now + pause < end else { throw error }
        try await Task.sleep(for: pause)
        number = min(number + 1, 6)
      }
    }
  }
}
