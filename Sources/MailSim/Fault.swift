/// Something that goes wrong on purpose.
///
///     sim.add(Fault(.smtp, "DATA", .refuse("451 4.3.0 Try later")))
///     sim.add(Fault(.imap, "UID FETCH", after: 2, .dropInLiteral))
public struct Fault: Sendable {
  public enum Service: String, Sendable { case imap, smtp }

  public enum Effect: Sendable, Hashable {
    /// Close instead of answering.
    case drop
    /// Close when this many octets of the answer have been sent.
    case dropAfterOctets(Int)
    /// Close in the middle of the answer's first literal (IMAP).
    case dropInLiteral
    /// SMTP, for ".": take the mail, then close without an answer.
    case dropAfterAccepting
    /// Answer later.
    case delay(milliseconds: Int64)
    /// Do nothing and answer this: for IMAP what follows the tag ("NO [LIMIT] Enough"), for SMTP a
    /// whole line ("451 4.3.0 Try later").
    case refuse(String)
    /// Say goodbye with this text and close.
    case bye(String)
    /// Announce a literal of so many octets in a FETCH answer and send only a few (IMAP).
    case giantLiteral(UInt64)
    /// Answer as usual, and send these octets behind the answer in the same segment.
    case inject(String)
  }

  public var service: Service
  /// Upper case: "SELECT", "UID FETCH", "EHLO", "." for the end of a mail, "GREETING" for the
  /// connection's beginning; nil: any command.
  public var command: String?
  /// Of the commands that match, so many are spared first.
  public var after: Int
  /// How many are hit then.
  public var times: Int
  /// Only for this user; nil: for all, logged in or not.
  public var user: String?
  public var effect: Effect

  public init(
    _ service: Service, _ command: String? = nil, after: Int = 0, times: Int = 1, user: String? = nil,
    _ effect: Effect
  ) {
    self.service = service
    self.command = command
    self.after = after
    self.times = times
    self.user = user
    self.effect = effect
  }
}
