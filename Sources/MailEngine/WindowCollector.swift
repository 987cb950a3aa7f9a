internal import IMAPClient
internal import IMAPCodec

/// Gathers what arrives of messages until their window is complete.
///
/// Servers may tell of one message in several answers, and of other messages in between.
struct WindowCollector {
  private var messages: [UInt32: FetchedMessage] = [:]

  mutating func add(_ message: FetchedMessage) {
    guard var known = messages[message.uid.value] else {
      messages[message.uid.value] = message
      return
    }
    known.flags = message.flags ?? known.flags
    known.internalDate = message.internalDate ?? known.internalDate
    known.size = message.size ?? known.size
    known.modSeq = message.modSeq ?? known.modSeq
    known.headerFields = message.headerFields ?? known.headerFields
    known.body = message.body ?? known.body
    known.gmailThreadID = message.gmailThreadID ?? known.gmailThreadID
    known.threadID = message.threadID ?? known.threadID
    messages[message.uid.value] = known
  }

  /// Takes the messages of `uids` out, ascending.
  mutating func take(_ uids: UIDSet) -> [FetchedMessage] {
    let keys = messages.keys.filter { uids.contains(UID($0)) }.sorted()
    return keys.compactMap { messages.removeValue(forKey: $0) }
  }

  mutating func removeAll() { messages.removeAll() }
}
