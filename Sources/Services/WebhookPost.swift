internal import Bytes
internal import HTTPClient
internal import MailEngine
internal import MailStore
internal import Sockets

/// Sends one event to one endpoint.
struct WebhookPost: Sendable {
  let options: WebhookOptions
  let tls: TLSClientContext

  enum Outcome: Sendable {
    case delivered(status: Int)
    /// 410: it does not want any more.
    case gone
    /// - Parameter retryAfter: seconds that the endpoint asked for.
    case failed(status: Int?, problem: String, retryAfter: Int64?)
    /// We are stopping; whether it arrived is not known.
    case cancelled
  }

  /// nil for an address that no event is sent to.
  static func address(_ url: String, _ options: WebhookOptions) -> WebAddress? {
    guard let address = WebAddress(url), address.isSecure || options.allowsPlain else { return nil }
    return address
  }

  func send(_ event: CloudEvent, url: String, secrets: [String], at: Timestamp) async -> Outcome {
    guard let address = Self.address(url, options) else {
      return .failed(status: nil, problem: "this URL is not allowed any more", retryAfter: nil)
    }
    let stream: any ByteStream
    do throws(StreamError) { stream = try await connect(address) } catch {
      return error == .cancelled
        ? .cancelled : .failed(status: nil, problem: Self.words(error), retryAfter: nil)
    }
    let request = HTTPRequest(
      "POST", address,
      fields: [("Content-Type", CloudEvent.contentType), ("User-Agent", "Postroom")]
        + event.fields(secrets: secrets, at: at), body: event.body)
    do throws(HTTPExchange.Failure) {
      let answer = try await HTTPExchange.run(
        request, over: stream, wantsBody: false, deadline: .after(seconds: options.answerSeconds))
      return Self.outcome(answer, at: at)
    } catch {
      switch error {
      case .stream(.cancelled): return .cancelled
      case .stream(let error): return .failed(status: nil, problem: Self.words(error), retryAfter: nil)
      case .http(.protocolViolation(let what)):
        return .failed(status: nil, problem: "the answer is not HTTP/1.1: \(what)", retryAfter: nil)
      case .http(.tooLarge(let what, let max)):
        return .failed(status: nil, problem: "the answer's \(what) is longer than \(max)", retryAfter: nil)
      case .http(.invalid(let what)): return .failed(status: nil, problem: what, retryAfter: nil)
      }
    }
  }

  private func connect(_ address: WebAddress) async throws(StreamError) -> any ByteStream {
    let base = options.addressPolicy
    // What is not encrypted does not leave this machine.
    let policy = AddressPolicy { base.permits($0, $1) && (address.isSecure || $0.unmapped.isLoopback) }
    return try await WebDialer(policy: policy, tls: tls).connect(address, seconds: options.connectSeconds)
      .stream
  }

  static func outcome(_ answer: HTTPAnswer, at: Timestamp) -> Outcome {
    switch answer.status {
    case 200..<300: return .delivered(status: answer.status)
    case 410: return .gone
    case 300..<400:
      return .failed(
        status: answer.status, problem: "it redirects, which is not followed: change the URL", retryAfter: nil
      )
    default:
      return .failed(
        status: answer.status, problem: "it answered \(answer.status)",
        retryAfter: answer["retry-after"].flatMap { RetryAfter.seconds($0, at: at) })
    }
  }

  private static func words(_ error: StreamError) -> String {
    switch error {
    case .hostNotFound(_, let reason): "its name has no address that may be used: \(reason)"
    case .timedOut(let operation):
      operation == .read || operation == .write
        ? "no answer in time" : "no connection in time (\(operation.rawValue))"
    case .system(let operation, _) where operation == .connect: "it cannot be connected to"
    case .certificate(let problem, _): "its certificate is not acceptable: \(problem.rawValue)"
    case .tls: "TLS failed"
    default: "the connection ended before the answer"
    }
  }
}

/// The field of that name (RFC 9110 §10.2.3).
enum RetryAfter {
  /// nil for what is neither seconds nor a date in IMF-fixdate; 0 for a date that has passed.
  static func seconds(_ text: String, at: Timestamp) -> Int64? {
    if !text.isEmpty, text.utf8.count <= 10, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return Int64(text)
    }
    // Sun, 06 Nov 1994 08:49:37 GMT
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", let day = Int64(words[1]), (1...31).contains(day),
      let month = months.firstIndex(of: String(words[2])), let year = Int64(words[3]),
      (1970...9999).contains(year)
    else { return nil }
    let time = words[4].split(separator: ":").map { Int64($0) ?? -1 }
    guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2])
    else { return nil }
    let seconds = days(year, Int64(month) + 1, day) * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]
    return max(0, seconds - at.milliseconds / 1000)
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Since 1970, by the proleptic Gregorian calendar: years begin with March, so that the leap day is the last.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let m = (month + 9) % 12
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468
  }
}
