/// What the generators need to know of an OpenRPC document, in the document's order.
package struct APIDocument: Sendable {
  package var title: String
  package var version: String
  package var methods: [APIMethod]
  package var schemas: [APISchema]
  package var errors: [APIError]
  package var reasons: [APIReason]
  /// The document itself, compact.
  package var text: String

  package func schema(_ name: String) -> APISchema? { schemas.first { $0.name == name } }

  /// The methods that are not answered by the RPC layer, by noun, in order of appearance.
  package var services: [APIServiceSpec] {
    var services = [APIServiceSpec]()
    for method in methods where !method.isBuiltIn {
      if let i = services.firstIndex(where: { $0.noun == method.noun }) {
        services[i].methods.append(method)
      } else {
        services.append(APIServiceSpec(noun: method.noun, methods: [method]))
      }
    }
    return services
  }
}

package struct APIServiceSpec: Sendable {
  package var noun: String
  package var methods: [APIMethod]
}

package struct APIMethod: Sendable {
  package var name: String
  package var summary: String
  package var details: String
  /// nil when no token is needed.
  package var scope: String?
  package var isIdempotent: Bool
  /// An idempotency key makes repeating harmless.
  package var takesKey: Bool
  package var isBuiltIn: Bool
  package var params: [APIMember]
  /// The schema of the result.
  package var result: String
  /// The schema of a stream's values; nil when the method is not a stream.
  package var stream: String?
  /// The schema of the values that the caller sends into the stream; nil when it sends none.
  package var clientStream: String?
  /// The schema of what `$/progress` tells; nil when the method does not report any.
  package var progress: String?
  /// How a stream goes on after a break; nil when it cannot.
  package var resume: APIResume?
  package var reasons: [String]

  /// The schemas of what comes back besides errors.
  package var values: [String] { [stream ?? result] + (progress.map { [$0] } ?? []) }

  package var noun: String { String(name.prefix { $0 != "." }) }
  package var verb: String { String(name.drop { $0 != "." }.dropFirst()) }
}

/// `param` of the new call is `member` of the last value seen.
package struct APIResume: Sendable {
  package var param: String
  package var member: String
}

package struct APIMember: Sendable {
  package var name: String
  package var details: String?
  package var shape: Shape
  package var isRequired: Bool
  package var defaultValue: JSONNode?
  /// Must not be shown or logged.
  package var isSecret: Bool
}

package struct APISchema: Sendable {
  package var name: String
  package var details: String
  package var kind: Kind

  package enum Kind: Sendable {
    case object([APIMember])
    case enumeration([String])
    /// Names to strings.
    case map
    /// Anything but an object of its own: used in place.
    case plain(Shape)
    case any
  }
}

package indirect enum Shape: Sendable {
  case string(StringRule)
  case integer(ClosedRange<Int>?)
  case number(atLeast: Double?)
  case boolean
  /// base64 in a string.
  case octets
  case array(Shape, count: ClosedRange<Int>?)
  case reference(String)
  case any
}

package enum StringRule: Sendable, Equatable {
  case any
  case length(ClosedRange<Int>)
  /// A prefix and a decimal number from 1 up.
  case rowID(prefix: String)
  case decimal
  case timestamp
}

package struct APIError: Sendable {
  package var name: String
  package var code: Int
  package var message: String
  package var status: String
}

package struct APIReason: Sendable {
  package var name: String
  package var status: String
  package var details: String
}
