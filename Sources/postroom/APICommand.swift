import ArgumentParser
import Foundation
import PostroomClient

struct API: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "api",
    abstract: "Make any call of the API, with JSON.",
    discussion: """
      Prints the result; of a stream, each value on a line of its own as it comes. With --list: every method the \
      server has, and what it is for. With --describe: one method's parameters.

      EXAMPLES:
        postroom api --list
        postroom api --describe mail.list
        postroom api mail.list '{"contact": "dana@customer.example", "limit": 5}'
        echo '{"after": "0"}' | postroom api events.subscribe - | head -3
      """)

  @Argument(help: "The method, such as mail.list.") var method: String?
  @Argument(help: "Its parameters, a JSON object; - reads them from standard input.") var params: String =
    "{}"
  @Flag(help: "List the methods.") var list = false
  @Flag(help: "Show the method's parameters and result.") var describe = false
  @Option(help: ArgumentHelp("How long the call may take.", valueName: "s")) var timeout: Int = 30
  @Option(help: "Idempotency key, for methods that take one.") var key: String?
  @OptionGroup var options: ServerOptions

  func validate() throws {
    if method == nil, !list { throw ValidationError("Name a method, or use --list.") }
    guard 1...86_400 ~= timeout else { throw ValidationError("--timeout is from 1 to 86400 seconds.") }
  }

  func run() async throws {
    try await options.run { client in
      let document = try Document(try await client.call("rpc.discover"))
      if list {
        return Terminal.table(
          ["METHOD", "WHAT IT DOES"], document.methods.map { [$0.name, $0.summary ?? ""] })
      }
      let name = method ?? ""
      guard let known = document.methods.first(where: { $0.name == name }) else {
        throw Failure(.usage, "The server has no method \(name). `postroom api --list` shows what it has.")
      }
      if describe { return show(known) }
      let text = params == "-" ? try Self.standardInput() : params
      if known.stream != nil {
        for try await value in client.stream(name, params: text) { Terminal.line(value) }
        return
      }
      let result = try await client.call(
        name, params: text, options: CallOptions(timeout: .seconds(timeout), idempotencyKey: key))
      Terminal.line(Terminal.isOutput && !options.json ? Self.indented(result) : result)
    }
  }

  private static func standardInput() throws -> String {
    guard let data = try FileHandle.standardInput.readToEnd(), !data.isEmpty else {
      throw Failure(.usage, "Nothing came from standard input; the parameters are expected there.")
    }
    return String(decoding: data, as: UTF8.self)
  }

  private func show(_ method: Document.Method) {
    Terminal.line(Terminal.bold(method.name) + (method.stream == nil ? "" : "  (a stream)"))
    if let words = method.description ?? method.summary { Terminal.line("  " + words) }
    Terminal.line("  scope: \(method.scope ?? "none")")
    for param in method.params {
      let need = param.required == true ? "required" : "optional"
      Terminal.line("  \(Terminal.bold(param.name))  (\(need)) \(param.description ?? param.summary ?? "")")
    }
  }

  /// Valid JSON, a member a line.
  static func indented(_ json: String) -> String {
    var out = [UInt8]()
    var depth = 0
    var inString = false
    var escaped = false
    var previous: UInt8 = 0
    func newLine() { out.append(0x0A); out.append(contentsOf: repeatElement(0x20, count: depth * 2)) }
    for byte in json.utf8 {
      if inString {
        out.append(byte)
        if escaped {
          escaped = false
        } else if byte == 0x5C {
          escaped = true
        } else if byte == 0x22 {
          inString = false
        }
        previous = byte
        continue
      }
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: continue
      case 0x7B, 0x5B:
        if previous == 0x7B || previous == 0x5B { newLine() }
        out.append(byte)
        depth += 1
      case 0x7D, 0x5D:
        depth -= 1
        if previous != 0x7B && previous != 0x5B { newLine() }
        out.append(byte)
      case 0x2C:
        out.append(byte)
        newLine()
        previous = 0x2C
        continue
      case 0x3A: out.append(contentsOf: [0x3A, 0x20])
      default:
        if previous == 0x7B || previous == 0x5B { newLine() }
        if byte == 0x22 { inString = true }
        out.append(byte)
      }
      previous = byte
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// What of the OpenRPC document is shown.
  private struct Document: Decodable {
    struct Method: Decodable {
      struct Param: Decodable {
        let name: String
        let required: Bool?
        let summary, description: String?
      }
      struct Stream: Decodable {}
      let name: String
      let summary, description, scope: String?
      let params: [Param]
      let stream: Stream?

      enum CodingKeys: String, CodingKey {
        case name, summary, description, params
        case scope = "x-scope"
        case stream = "x-stream"
      }
    }
    let methods: [Method]

    init(_ json: String) throws {
      do { self = try JSONDecoder().decode(Document.self, from: Data(json.utf8)) } catch {
        throw Failure(.refused, "The server's description of itself cannot be read: \(error)")
      }
    }

    enum CodingKeys: String, CodingKey { case methods }
  }
}
