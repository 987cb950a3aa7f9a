/// What told a mail's own text from the history it quotes.
///
/// The raw values are what the API calls `splitBy`; they stay.
package enum SplitRule: String, Sendable, Hashable, CaseIterable {
  /// All of it is the author's.
  case none

  // Rules over lines.

  /// `On … Jane wrote:`, in whatever language.
  case attribution
  /// `-----Original Message-----`
  case originalMessage = "original-message"
  /// From, Sent, To and Subject, one below the other.
  case headerBlock = "header-block"
  /// `>` before the lines, and nothing else.
  case quoteMarks = "quote-marks"
  /// A mail handed on: ``MailBody/quotedText`` is that mail, whole.
  case forward
  /// Answers between the quotations, which stay for that.
  case inline
  /// A signature only.
  case signature
  /// `Please type your reply above this line`, of support desks.
  case replyAboveLine = "reply-above-line"

  // Marks of clients in HTML.

  case gmailQuote = "gmail_quote"
  /// `blockquote type=cite` or `cite=`, of Apple Mail, Thunderbird and others.
  case cite
  case mozCitePrefix = "moz-cite-prefix"
  /// `divRplyFwdMsg`, of Outlook on the web and the new one.
  case divRplyFwdMsg
  case appendOnSend = "appendonsend"
  /// The line that Word draws above the header block.
  case outlookBorder = "outlook-border"
  case outlookHeader = "outlook-header"
  case outlookMac = "outlook-mac"
  case outlookMobile = "outlook-mobile"
  /// Hotmail and Outlook.com of old.
  case windowsLive = "windows-live"
  case yahooQuoted = "yahoo_quoted"
  case protonQuote = "protonmail_quote"
  case tutanotaQuote = "tutanota_quote"
  case zoho
  case zimbra
  case spark
  case front
  case freshdesk
  case gmx
  case roundcube
  case fairEmail = "fairemail"
  case hey
}
