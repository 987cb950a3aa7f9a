internal import COpenSSL

/// OpenSSL's queue of errors, which belongs to the calling thread.
enum OpenSSLError {
  /// The oldest error in OpenSSL's words; the queue is empty afterwards.
  static func take() -> String {
    let code = ERR_get_error()
    ERR_clear_error()
    if code == 0 { return "unknown failure" }
    if let reason = ERR_reason_error_string(code) { return String(cString: reason) }
    return "error \(code)"
  }

  /// Whether the newest error says that the peer ended without close_notify.
  static var isUnexpectedEnd: Bool {
    ERR_GET_REASON(ERR_peek_last_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING
  }
}
