package import IMAPCodec

/// A condition of SEARCH. Several given together must all hold.
package enum SearchKey: Sendable, Hashable {
  case all
  /// The field holds the octets somewhere (letters of either case). Servers may ignore or refuse octets
  /// outside ASCII.
  case header(name: String, [UInt8])
  case uid(UIDSet)
  /// Internal date on or after this day; seconds since 1970, the day is taken in UTC. Servers compare in
  /// their own zone: leave a day of room.
  case since(Int64)
  case before(Int64)
  case larger(UInt32)
  case smaller(UInt32)
  case unseen
  case deleted
  case modSeq(ModSeq)
  case gmailRaw(String)
  indirect case not(SearchKey)
  indirect case or(SearchKey, SearchKey)
}
