/// How one call is made.
public struct CallOptions: Sendable {
  /// How long the call may take, here and on the server; nil for the client's usual time.
  public var timeout: Duration?
  /// Makes repeats of `mail.send` harmless: the same key with the same parameters has the first answer again.
  /// Other calls do not look at it.
  public var idempotencyKey: String?
  /// Told of progress, as JSON text, by the calls that report it; on the task that receives.
  public var onProgress: (@Sendable (String) -> Void)?

  /// Options whose parts are as described there.
  public init(
    timeout: Duration? = nil, idempotencyKey: String? = nil, onProgress: (@Sendable (String) -> Void)? = nil
  ) {
    self.timeout = timeout
    self.idempotencyKey = idempotencyKey
    self.onProgress = onProgress
  }
}

/// How a stream is read.
public struct StreamOptions: Sendable, Hashable {
  /// How long the stream may last; nil for as long as the server has values.
  public var timeout: Duration?
  /// How many values the server may send ahead of the reader, 1 to 65,536.
  public var window: Int

  /// Options whose parts are as described there.
  public init(timeout: Duration? = nil, window: Int = 32) {
    self.timeout = timeout
    self.window = window
  }
}
