internal import Foundation
internal import JSON
internal import PostroomClient

/// The session asks for what the client does not have, or gives it what it cannot take.
struct Unknown: Error {
  var name: String
}

extension JSONValue {
  /// A member that must be there.
  func member(_ name: String) throws -> JSONValue {
    guard let value = given(name) else { throw Unknown(name: name) }
    return value
  }

  /// A member that may be absent.
  func given(_ name: String) -> JSONValue? {
    if let value = self[name], value != .null { value } else { nil }
  }
}

func text(_ value: JSONValue) throws -> String { try known(value.string, value) }
func whole(_ value: JSONValue) throws -> Int64 { try known(value.int, value) }
func number(_ value: JSONValue) throws -> Double { try known(value.double, value) }
func flag(_ value: JSONValue) throws -> Bool { try known(value.bool, value) }

func octets(_ value: JSONValue) throws -> [UInt8] {
  [UInt8](try known(Data(base64Encoded: try text(value)), value))
}

func list<T>(_ read: @escaping (JSONValue) throws -> T) -> (JSONValue) throws -> [T] {
  { value in try known(value.array, value).map(read) }
}

func map(_ value: JSONValue) throws -> [String: String] {
  Dictionary(uniqueKeysWithValues: try known(value.object, value).map { ($0.name, try text($0.value)) })
}

/// A word of an open set.
func word<T: RawRepresentable>(_ type: T.Type) -> (JSONValue) throws -> T where T.RawValue == String {
  { value in try known(type.init(rawValue: text(value)), value) }
}

private func known<T>(_ found: T?, _ value: JSONValue) throws -> T {
  guard let found else { throw Unknown(name: value.text) }
  return found
}

/// A stream into which values are sent, and whose own are JSON text, whatever they are.
struct AnyExchange: Sendable {
  let send: @Sendable (JSONValue) async throws -> Void
  let next: @Sendable () async throws -> String?
  let finish: @Sendable () -> Void
  let cancel: @Sendable () -> Void

  init<Sent: Sendable, Value: Sendable>(
    _ exchange: PostroomExchange<Sent, Value>, _ read: @escaping @Sendable (JSONValue) throws -> Sent,
    _ json: @escaping @Sendable (Value) -> String
  ) {
    send = { try await exchange.send(read($0)) }
    next = { try await exchange.next().map(json) }
    finish = { exchange.finish() }
    cancel = { exchange.cancel() }
  }
}

/// A stream whose values are JSON text, whatever they were.
struct AnyValues: Sendable {
  /// Reads the stream to its end. `wanted` says when the next value is to be read; `take` has it, nil at the end.
  let read:
    @Sendable (_ wanted: AsyncStream<Void>, _ take: (Result<String?, PostroomError>) -> Void) async -> Void

  init<Value: Sendable>(_ stream: PostroomStream<Value>, _ json: @escaping @Sendable (Value) -> String) {
    read = { wanted, take in
      var iterator = stream.makeAsyncIterator()
      for await _ in wanted {
        do throws(PostroomError) {
          take(.success(try await iterator.next().map(json)))
        } catch {
          take(.failure(error))
        }
      }
    }
  }
}
