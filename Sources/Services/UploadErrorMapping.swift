internal import JSON
internal import JSONRPC
internal import MailStore
internal import PostroomAPI

extension RPCError {
  init(_ error: UploadError) {
    switch error {
    case .gap(let received):
      self.init(
        .uploadGap, "Octets are missing before this piece: \(received) are here. Go on from there.",
        ["received": .int(received)])
    case .differs(let received):
      self.init(
        .uploadDiffers, "Other octets came for the same place before. Cancel this upload and begin anew.",
        ["received": .int(received)])
    case .committed: self.init(.uploadCommitted, "The upload is committed: nothing can be added.")
    case .incomplete(let received, let size):
      let what = size.map { received < $0 ? "\(received) of \($0) octets are here" : nil } ?? nil
      self.init(
        .uploadIncomplete, "The upload is not complete: \(what ?? "it is not committed").",
        .object([.init("received", .int(received))] + (size.map { [.init("size", .int($0))] } ?? [])))
    case .digest:
      self.init(.uploadDigest, "What came has another SHA-256. Cancel this upload and begin anew.")
    case .tooLarge(let limit):
      self.init(.uploadTooLarge, "An upload has at most \(limit) octets here.", ["limit": .int(limit)])
    case .tooMany(let limit):
      self.init(
        .limitUploads, "A tenant has at most \(limit) uploads at a time. Cancel those that are not needed.",
        ["limit": .int(limit)])
    case .tooManyOctets(let limit):
      self.init(
        .limitUploadOctets,
        "A tenant's uploads have at most \(limit) octets together. Cancel those that are not needed.",
        ["limit": .int(limit)])
    }
  }
}
