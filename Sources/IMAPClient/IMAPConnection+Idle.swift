package import Bytes
internal import IMAPCodec

extension IMAPConnection {
  /// Waits until the server tells of something in the open folder (RFC 2177).
  ///
  /// Returns at once when events wait already. IDLE is begun anew every
  /// ``IMAPOptions/idleRenewSeconds``. A BYE is returned as ``UntaggedEvent/bye(code:text:)``, and the
  /// connection is then closed.
  /// - Parameter deadline: when it passes, or `signal` is fired, the result is empty and the
  ///   connection good for other commands.
  package nonisolated(nonsending) func idle(
    until deadline: Deadline, interruptedBy signal: IdleSignal? = nil
  ) async throws(IMAPClientError) -> [UntaggedEvent] {
    try requireSelected()
    guard session.has("IDLE") else { throw .capabilityMissing("IDLE") }
    while true {
      let events = takeEvents()
      let isInterrupted = signal?.take() == true
      if !events.isEmpty || isInterrupted || deadline.hasPassed { return events }
      let renewal = min(deadline, .after(seconds: options.idleRenewSeconds))
      do throws(IMAPClientError) {
        try await idleOnce(until: renewal, signal)
      } catch .refused(_, .bye, let code, let text) {
        session.noteBye(code, text)
      }
    }
  }

  private nonisolated(nonsending) func idleOnce(
    until deadline: Deadline, _ signal: IdleSignal?
  ) async throws(IMAPClientError) {
    let (tag, command) = try encode { $0.word("IDLE") }
    session.begin(.plain("IDLE"), tag: tag)
    for segment in command.segments { try await send(segment) }
    guard try await waitForContinuation() else { return }
    while true {
      try await takeWhatCame()
      guard session.events.isEmpty, session.isBusy else { break }
      // Most of a connection's life is spent here: no memory that is not needed.
      input.removeAll(keepingAtMost: 0)
      if try await readIdle(until: deadline, signal) == false { break }
    }
    if !session.isBusy { return }
    try await send(Array("DONE\r\n".utf8))
    try await finishIdle()
  }

  /// - Returns: false when the server has ended IDLE already, by OK.
  private nonisolated(nonsending) func waitForContinuation() async throws(IMAPClientError) -> Bool {
    let deadline = commandDeadline
    while true {
      let (meaning, octets) = try await next(.until(deadline))
      switch meaning {
      case .continuation: return true  // Courier: "+ entering ENHANCED idle mode"
      case .data(let untagged): try idleData(untagged, octets)
      case .completed(_, let command, let status):
        if let refusal = Self.refusal(command.name, status) { throw refusal }
        return false
      case .skipped: break
      case .greeted: throw violation("a second greeting")
      }
    }
  }

  private nonisolated(nonsending) func finishIdle() async throws(IMAPClientError) {
    let deadline = commandDeadline
    while session.isBusy {
      let (meaning, octets) = try await next(.until(deadline))
      switch meaning {
      case .data(let untagged): try idleData(untagged, octets)
      case .completed(_, let command, let status):
        if let refusal = Self.refusal(command.name, status) { throw refusal }
      case .continuation: break  // a second "+" while DONE was on its way
      case .skipped: break
      case .greeted: throw violation("a second greeting")
      }
    }
  }

  private func idleData(_ untagged: Untagged, _ octets: Int) throws(IMAPClientError) {
    var none = Self.fewLines
    try settle(untagged, octets, &none) { _ in false }
  }

  /// Takes the responses that have arrived, and waits for the rest of one that has begun.
  private nonisolated(nonsending) func takeWhatCame() async throws(IMAPClientError) {
    while session.isBusy, !input.isEmpty || !framer.isBetweenFrames {
      let (meaning, octets) = try await next(
        .whileProgressing(seconds: options.progressSeconds), readAtMost: 4096)
      switch meaning {
      case .data(let untagged): try idleData(untagged, octets)
      case .completed(_, let command, let status):
        if let refusal = Self.refusal(command.name, status) { throw refusal }
      case .continuation: break
      case .skipped: break
      case .greeted: throw violation("a second greeting")
      }
    }
  }

  private enum Woken: Sendable {
    case read(Result<ByteBuffer, StreamError>)
    case signalled
  }

  /// - Returns: false at the deadline or the signal.
  private nonisolated(nonsending) func readIdle(
    until deadline: Deadline, _ signal: IdleSignal?
  ) async throws(IMAPClientError) -> Bool {
    do throws(IMAPClientError) {
      guard let signal else {
        try await fill(4096, deadline: deadline)
        return true
      }
      return try await readIdle(until: deadline, signal: signal)
    } catch .stream(.timedOut(.read)) {
      return false
    } catch {
      close()
      throw error
    }
  }

  private nonisolated(nonsending) func readIdle(
    until deadline: Deadline, signal: IdleSignal
  ) async throws(IMAPClientError) -> Bool {
    let stream = stream
    var arrived: Result<ByteBuffer, StreamError>?
    var isSignalled = false
    await withTaskGroup(of: Woken.self) { group in
      group.addTask {
        var buffer = ByteBuffer()
        do throws(StreamError) {
          let n = try await stream.read(into: &buffer, atMost: 4096, deadline: deadline)
          return .read(n == 0 ? .failure(.truncated) : .success(buffer))
        } catch {
          return .read(.failure(error))
        }
      }
      group.addTask {
        await signal.wait()
        return .signalled
      }
      // Whoever is first ends the other; octets read all the same are kept.
      while let woken = await group.next() {
        switch woken {
        case .read(let result): arrived = result
        case .signalled: isSignalled = true
        }
        group.cancelAll()
      }
    }
    switch arrived {
    case .success(let bytes):
      input.append(bytes)
      try noteExpanded(bytes.count)
      return true
    case .failure(let error):
      if error == .cancelled, !Task.isCancelled, isSignalled { return false }
      throw .stream(error)
    case nil: return false
    }
  }
}
