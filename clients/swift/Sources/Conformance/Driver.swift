internal import Foundation
internal import JSON
internal import PostroomClient
internal import Synchronization

/// Does what the conformance session asks for, with the typed client. `protocol/conformance/README.md` has the
/// form.
@main
final class Driver: Sendable {
  private struct Work {
    var calls: [Int64: Task<Void, Never>] = [:]
    /// Streams that are read: who wants the next value.
    var wanted: [Int64: AsyncStream<Void>.Continuation] = [:]
    /// Streams that values are sent into.
    var exchanges: [Int64: AnyExchange] = [:]
  }

  private let client: PostroomClient
  private let work = Mutex(Work())
  private let output = Mutex(())

  private init(_ client: PostroomClient) { self.client = client }

  static func main() async throws {
    let environment = ProcessInfo.processInfo.environment
    var options = PostroomClient.Options()
    options.caFile = environment["POSTROOM_CA_FILE"]
    let client = try PostroomClient(
      environment["POSTROOM_URL"] ?? "", token: environment["POSTROOM_TOKEN"], options: options)
    let driver = Driver(client)
    // Blocks the main thread only: the work is done elsewhere.
    while let line = readLine() { try driver.obey(try JSONValue(parsing: line)) }
    await client.close()
  }

  private func obey(_ order: JSONValue) throws {
    let step = try whole(order.member("step"))
    let timeout = order.given("timeoutMs")?.int.map { Duration.milliseconds($0) }
    switch try text(order.member("do")) {
    case "call":
      var options = CallOptions(timeout: timeout, idempotencyKey: order.given("idempotencyKey")?.string)
      if order.given("progress")?.bool == true {
        // It came as JSON: reading it again cannot fail.
        options.onProgress = { text in self.say(step, ["progress": (try? JSONValue(parsing: text)) ?? .null])
        }
      }
      let final = options
      let task = Task.detached { await self.call(step, order, final) }
      work.withLock { $0.calls[step] = task }
    case "open":
      let window = order.given("window")?.int.map { Int($0) } ?? 32
      let options = StreamOptions(timeout: timeout, window: window)
      if exchanges.contains(try text(order.member("method"))) {
        Task.detached { await self.exchange(step, order, options) }
        return
      }
      let values = try dispatchStream(
        client, try text(order.member("method")), try order.member("params"), options)
      let (wanted, want) = AsyncStream<Void>.makeStream()
      let task = Task.detached { await self.read(step, values, wanted) }
      work.withLock {
        $0.calls[step] = task
        $0.wanted[step] = want
      }
      say(step, ["opened": true])
    case "send", "finish": Task.detached { await self.give(step, order) }
    case "next" where work.withLock({ $0.exchanges[step] != nil }):
      Task.detached { await self.take(step) }
    case "next":
      if let want = work.withLock({ $0.wanted[step] }) { want.yield() } else { say(step, ["end": true]) }
    case "cancel":
      // A stream that is let go has no values any more.
      work.withLock {
        $0.calls[step]?.cancel()
        $0.wanted[step] = nil
        $0.exchanges[step]?.cancel()
      }
      say(step, ["cancelled": true])
    default: throw Unknown(name: order.text)
    }
  }

  private func call(_ step: Int64, _ order: JSONValue, _ options: CallOptions) async {
    do {
      let method = try text(order.member("method"))
      let answer = try await dispatch(client, method, try order.member("params"), options)
      say(step, ["result": try JSONValue(parsing: answer)])
    } catch let error as PostroomError {
      say(step, ["error": Self.value(error)])
    } catch {
      fatalError("step \(step): \(error)")
    }
  }

  private func exchange(_ step: Int64, _ order: JSONValue, _ options: StreamOptions) async {
    await answer(step) {
      let method = try text(order.member("method"))
      let exchange = try await dispatchExchange(self.client, method, try order.member("params"), options)
      self.work.withLock { $0.exchanges[step] = exchange }
      return ["opened": true]
    }
  }

  private func give(_ step: Int64, _ order: JSONValue) async {
    await answer(step) {
      guard let exchange = self.work.withLock({ $0.exchanges[step] }) else { throw Unknown(name: order.text) }
      guard let value = order.given("value") else {
        exchange.finish()
        return ["finished": true]
      }
      try await exchange.send(value)
      return ["sent": true]
    }
  }

  private func take(_ step: Int64) async {
    await answer(step) {
      guard let exchange = self.work.withLock({ $0.exchanges[step] }), let value = try await exchange.next()
      else { return ["end": true] }
      return ["value": try JSONValue(parsing: value)]
    }
  }

  /// Says what `work` answers, or the error that it ends with.
  private func answer(_ step: Int64, _ work: @Sendable () async throws -> JSONValue) async {
    do {
      say(step, try await work())
    } catch let error as PostroomError {
      say(step, ["error": Self.value(error)])
    } catch {
      fatalError("step \(step): \(error)")
    }
  }

  private func read(_ step: Int64, _ values: AnyValues, _ wanted: AsyncStream<Void>) async {
    await values.read(wanted) { outcome in
      switch outcome {
      case .success(nil): say(step, ["end": true])
      case .success(let value?):
        do {
          say(step, ["value": try JSONValue(parsing: value)])
        } catch {
          fatalError("step \(step): \(error)")
        }
      // Leaving a stream is no failure of it.
      case .failure(let error) where Task.isCancelled && error.status == .cancelled: say(step, ["end": true])
      case .failure(let error): say(step, ["error": Self.value(error)])
      }
    }
  }

  private static func value(_ error: PostroomError) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("code", .int(Int64(error.code))), .init("status", .string(error.status.rawValue)),
      .init("reason", .string(error.reason.rawValue)), .init("message", .string(error.message)),
    ]
    // It came as JSON: reading it again cannot fail.
    if let details = error.details, let value = try? JSONValue(parsing: details) {
      members.append(.init("details", value))
    }
    if let wait = error.retryAfter {
      members.append(.init("retryAfterMs", .int(Int64(wait / .milliseconds(1)))))
    }
    return .object(members)
  }

  private func say(_ step: Int64, _ outcome: JSONValue) {
    let line = JSONValue.object([.init("step", .int(step))] + (outcome.object ?? [])).text + "\n"
    output.withLock { _ in FileHandle.standardOutput.write(Data(line.utf8)) }
  }
}
