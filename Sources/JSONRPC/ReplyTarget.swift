internal import JSON
internal import Synchronization

/// Where the answer of a call goes.
enum ReplyTarget: Sendable {
  /// Onto the connection, as one message.
  case stream(Framing)
  /// Into the answer of a batch, at this place.
  case batch(BatchReply, Int)
  /// Into the body of an HTTP response.
  case http(HTTPReplies, Int)
  /// The same, in the form of JSON-RPC 1.0.
  indirect case version1(ReplyTarget)

  var isHTTP: Bool {
    switch self {
    case .stream: false
    case .batch(let batch, _): batch.target.isHTTP
    case .http: true
    case .version1(let target): target.isHTTP
    }
  }

  var isBatch: Bool { if case .batch = self { true } else { false } }
}

/// Collects the answers of a batch, in the order of its calls. Notifications have none.
final class BatchReply: Sendable {
  private struct State {
    var answers: [[UInt8]?]
    var waiting: Int
  }

  let target: ReplyTarget
  private let state: Mutex<State>

  init(count: Int, target: ReplyTarget) {
    self.target = target
    state = Mutex(State(answers: .init(repeating: nil, count: count), waiting: count))
  }

  /// The call at `index` is done, with an answer or (a notification) without.
  ///
  /// - Returns: the whole answer when this was the last call; empty when no call has an answer.
  func put(_ answer: [UInt8]?, at index: Int) -> [UInt8]? {
    state.withLock { s in
      guard s.answers.indices.contains(index), s.waiting > 0 else { return nil }
      s.answers[index] = answer
      s.waiting -= 1
      if s.waiting > 0 { return nil }
      var out: [UInt8] = []
      for answer in s.answers {
        guard let answer else { continue }
        out.append(out.isEmpty ? 0x5B : 0x2C)
        out.append(contentsOf: answer)
      }
      if !out.isEmpty { out.append(0x5D) }
      s.answers = []
      return out
    }
  }
}

/// The responses of an HTTP connection: requests may be answered in any order, responses leave in that of
/// the requests (RFC 9112 §9.3.2).
final class HTTPReplies: Sendable {
  private struct Slot: Sendable {
    var response: [UInt8]?
    var keepAlive: Bool
    var fields: [(String, String)]
  }

  private struct State: Sendable {
    var slots: [Slot] = []
    /// The number of the first slot.
    var first = 0
    var heldOctets = 0
  }

  private let state = Monitor(State())
  private let outbox: Outbox

  init(outbox: Outbox) { self.outbox = outbox }

  /// Takes the next place in the order.
  ///
  /// - Parameter fields: header fields that the response gets besides its own.
  func open(keepAlive: Bool, fields: [(String, String)] = []) -> Int {
    state.withLock { s in
      s.slots.append(Slot(response: nil, keepAlive: keepAlive, fields: fields))
      return s.first + s.slots.count - 1
    }
  }

  /// The answer of a JSON-RPC message; an empty one means that it had only notifications.
  func answer(_ json: [UInt8], at number: Int) {
    respond(
      HTTPResponse(
        status: json.isEmpty ? 204 : 200, type: "application/json", body: json.isEmpty ? [] : json + [0x0A]),
      at: number)
  }

  /// Responds and says that the connection ends behind it.
  func close(_ response: HTTPResponse, at number: Int) {
    state.withLock { s in
      let index = number - s.first
      if s.slots.indices.contains(index) { s.slots[index].keepAlive = false }
    }
    respond(response, at: number)
  }

  /// Waits until fewer than `requests` are open and fewer than `octets` held back for their order.
  func waitForRoom(requests: Int, octets: Int) async {
    _ = await state.wait { $0.slots.count < requests && $0.heldOctets < octets ? true : nil }
  }

  var isIdle: Bool { state.withLock { $0.slots.isEmpty } }

  func respond(_ response: HTTPResponse, at number: Int) {
    state.change { s in
      let index = number - s.first
      guard s.slots.indices.contains(index), s.slots[index].response == nil else { return }
      var whole = response
      whole.fields += s.slots[index].fields
      let response = whole.bytes(keepAlive: s.slots[index].keepAlive)
      s.slots[index].response = response
      s.heldOctets += response.count
      while let ready = s.slots.first?.response {
        // Under the lock: responses keep their order.
        outbox.append(ready)
        s.heldOctets -= ready.count
        s.slots.removeFirst()
        s.first += 1
      }
    }
  }
}

struct HTTPResponse: Sendable {
  var status: Int
  var type = "text/plain; charset=utf-8"
  var fields: [(String, String)] = []
  var body: [UInt8]
  /// The answer to HEAD: the length is told, the body left out.
  var omitsBody = false

  /// An error as the answer to the request with this id.
  static func error(_ error: RPCError, id: [UInt8] = Array("null".utf8), status: Int) -> HTTPResponse {
    let fields = status == 401 ? [("WWW-Authenticate", "Bearer")] : []
    return HTTPResponse(
      status: status, type: "application/json", fields: fields,
      body: ServerSession.response(id, .failure(error)) + [0x0A])
  }

  static func text(_ status: Int, _ text: String, fields: [(String, String)] = []) -> HTTPResponse {
    HTTPResponse(status: status, fields: fields, body: Array((text + "\n").utf8))
  }

  /// What stands in every response to JSON that went well, up to its length.
  private static let jsonStart = Array(
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ".utf8)
  private static let always = Array("X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n".utf8)

  func bytes(keepAlive: Bool) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(256 + body.count)
    if status == 200, type == "application/json" {
      out.append(contentsOf: Self.jsonStart)
      out.append(contentsOf: String(body.count).utf8)
      out.append(contentsOf: "\r\n".utf8)
    } else {
      out.append(contentsOf: "HTTP/1.1 \(status) \(Self.phrase(status))\r\n".utf8)
      if status != 204, status != 101 {
        out.append(contentsOf: "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n".utf8)
      }
    }
    for (name, value) in fields { out.append(contentsOf: "\(name): \(value)\r\n".utf8) }
    if status != 101 {
      out.append(contentsOf: Self.always)
      if !keepAlive { out.append(contentsOf: "Connection: close\r\n".utf8) }
    }
    out.append(contentsOf: "\r\n".utf8)
    if !omitsBody { out.append(contentsOf: body) }
    return out
  }

  private static func phrase(_ status: Int) -> String {
    switch status {
    case 101: "Switching Protocols"
    case 200: "OK"
    case 204: "No Content"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 417: "Expectation Failed"
    case 421: "Misdirected Request"
    case 426: "Upgrade Required"
    case 431: "Request Header Fields Too Large"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    default: "Error"
    }
  }
}
