/// The text of dictionary 1, in the order in which it stands: what is likeliest last, where deflate
/// needs the fewest bits to point at it.
///
/// Written by hand from what is public about mails: the fields of RFC 5322, 2045, 2369, 6376, 7489, 8601
/// and 8617 as Gmail, Exchange Online, Postfix, Exim, SpamAssassin, Rspamd and others write them; the
/// frame of HTML that Gmail, Outlook, Apple Mail, Thunderbird and others put around a text; greetings,
/// phrases and closings of thirteen languages. No mail of anybody was used, nor one of those by which its
/// worth is measured.
///
/// Line ends are LF, as ``TextFold`` makes them, and no text is in quoted-printable, as ``QuotedFold``
/// decodes it. Never changed: see ``MailDictionary``.
enum Dictionary1 {}
