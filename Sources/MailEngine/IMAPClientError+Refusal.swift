internal import IMAPClient

extension IMAPClientError {
  /// The server will not do what it was asked (NO, BAD); the connection is still good.
  var isRefusal: Bool {
    if case .refused(_, let status, _, _) = self { status != .bye } else { false }
  }

  /// The server will not do it (NO), and asked right.
  var isNo: Bool {
    if case .refused(_, let status, _, _) = self { status == .no } else { false }
  }
}
