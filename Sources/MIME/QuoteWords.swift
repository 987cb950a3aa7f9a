/// The words around what a mail quotes, in one language. Each is one that reply splitting knows, so that what is
/// written with them is told from the quotation again, here and in other programs.
package struct QuoteWords: Sendable, Hashable {
  /// `{date}` and `{who}` stand for these.
  let wrote: String
  /// Above a forwarded mail.
  let forwarded: String
  let from: String
  let date: String
  let subject: String
  let to: String
  let cc: String

  /// By the first part of a language tag (RFC 5646), whatever its case: `pt-BR` is `pt`; English for those without words.
  package init(language: String?) {
    let tag = language?.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" }).first.map(String.init)
    self = tag.flatMap { Self.table[$0] } ?? Self.english
  }

  /// Those that have words of their own, by their tags, ascending.
  package static var languages: [String] { table.keys.sorted() }

  private init(
    _ wrote: String, _ forwarded: String, from: String, date: String, subject: String, to: String,
    cc: String = "Cc"
  ) {
    self.wrote = wrote
    self.forwarded = forwarded
    self.from = from
    self.date = date
    self.subject = subject
    self.to = to
    self.cc = cc
  }

  private static let english = QuoteWords(
    "On {date}, {who} wrote:", "Forwarded message", from: "From", date: "Date", subject: "Subject", to: "To")

  private static let table: [String: QuoteWords] = [
    "en": english,
    "cs": QuoteWords(
      "Dne {date}, {who} napsal:", "Přeposlaná zpráva", from: "Od", date: "Datum", subject: "Předmět",
      to: "Komu", cc: "Kopie"),
    "da": QuoteWords(
      "Den {date} skrev {who}:", "Videresendt meddelelse", from: "Fra", date: "Dato", subject: "Emne",
      to: "Til"),
    "de": QuoteWords(
      "Am {date} schrieb {who}:", "Weitergeleitete Nachricht", from: "Von", date: "Datum",
      subject: "Betreff", to: "An"),
    "es": QuoteWords(
      "El {date}, {who} escribió:", "Mensaje reenviado", from: "De", date: "Fecha", subject: "Asunto",
      to: "Para"),
    "fi": QuoteWords(
      "{date}, {who} kirjoitti:", "Välitetty viesti", from: "Lähettäjä", date: "Päiväys", subject: "Aihe",
      to: "Vastaanottaja", cc: "Kopio"),
    "fr": QuoteWords(
      "Le {date}, {who} a écrit :", "Message transféré", from: "De", date: "Date", subject: "Objet", to: "À"),
    "hu": QuoteWords(
      "{date}, {who} írta:", "Továbbított üzenet", from: "Feladó", date: "Dátum", subject: "Tárgy",
      to: "Címzett", cc: "Másolatot kap"),
    "it": QuoteWords(
      "Il {date}, {who} ha scritto:", "Messaggio inoltrato", from: "Da", date: "Data", subject: "Oggetto",
      to: "A"),
    "ja": QuoteWords(
      "{date}、{who} さんは書きました:", "転送メッセージ", from: "差出人", date: "日時", subject: "件名", to: "宛先"),
    "nb": QuoteWords(
      "Den {date} skrev {who}:", "Videresendt melding", from: "Fra", date: "Dato", subject: "Emne", to: "Til"),
    "nl": QuoteWords(
      "Op {date} schreef {who}:", "Doorgestuurd bericht", from: "Van", date: "Datum", subject: "Onderwerp",
      to: "Aan"),
    "pl": QuoteWords(
      "W dniu {date}, {who} pisze:", "Wiadomość przekazana dalej", from: "Od", date: "Data",
      subject: "Temat", to: "Do"),
    "pt": QuoteWords(
      "Em {date}, {who} escreveu:", "Mensagem encaminhada", from: "De", date: "Data", subject: "Assunto",
      to: "Para"),
    "ru": QuoteWords(
      "{date}, {who} пишет:", "Пересланное сообщение", from: "От", date: "Дата", subject: "Тема", to: "Кому",
      cc: "Копия"),
    "sv": QuoteWords(
      "Den {date} skrev {who}:", "Vidarebefordrat meddelande", from: "Från", date: "Datum", subject: "Ämne",
      to: "Till"),
    "tr": QuoteWords(
      "{date} tarihinde {who} yazdı:", "İletilen ileti", from: "Kimden", date: "Tarih", subject: "Konu",
      to: "Kime"),
    "uk": QuoteWords(
      "{date}, {who} пише:", "Переслане повідомлення", from: "Від", date: "Дата", subject: "Тема",
      to: "Кому", cc: "Копія"),
    "zh": QuoteWords(
      "{date}，{who} 写道：", "转发的邮件", from: "发件人", date: "日期", subject: "主题", to: "收件人", cc: "抄送"),
  ]
}
