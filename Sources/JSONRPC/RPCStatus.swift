/// gRPC's canonical codes under their own names, each with its fixed number on our wire.
package enum RPCStatus: String, Sendable, Hashable, CaseIterable {
  case cancelled = "CANCELLED"
  case unknown = "UNKNOWN"
  case invalidArgument = "INVALID_ARGUMENT"
  case deadlineExceeded = "DEADLINE_EXCEEDED"
  case notFound = "NOT_FOUND"
  case alreadyExists = "ALREADY_EXISTS"
  case permissionDenied = "PERMISSION_DENIED"
  case resourceExhausted = "RESOURCE_EXHAUSTED"
  case failedPrecondition = "FAILED_PRECONDITION"
  case aborted = "ABORTED"
  case outOfRange = "OUT_OF_RANGE"
  case unimplemented = "UNIMPLEMENTED"
  case `internal` = "INTERNAL"
  case unavailable = "UNAVAILABLE"
  case dataLoss = "DATA_LOSS"
  case unauthenticated = "UNAUTHENTICATED"

  /// The member `code` of the error object.
  package var code: Int {
    switch self {
    case .cancelled: -32001
    case .unknown: -32002
    case .invalidArgument: -32003
    case .deadlineExceeded: -32004
    case .notFound: -32005
    case .alreadyExists: -32006
    case .permissionDenied: -32007
    case .resourceExhausted: -32008
    case .failedPrecondition: -32009
    case .aborted: -32010
    case .outOfRange: -32011
    case .unimplemented: -32012
    case .internal: -32013
    case .unavailable: -32014
    case .dataLoss: -32015
    case .unauthenticated: -32016
    }
  }
}
