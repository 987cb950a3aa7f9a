internal import Bytes
internal import JSON

/// What the connections of one thread share while their tasks wait: what is kept for one batch only.
final class DirectWorkspace {
  let depthMax: Int
  var validator: JSONValidator
  var replies = JSONWriter()

  init(depthMax: Int) {
    self.depthMax = depthMax
    validator = JSONValidator(depthMax: depthMax)
  }

  /// The thread's workspace, made anew when it is another's.
  static func of(_ place: inout AnyObject?, depthMax: Int) -> DirectWorkspace {
    if let known = place as? DirectWorkspace, known.depthMax == depthMax { return known }
    let fresh = DirectWorkspace(depthMax: depthMax)
    place = fresh
    return fresh
  }
}

/// Answering where octets arrive, while the connection's task waits with nothing under way. Plain requests that are
/// answered at once need no task; at the first that does, and at everything that is not plain, the task wakes and finds
/// the rest in ``input``. Every check is the task's own: the same functions run.
extension ServerConnection {
  /// - Returns: by when more must come; nil wakes the task.
  mutating func handleDirectly(_ bytes: [UInt8], _ count: Int, _ space: DirectWorkspace) -> Deadline? {
    guard let direct else { return nil }
    tally.octetsIn &+= UInt64(count)
    session.setBusy(true)
    var offset = 0
    var sent = true
    // Whose token has ended, the task sees to.
    if !session.isDraining, !session.credentialHasEnded {
      swap(&validator, &space.validator)
      swap(&replies, &space.replies)
      offset = answerPlain(bytes, count)
      noteProgress(bytes)
      sent = sendAnswers(direct)
      swap(&validator, &space.validator)
      swap(&replies, &space.replies)
      // A newline behind the last request is white space before the next.
      if offset == count - 1, bytes[offset] == ASCII.lf { offset = count }
    }
    if offset < count {
      input.append(contentsOf: bytes[offset..<count])
      return nil
    }
    session.setBusy(false)
    guard sent, !session.isDraining else { return nil }
    let now = Deadline.lastTick
    idleDeadline = now.advanced(seconds: limits.idleSeconds)
    return min(idleDeadline, now.advanced(milliseconds: limits.warmMilliseconds))
  }

  /// Answers requests from the front of `bytes`, as far as they need nothing else; where the others begin.
  private mutating func answerPlain(_ bytes: [UInt8], _ count: Int) -> Int {
    var offset = 0
    while replies.count < Self.flushOctets {
      var end = offset
      guard let request = plainRequest(bytes, count, &end), !request.mayHaveMeta, answerHere(request, bytes)
      else { break }
      malformedInARow = 0
      offset = end
    }
    return offset
  }

  /// Answers `request` if that takes no task and no look at a token.
  @inline(__always)
  private mutating func answerHere(_ request: Envelope, _ bytes: [UInt8]) -> Bool {
    let own: Own? = bytes.withUnsafeBufferPointer { all in
      Own(UnsafeBufferPointer(rebasing: all[request.method]))
    }
    if let own {
      guard case .ping = own else { return false }
      tally.calls += 1
      _ = answer(own, request, bytes, .stream(.lines))
      return true
    }
    guard let index = methodIndex(bytes, request.method) else { return false }
    let method = server.methods.methods[index]
    guard case .inline(let handler) = method.handler, refusal(method) == nil else { return false }
    tally.calls += 1
    answer(method, index, handler, request, bytes, context, .stream(.lines))
    return true
  }

  /// Sends ``replies``; false when the peer does not take them all now, or others write: then they are in the outbox.
  private mutating func sendAnswers(_ direct: any DirectStream) -> Bool {
    let octets = replies.count
    if octets == 0 { return true }
    defer { replies.removeAll(keepingAtMost: Self.flushOctets) }
    let outbox = session.outbox
    guard outbox.takeEmptyTurn(octets) else {
      outbox.append(replies.bytes)
      return false
    }
    return replies.bytes.withUnsafeBytes { all in
      let sent = direct.sendNow(all)
      if sent < octets {
        outbox.endTurn(wrote: sent, leaving: UnsafeRawBufferPointer(rebasing: all[sent...]))
        return false
      }
      if outbox.endTurn(wrote: octets) { return true }
      outbox.leaveTurn()
      return false
    }
  }
}
