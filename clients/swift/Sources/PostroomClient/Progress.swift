internal import JSON

extension ConnectProgress {
  /// What ``CallOptions/onProgress`` of `mailbox.connect` and `mailbox.reconnect` told; nil when it is something else.
  public init?(progress text: String) {
    guard let value: Self = progressValue(text) else { return nil }
    self = value
  }
}

extension SyncStatus {
  /// What ``CallOptions/onProgress`` of `sync.run` told; nil when it is something else.
  public init?(progress text: String) {
    guard let value: Self = progressValue(text) else { return nil }
    self = value
  }
}

private func progressValue<Value: JSONReadable>(_ text: String) -> Value? {
  // Progress is for people: what cannot be read is passed over, and the call goes on.
  try? PostroomError.reading(Array(text.utf8))
}
