import Testing

@testable import MIME

/// Mails as clients write them, shortened; what is theirs is kept, names are made up.
@Suite struct ReplyTests {
  private func plain(_ text: String) -> MailBody {
    parsed("Content-Type: text/plain; charset=utf-8\n\n" + text).body()
  }

  private func html(_ html: String) -> MailBody {
    parsed("Content-Type: text/html; charset=utf-8\n\n" + html).body()
  }

  @Test func `Gmail, both parts`() {
    let body = parsed(
      """
      From: Jane Doe <jane@example.com>
      Subject: Re: Offer
      Content-Type: multipart/alternative; boundary="000000000000a1b2c3"

      --000000000000a1b2c3
      Content-Type: text/plain; charset="UTF-8"

      Sounds good, let's do Tuesday.

      Jane

      On Mon, Jan 2, 2023 at 3:04 PM Joe Bloggs <joe@example.org> wrote:

      > Would Tuesday work for you?
      >
      > Joe
      >
      --000000000000a1b2c3
      Content-Type: text/html; charset="UTF-8"
      Content-Transfer-Encoding: quoted-printable

      <div dir=3D"ltr">Sounds good, let&#39;s do Tuesday.<div><br></div><div>Jane=
      </div></div><br><div class=3D"gmail_quote"><div dir=3D"ltr" class=3D"gmail_=
      attr">On Mon, Jan 2, 2023 at 3:04 PM Joe Bloggs &lt;<a href=3D"mailto:joe@e=
      xample.org">joe@example.org</a>&gt; wrote:<br></div><blockquote class=3D"gm=
      ail_quote" style=3D"margin:0px 0px 0px 0.8ex"><div dir=3D"ltr">Would Tuesda=
      y work for you?<div><br></div><div>Joe</div></div></blockquote></div>
      --000000000000a1b2c3--
      """
    ).body()
    #expect(body.replyText == "Sounds good, let's do Tuesday.\n\nJane")
    #expect(body.splitBy.rawValue == "gmail_quote")
    #expect(body.quotedText.contains("> Would Tuesday work for you?"))
    #expect(body.quotedText.hasPrefix("On Mon, Jan 2, 2023"))
    #expect(body.preview == "Sounds good, let's do Tuesday. Jane")
  }

  @Test func `Gmail, answers between the quotations`() {
    let body = html(
      """
      <div dir="ltr">See below.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, Jan 2, 2023
      Joe &lt;joe@example.org&gt; wrote:<br></div><blockquote class="gmail_quote">Can you come?</blockquote><div>Yes.</div>
      <blockquote class="gmail_quote">With whom?</blockquote><div>With Ann.</div><blockquote class="gmail_quote">Bye</blockquote></div>
      """)
    #expect(body.splitBy.rawValue == "inline")
    #expect(body.replyText == "See below.\n\n> Can you come?\n\nYes.\n\n> With whom?\n\nWith Ann.")
    #expect(body.quotedText.hasSuffix("> Bye"))
  }

  @Test func `Gmail, the reply inside of the quote's element`() {
    let body = html(
      "<div class=\"gmail_quote\"><div>All of it stands in here.</div><div class=\"gmail_attr\">On 2 Jan 2023, Joe wrote:</div>"
        + "<blockquote class=\"gmail_quote\">old</blockquote></div>")
    #expect(body.replyText == "All of it stands in here.")
  }

  @Test func `Gmail, signature`() {
    let body = html(
      """
      <div dir="ltr">Thanks!<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br>
      <div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">Jane Doe<br>Example Ltd</div></div><br>
      <div class="gmail_quote"><div class="gmail_attr">On Mon, Jan 2, 2023 Joe wrote:</div><blockquote class="gmail_quote">x</blockquote></div>
      """)
    #expect(body.replyText == "Thanks!")
    #expect(body.signature == "--\nJane Doe\nExample Ltd")
  }

  @Test func `Outlook on the web`() {
    let body = html(
      """
      <html><head><style>P {margin:0}</style></head><body dir="ltr"><div class="elementToProof">I agree.</div>
      <div id="Signature"><div>Jane Doe</div></div><div id="appendonsend"></div>
      <hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">
      <b>From:</b> Joe Bloggs &lt;joe@example.org&gt;<br><b>Sent:</b> Monday, January 2, 2023 3:04 PM<br>
      <b>To:</b> Jane Doe &lt;jane@example.com&gt;<br><b>Subject:</b> Offer</font><div>&nbsp;</div></div>
      <div>Do you agree?</div></body></html>
      """)
    #expect(body.replyText == "I agree.")
    #expect(body.signature == "Jane Doe")
    #expect(body.splitBy.rawValue == "appendonsend")
    #expect(body.quotedText.hasSuffix("Do you agree?"))
  }

  @Test func `Outlook for Windows`() {
    let body = html(
      """
      <body lang=EN-US><div class=WordSection1><p class=MsoNormal>Please send the papers.<o:p></o:p></p>
      <p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'>
      <p class=MsoNormal><b>From:</b> Joe Bloggs &lt;joe@example.org&gt; <br><b>Sent:</b> Monday, January 2, 2023 3:04 PM<br>
      <b>To:</b> Jane Doe<br><b>Subject:</b> Papers<o:p></o:p></p></div></div><p class=MsoNormal>Which papers?</p></div></body>
      """)
    #expect(body.replyText == "Please send the papers.")
    #expect(body.splitBy.rawValue == "outlook-border")
    #expect(body.quotedText.hasSuffix("Which papers?"))
  }

  @Test func `Outlook for Windows in German, plain`() {
    let body = plain(
      """
      Hallo Joe,

      das passt so.

      Viele Grüße
      Jane

      Von: Joe Bloggs <joe@example.org>
      Gesendet: Montag, 2. Januar 2023 15:04
      An: Jane Doe <jane@example.com>
      Cc: Ann
      Betreff: AW: Angebot

      Passt das so?
      """)
    #expect(body.replyText == "Hallo Joe,\n\ndas passt so.\n\nViele Grüße\nJane")
    #expect(body.splitBy.rawValue == "header-block")
  }

  @Test func `Apple Mail`() {
    let body = html(
      """
      <html><body style="overflow-wrap: break-word;">Yes, on Friday.<br id="lineBreakAtBeginningOfMessage"><div>
      <br><blockquote type="cite"><div>On 2 Jan 2023, at 15:04, Joe Bloggs &lt;joe@example.org&gt; wrote:</div>
      <br class="Apple-interchange-newline"><div>On Friday?</div></blockquote></div><br></body></html>
      """)
    #expect(body.replyText == "Yes, on Friday.")
    #expect(body.splitBy.rawValue == "cite")
  }

  @Test func `Thunderbird`() {
    let body = html(
      """
      <html><body><p>Fine with me.</p><div class="moz-cite-prefix">On 02/01/2023 15:04, Joe Bloggs wrote:<br></div>
      <blockquote type="cite" cite="mid:abc@example.org"><p>Is it fine?</p></blockquote>
      <pre class="moz-signature" cols="72">-- 
      Jane Doe</pre></body></html>
      """)
    #expect(body.replyText == "Fine with me.")
    #expect(body.signature == "--\nJane Doe")
    #expect(body.splitBy == .mozCitePrefix || body.splitBy == .cite)
  }

  @Test func `Yahoo`() {
    let body = html(
      """
      <div class="ydp1">Thank you.</div><div id="yahoo_quoted_12" class="yahoo_quoted"><div>On Monday, 2 January 2023 at
      15:04:05 GMT, Joe &lt;joe@example.org&gt; wrote:</div><div>Here it is.</div></div>
      """)
    #expect(body.replyText == "Thank you.")
    #expect(body.splitBy.rawValue == "yahoo_quoted")
  }

  @Test func `an author's own indented paragraph stays`() {
    let body = html("<p>The law says:</p><blockquote>Do no harm.</blockquote><p>So do none.</p>")
    #expect(body.replyText == "The law says:\n\n> Do no harm.\n\nSo do none.")
    #expect(body.splitBy.rawValue == "none")
    #expect(html("<p>As he said</p><blockquote>Enough.</blockquote>").replyText == "As he said\n\n> Enough.")
  }

  struct Attribution: Sendable, CustomTestStringConvertible {
    let language: String
    let line: String
    var testDescription: String { language }
  }

  @Test(arguments: [
    Attribution(language: "en", line: "On Mon, Jan 2, 2023 at 3:04 PM, Joe Bloggs <joe@example.org>\nwrote:"),
    Attribution(language: "en short", line: "Joe Bloggs wrote:"),
    Attribution(language: "en date first", line: "2023-01-02 15:04 GMT+01:00 Joe Bloggs <joe@example.org>:"),
    Attribution(
      language: "de", line: "Am Mo., 2. Jan. 2023 um 15:04 Uhr schrieb Joe Bloggs <\njoe@example.org>:"),
    Attribution(language: "de Thunderbird", line: "Am 02.01.23 um 15:04 schrieb Joe Bloggs:"),
    Attribution(language: "fr", line: "Le lun. 2 janv. 2023 à 15:04, Joe Bloggs <joe@example.org> a écrit :"),
    Attribution(
      language: "es", line: "El lun, 2 ene 2023 a las 15:04, Joe Bloggs (<joe@example.org>) escribió:"),
    Attribution(
      language: "pt", line: "Em seg., 2 de jan. de 2023 às 15:04, Joe Bloggs <joe@example.org>\nescreveu:"),
    Attribution(
      language: "it", line: "Il giorno lun 2 gen 2023 alle ore 15:04 Joe Bloggs <joe@example.org> ha scritto:"
    ),
    Attribution(language: "nl", line: "Op ma 2 jan. 2023 om 15:04 schreef Joe Bloggs <joe@example.org>:"),
    Attribution(language: "pl", line: "pon., 2 sty 2023 o 15:04 Joe Bloggs <joe@example.org> napisał(a):"),
    Attribution(language: "sv", line: "Den mån 2 jan. 2023 kl 15:04 skrev Joe Bloggs <joe@example.org>:"),
    Attribution(language: "da", line: "Den man. 2. jan. 2023 kl. 15.04 skrev Joe Bloggs <joe@example.org>:"),
    Attribution(language: "fi", line: "ma 2. tammik. 2023 klo 15.04 Joe Bloggs (joe@example.org) kirjoitti:"),
    Attribution(
      language: "cs", line: "po 2. 1. 2023 v 15:04 odesílatel Joe Bloggs <joe@example.org> napsal:"),
    Attribution(
      language: "hu", line: "Joe Bloggs <joe@example.org> ezt írta (időpont: 2023. jan. 2., H, 15:04):"),
    Attribution(language: "ru", line: "пн, 2 янв. 2023 г. в 15:04, Joe Bloggs <joe@example.org>:"),
    Attribution(language: "ru 2", line: "02.01.2023 15:04, Joe Bloggs пишет:"),
    Attribution(language: "zh", line: "Joe Bloggs <joe@example.org> 于2023年1月2日周一 15:04写道："),
    Attribution(language: "ja", line: "2023年1月2日(月) 15:04 Joe Bloggs <joe@example.org>:"),
    Attribution(
      language: "tr", line: "Joe Bloggs <joe@example.org>, 2 Oca 2023 Pzt, 15:04 tarihinde şunu yazdı:"),
    Attribution(
      language: "el",
      line: "Στις Δευ 2 Ιαν 2023 στις 3:04 μ.μ., ο χρήστης Joe Bloggs <joe@example.org> έγραψε:"),
    Attribution(language: "ro", line: "În lun., 2 ian. 2023 la 15:04, Joe Bloggs <joe@example.org> a scris:"),
  ])
  func `attributions of many languages are known`(_ row: Attribution) {
    let body = plain("The answer.\nTwo lines.\n\n\(row.line)\n\n> The question?\n> Joe\n")
    #expect(body.replyText == "The answer.\nTwo lines.")
    #expect(body.splitBy.rawValue == "attribution")
    #expect(body.quotedText == row.line + "\n\n> The question?\n> Joe")
  }

  @Test(arguments: [
    "-----Original Message-----", "-----Ursprüngliche Nachricht-----", "-----Message d'origine-----",
    "-----Mensaje original-----",
    "-----Mensagem original-----", "-----Messaggio originale-----", "-----Oorspronkelijk bericht-----",
    "-----Wiadomość oryginalna-----", "-----Ursprungligt meddelande-----",
    "-------- Original Message --------",
    "---- On Mon, 02 Jan 2023 15:04:05 +0000 Joe <joe@example.org> wrote ----",
  ])
  func `separators are known`(_ line: String) {
    let body = plain("The answer.\n\n\(line)\nFrom: Joe\nThe question?\n")
    #expect(body.replyText == "The answer.")
    #expect(body.splitBy.rawValue == "original-message")
  }

  @Test(arguments: [
    "---------- Forwarded message ---------", "-------- Weitergeleitete Nachricht --------",
    "Begin forwarded message:",
    "---------- Message transféré ---------", "Anfang der weitergeleiteten Nachricht:",
    "-------- Mensaje reenviado --------",
    "---------- Mensagem encaminhada ---------", "-------- Messaggio Inoltrato --------",
    "Inizio messaggio inoltrato:",
    "---------- Doorgestuurd bericht ---------", "---------- Przekazana wiadomość ---------",
    "---------- Vidarebefordrat meddelande ---------",
  ])
  func `forwards are told from the words above them`(_ line: String) {
    let body = plain("For you.\n\n\(line)\nFrom: Joe <joe@example.org>\n\n> inner quotation\nText\n")
    #expect(body.replyText == "For you.")
    #expect(body.splitBy.rawValue == "forward")
    #expect(body.quotedText.hasSuffix("> inner quotation\nText"))
  }

  @Test(arguments: [
    "From: Joe\nSent: Monday, January 2, 2023 3:04 PM\nTo: Jane\nSubject: x",
    "*From:* Joe\n*Sent:* Monday\n*To:* Jane\n*Subject:* x",
    "________________________________\nFrom: Joe\nSent: Monday",
    "De : Joe\nEnvoyé : lundi 2 janvier 2023 15:04\nÀ : Jane\nObjet : x",
    "De: Joe\nEnviado: lunes\nPara: Jane\nAsunto: x",
    "De: Joe\nEnviada em: segunda-feira\nPara: Jane\nAssunto: x",
    "Da: Joe\nInviato: lunedì\nA: Jane\nOggetto: x", "Van: Joe\nVerzonden: maandag\nAan: Jane\nOnderwerp: x",
    "Od: Joe\nWysłano: poniedziałek\nDo: Jane\nTemat: x",
    "Från: Joe\nSkickat: den 2 januari\nTill: Jane\nÄmne: x",
    "发件人: Joe\n发送时间: 2023年\n收件人: Jane\n主题: x", "发件人： Joe\n日期： 2023年\n主题： x",
  ])
  func `header blocks are known`(_ block: String) {
    let body = plain("The answer.\n\n\(block)\n\nThe question?\n")
    #expect(body.replyText == "The answer.")
    #expect(body.splitBy.rawValue == "header-block")
  }

  @Test(arguments: [
    ("Hello\n\n-- \nJane\n+1 23", "Hello", "--\nJane\n+1 23"),
    ("Hello\n\nSent from my iPhone", "Hello", "Sent from my iPhone"),
    ("Hallo\n\nVon meinem iPhone gesendet", "Hallo", "Von meinem iPhone gesendet"),
    ("Salut\n\nEnvoyé de mon iPhone", "Salut", "Envoyé de mon iPhone"),
    ("Hola\n\nEnviado desde mi iPhone", "Hola", "Enviado desde mi iPhone"),
    ("Ciao\n\nInviato da iPhone", "Ciao", "Inviato da iPhone"),
    ("Hoi\n\nVerstuurd vanaf mijn iPhone", "Hoi", "Verstuurd vanaf mijn iPhone"),
    (
      "Hello\n\nGet Outlook for iOS<https://aka.ms/o0ukef>", "Hello",
      "Get Outlook for iOS<https://aka.ms/o0ukef>"
    ),
    (
      "Hello\n_______________________________________________\nthe-list mailing list\nthe-list@example.org",
      "Hello",
      "_______________________________________________\nthe-list mailing list\nthe-list@example.org"
    ),
  ])
  func `signatures are split off`(_ text: String, _ reply: String, _ signature: String) {
    let body = plain(text)
    #expect(body.replyText == reply)
    #expect(body.signature == signature)
    #expect(body.splitBy.rawValue == "signature")
  }

  @Test func `an answer below the quotation`() {
    let body = plain("On 2 Jan 2023, Joe wrote:\n> Question?\n>\n> More.\n\nAnswer.\n\n-- \nJane")
    #expect(body.replyText == "Answer.")
    #expect(body.signature == "--\nJane")
    #expect(body.splitBy.rawValue == "attribution")
  }

  @Test func `answers between quotations`() {
    let body = plain("On 2 Jan 2023, Joe wrote:\n> One?\nYes.\n> Two?\nNo.\n> Bye\n> Joe\n")
    #expect(body.replyText == "> One?\nYes.\n> Two?\nNo.")
    #expect(body.quotedText == "On 2 Jan 2023, Joe wrote:\n> Bye\n> Joe")
    #expect(body.splitBy.rawValue == "inline")
  }

  @Test(arguments: [
    "Just a text.\nOf two lines.", "I wrote:\nnothing of note.", "Please note the following:\n- one\n- two",
    "From: here to there",
    "To: do\nSubject: to change", "1 > 0 and a -> b", "On the 3rd we wrote a letter. See:\nthe letter",
    "--option is wrong",
    "The original message was lost.",
  ])
  func `plain texts stay whole`(_ text: String) {
    let body = plain(text)
    #expect(body.replyText == text)
    #expect(body.splitBy.rawValue == "none")
    #expect(body.quotedText == "" && body.signature == "")
  }

  @Test func `a forward without a word has no reply`() {
    let body = plain("\n---------- Forwarded message ---------\nFrom: Joe\nSubject: x\n\nText")
    #expect(body.replyText == "")
    #expect(body.preview.hasPrefix("---------- Forwarded"))
  }

  @Test func `marks in the text count where the HTML has none`() {
    let body = parsed(
      """
      Content-Type: multipart/alternative; boundary=b

      --b

      Answer.

      > Question?
      --b
      Content-Type: text/html

      <p>Answer.</p><p><font color=blue>Question?</font></p>
      --b--
      """
    ).body()
    #expect(body.replyText == "Answer.")
    #expect(body.splitBy.rawValue == "quote-marks")
  }

  @Test func `no text is lost by splitting`() {
    let words = [
      "text", "> quote", ">> deep", "-- ", "On 1 Jan 2023 x wrote:", "From: a", "To: b", "Subject: c", "",
      "Sent from my x", "-----Original Message-----",
    ]
    var random = Seeded(5)
    for _ in 0..<300 {
      let lines = (0..<12).map { _ in words[Int(random.next() % UInt64(words.count))] }
      let split = ReplySplitter.split(TextLine.plain(lines.joined(separator: "\n")))
      let all = [split.reply, split.quoted, split.signature].joined(separator: "\n")
      let found = all.split(separator: "\n").map { $0.filter { $0 != " " } }.sorted()
      #expect(found == lines.map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }.sorted())
    }
  }
}
