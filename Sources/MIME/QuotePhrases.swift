/// The words by which mail clients introduce what they quote, by language. All lower-case.
///
/// To add a language, add its words; nothing else knows languages.
enum QuotePhrases {
  /// `On … Jane wrote:`: the verb.
  static let wrote = PhraseSet([
    "wrote", "writes", "schrieb", "schrieben", "geschrieben", "a écrit", "écrit", "a ecrit", "escribió",
    "escribio",
    "ha escrito", "escreveu", "ha scritto", "scrive", "schreef", "geschreven", "napisał", "napisała",
    "napisal", "pisze",
    "skrev", "kirjoitti", "napsal", "napsala", "napísal", "írta", "a scris", "yazdı", "yazmış", "пишет",
    "писал",
    "написал", "написала", "писали", "пише", "писав", "писала", "написав", "написа", "έγραψε", "je napisao",
    "je napisala", "je napisal",
    "rašė",
    "rakstīja", "kirjutas", "va escriure", "ha escrit", "写道", "寫道", "写到", "のメール", "書きました", "さんは書", "書き込み",
    "さんからのメッセージ", "撰写", "님이 작성",
    "작성:", "쓴 글", "보낸 메일", "님이 씀",
    "đã viết", "menulis", "เขียน", "כתב", "كتب", "skrifaði", "idatzi zuen", "scríobh",
  ])

  /// `On …`: how such a line begins.
  static let begins = PhraseSet([
    "on ", "am ", "le ", "el ", "em ", "il ", "il giorno ", "w dniu ", "dnia ", "den ", "den. ", "på ",
    "dne ",
    "dňa ", "în data de ", "pe ", "στις ", "a las ", "no dia ", "à ", "at ", "in data ", "alle ", "vào ",
    "pada ", "ב-",
    "mon, ", "tue, ", "wed, ", "thu, ", "fri, ", "sat, ", "sun, ",
    "man. ", "tirs. ", "ons. ", "tors. ", "fre. ", "lør. ", "søn. ", "tir. ", "lun. ", "mar. ", "mer. ",
    "jeu. ", "ven. ",
    "sam. ", "dim. ", "пн, ", "вт, ", "ср, ", "чт, ", "пт, ", "сб, ", "вс, ", "нд, ", "el lun", "el mar",
    "quoting ",
    "from ", "citando ", "zitat von ", "za ", "dana ", "em seg", "em ter", "em qua", "em qui", "em sex",
    "op ",
  ])

  /// `-----Original Message-----`
  static let original = PhraseSet([
    "original message", "originalmessage", "original appointment", "reply message", "original-nachricht",
    "originalnachricht", "ursprüngliche nachricht", "ursprungliche nachricht", "ursprünglicher termin",
    "message d'origine",
    "message d’origine", "message original", "message initial", "mensaje original", "mensagem original",
    "messaggio originale", "messaggio originario", "oorspronkelijk bericht", "origineel bericht",
    "oorspronkelijke bericht",
    "wiadomość oryginalna", "oryginalna wiadomość", "wiadomosc oryginalna", "treść oryginalnej wiadomości",
    "ursprungligt meddelande", "originalmeddelande", "oprindelig meddelelse", "oprindelig besked",
    "oprindelig mail", "opprinnelig e-post", "original meddelelse",
    "opprinnelig melding",
    "alkuperäinen viesti", "původní zpráva", "puvodni zprava", "pôvodná správa", "eredeti üzenet",
    "mesaj original",
    "mesajul original", "orijinal mesaj", "özgün ileti", "orijinal ileti", "исходное сообщение",
    "оригинальное сообщение",
    "вихідне повідомлення", "оригінальне повідомлення", "αρχικό μήνυμα", "izvorna poruka",
    "originalna poruka",
    "izvorno sporočilo", "originaal sõnum", "originalus laiškas", "sākotnējais ziņojums", "原始邮件", "原始郵件",
    "原始信息", "原始訊息", "原始消息",
    "原邮件", "邮件原件",
    "元のメッセージ", "元のメール", "オリジナルメッセージ", "original message from", "원본 메일", "원본 메시지", "원본 이메일", "원본메시지", "원본 내용",
    "tin nhắn gốc", "pesan asli", "ข้อความต้นฉบับ",
    "הודעה מקורית",
    "الرسالة الأصلية", "missatge original",
  ])

  /// `---------- Forwarded message ----------`
  static let forwarded = PhraseSet([
    "перенаправленное сообщение", "перенаправлене повідомлення", "початок листа, що пересилається",
    "початок переадресованого повідомлення", "začátek přeposílané zprávy", "začátek přeposlané zprávy",
    "předávaná zpráva", "转发的消息", "开始转发的邮件", "開始轉寄的郵件", "下面是被转发的邮件", "전달된 메시지 시작", "전달된 이메일",
    "iletilen ileti", "iletilen ileti başlangıcı", "yönlendirilmiş ileti",
    "początek przekazywanej wiadomości",
    "start på videresendt besked", "begyndelse på videresendt besked", "forwarded message",
    "begin forwarded message", "begin forward message", "forwarded by", "forwarded mail",
    "weitergeleitete nachricht", "weitergeleitete mail", "anfang der weitergeleiteten nachricht",
    "anfang der weitergeleiteten e-mail", "message transféré", "message transfere",
    "début du message réexpédié",
    "début du message transféré", "message réexpédié", "mensaje reenviado", "inicio del mensaje reenviado",
    "mensagem encaminhada", "mensagem reencaminhada", "início da mensagem encaminhada",
    "início da mensagem reencaminhada",
    "messaggio inoltrato", "inizio messaggio inoltrato", "doorgestuurd bericht", "begin doorgestuurd bericht",
    "begin van doorgestuurd bericht", "wiadomość przekazana dalej", "przekazana wiadomość",
    "treść przekazanej wiadomości",
    "początek przekazanej wiadomości", "przesłana wiadomość", "vidarebefordrat meddelande",
    "vidarebefordrat mejl",
    "vidarebefordrat brev", "videresendt meddelelse", "videresendt besked", "videresendt melding",
    "välitetty viesti",
    "välitetty viesti alkaa", "přeposlaná zpráva", "preposlaná správa", "továbbított üzenet",
    "továbbított levél",
    "mesaj redirecționat", "mesaj redirectionat", "yönlendirilen ileti", "iletilen mesaj",
    "пересланное сообщение",
    "пересылаемое сообщение", "начало переадресованного сообщения", "переслане повідомлення",
    "προωθημένο μήνυμα",
    "转发邮件信息", "转发的邮件", "已转发邮件", "轉寄郵件", "轉寄的郵件", "転送されたメッセージ", "転送メッセージ", "전달된 메일", "전달된 메시지",
    "thư được chuyển tiếp", "pesan terusan", "הודעה שהועברה", "رسالة معاد توجيهها", "missatge reenviat",
  ])

  /// Labels of a quoted header block, by what they mean.
  static let labels: [[UInt8]: Label] = {
    var table = [[UInt8]: Label]()
    func add(_ label: Label, _ words: String) {
      for word in words.split(separator: "|") { table[Array(word.utf8)] = label }
    }
    add(
      .from,
      "from|von|de|da|van|od|från|fra|lähettäjä|от|от кого|від|expéditeur|remitente|remetente|mittente|afzender"
    )
    add(
      .from,
      "nadawca|отправитель|відправник|odesílatel|odosielateľ|feladó|de la|kimden|gönderen|από|pošiljatelj")
    add(
      .from,
      "saatja|nuo|no|发件人|寄件者|寄件人|差出人|送信者|送信元|보낸 사람|보낸사람|발신|발신자|보낸이|từ|dari|จาก|מאת|من|od:|lähettäjä:|kimden:")
    add(
      .date,
      "sent|date|gesendet|datum|gesendet am|envoyé|envoyé le|enviado|enviado el|enviada|enviada em|enviado em"
    )
    add(
      .date,
      "fecha|data|inviato|verzonden|wysłano|data wysłania|skickat|sendt|dato|lähetetty|päivämäärä|päiväys")
    add(
      .date,
      "отправлено|дата|надіслано|odesláno|odoslané|küldve|elküldve|dátum|trimis|gönderildi|gönderme tarihi|tarih"
    )
    add(
      .date,
      "στάλθηκε|ημερομηνία|poslano|saadetud|išsiųsta|nosūtīts|发送时间|发件时间|发送日期|日期|时间|寄件日期|傳送日期|日時|日付|送信日時|보낸 날짜|보낸날짜|날짜|보낸 시간|일시"
    )
    add(.date, "đã gửi|ngày|tanggal|dikirim|ส่ง|วันที่|נשלח|תאריך|تاريخ|date and time|sent at")
    add(
      .to,
      "to|an|à|a|para|aan|naar|do|till|til|vastaanottaja|кому|komu|pro|címzett|către|kime|alıcı|προς|za|kellele|kam"
    )
    add(
      .to,
      "收件人|收件者|宛先|送信先|받는 사람|받는사람|받은 사람|받는이|수신|수신자|saaja|alıcı|mottaker|mottagare|modtager|odbiorca|příjemce|отримувач|получатель|đến|kepada|ถึง|אל|إلى|destinataire|destinatario|destinatário|empfänger|adresat"
    )
    add(
      .subject,
      "subject|rubrik|betreff|objet|asunto|assunto|oggetto|onderwerp|temat|ämne|emne|aihe|тема|předmět|predmet|tárgy"
    )
    add(
      .subject,
      "subiect|konu|θέμα|zadeva|teema|tema|主题|主旨|件名|题目|제목|chủ đề|subjek|perihal|เรื่อง|נושא|الموضوع|sujet")
    add(
      .other,
      "cc|bcc|kopie|kopia|copie|copia|kopi|kopio|копия|копія|másolatot kap|bilgi|κοιν|cópia|抄送|副本|참조|reply-to"
    )
    add(
      .other,
      "antwort an|répondre à|responder a|importance|wichtigkeit|attachments|anlagen|pièces jointes|importanza"
    )
    return table
  }()

  enum Label: UInt8, Sendable { case from, date, to, subject, other }

  /// The longest label of the table, in octets.
  static let labelOctetsMax = 48

  /// `Please type your reply above this line`, which support desks put over what they quote.
  static let replyAbove = PhraseSet([
    "please type your reply above this line", "type your reply above this line", "reply above this line",
    "write above this line", "please reply above this line", "in replies all text above this line",
    "bitte antworten sie oberhalb dieser", "antworten sie oberhalb dieser",
    "bitte geben sie ihre antwort über dieser",
    "veuillez saisir votre réponse au-dessus", "répondez au-dessus de cette ligne",
    "escriba su respuesta por encima de esta", "por favor, escriba su respuesta por encima",
    "escreva sua resposta acima desta linha", "digite sua resposta acima desta linha",
    "digitare la risposta sopra questa riga", "rispondi sopra questa riga",
    "typ uw antwoord boven deze regel",
    "odpowiedz powyżej tej linii", "skriv ditt svar ovanför denna rad", "この行より上に返信",
    "请在此行上方", "请在此行以上输入您的回复",
  ])

  /// `Sent from my iPhone`: how such a line begins and no other.
  static let sentFrom = PhraseSet([
    "sent from my", "sent from mail", "sent from outlook", "sent from yahoo", "sent from proton",
    "sent from gmail", "sent from samsung", "sent from aol", "sent from android", "sent from windows",
    "sent from mailbox", "sent from [mail", "from my iphone", "get outlook for", "get [outlook",
    "get bluemail",
    "this message was sent from my", "von meinem iphone", "von meinem ipad", "von meinem android",
    "von meinem samsung", "von meinem mobil", "von meinem smartphone", "von meinem handy",
    "von meinem/meiner",
    "von meiner galaxy", "diese nachricht wurde von meinem", "holen sie sich outlook", "outlook für ios",
    "outlook für android", "envoyé de mon i", "envoyé de mon mobile", "envoyé de mon téléphone",
    "envoyé depuis mon", "télécharger outlook", "obtenez outlook", "obtenir outlook", "enviado desde mi",
    "enviado de mi i", "enviado do meu", "obtener outlook", "obter o outlook", "inviato da iphone",
    "inviato da ipad", "inviato dal mio", "inviato da outlook", "scarica outlook", "ottieni outlook",
    "verzonden vanaf mijn", "verstuurd vanaf mijn", "outlook voor ios", "outlook voor android",
    "wysłane z iphone",
    "wysłane z mojego", "wysłano z mojego", "wysłane z ipad", "pobierz outlook", "pobierz program outlook",
    "pobierz aplikację outlook", "uzyskaj program outlook", "skickat från min", "skickades från min",
    "hämta outlook", "sendt fra min", "hent outlook", "skaff deg outlook", "lähetetty iphone",
    "lähetetty ipad",
    "lähetetty android", "lähetetty galaxy", "hanki outlook", "získat outlook", "stáhněte si outlook",
    "odesláno z iphone", "odesláno z mého", "odesláno z ipad", "odoslané z iphone", "отправлено с iphone",
    "отправлено с ipad", "отправлено с моего", "отправлено с мобильного", "отправлено из мобильной",
    "отправлено с android", "скачать outlook", "получите outlook", "надіслано з iphone", "надіслано з мого",
    "надіслано з ipad", "отримати outlook", "завантажити outlook", "iphone'umdan", "从我的 iphone", "从我的iphone",
    "发自我的", "從我的", "傳送自我的", "从我的", "发送自我的", "下载适用于", "取得 ios 版 outlook", "iphoneから送信", "ipadから送信",
    "나의 iphone", "내 iphone",
  ])

  /// How such a line may begin when it names one of ``devices``.
  static let sentBy = PhraseSet([
    "sent from", "sent via", "sent with", "sent using", "sent by", "gesendet von", "gesendet mit",
    "gesendet über", "von meinem", "von meiner", "envoyé de", "envoyé à partir", "envoyé avec",
    "envoyé par", "envoyé via", "envoyé depuis", "enviado desde", "enviado de", "enviado a partir",
    "enviado por",
    "enviado pelo", "enviado via", "enviado con", "enviado com", "enviado do", "enviada do", "inviato da",
    "inviato dal", "inviato con", "inviato tramite", "verzonden vanaf", "verstuurd vanaf", "verzonden met",
    "verstuurd met", "verzonden via", "wysłane z", "wysłano z", "wysłane przez", "skickat från",
    "skickat med",
    "skickades från", "skickat via", "sendt fra", "sendt med", "sendt via", "lähetetty", "отправлено с",
    "отправлено из", "отправлено через", "надіслано з", "надіслано за", "odesláno z", "odesláno pomocí",
    "odesláno přes",
    "odoslané z", "küldve az", "elküldve", "trimis de pe", "στάλθηκε από", "nosūtīts no", "išsiųsta iš",
    "poslano s",
    "enviat des", "được gửi từ", "dikirim dari", "來自我的", "来自我的",
  ])

  /// How it may end when it names one of ``devices``: languages with the verb behind.
  static let sentEnds = PhraseSet([
    "dan gönderildi", "den gönderildi", "tan gönderildi", "ten gönderildi", "ile gönderildi", "から送信",
    "から送信されました", "で送信されました", "에서 보냄", "로 보냄", "에서 전송됨",
  ])

  /// How it may begin and end, languages that put the device between.
  static let sentAround = (
    begins: PhraseSet(["von ", "mit ", "从", "從", "由", "使用", "通过", "透過"]),
    ends: PhraseSet(["gesendet", "verschickt", "发送", "发出", "傳送", "寄出"])
  )

  /// Devices and programs that mail is sent from.
  static let devices = PhraseSet([
    "iphone", "ipad", "ipod", "android", "galaxy", "samsung", "mobile", "mobil", "smartphone", "phone",
    "handy",
    "telefon", "téléphone", "teléfono", "telefono", "cellulare", "celular", "móvil", "téléphone", "телефон",
    "blackberry", "outlook", "yahoo", "proton", "gmail", "airmail", "bluemail", "aquamail", "k-9",
    "fairemail",
    "mailbird", "mailspring", "superhuman", "thunderbird", "spark", "edison", "newton", "zoho", "tuta",
    "posteo",
    "web.de", "gmx", "mail.ru", "яндекс", "yandex", "почт", "huawei", "xiaomi", "honor", "oppo", "oneplus",
    "pixel",
    "motorola", "nokia", "htc", "sony xperia", "windows", "tablet", "cihaz", "kindle", "hey.com", "网易",
    "qq邮箱",
    "手机", "スマート", "携帯", "휴대", "naver", "네이버",
  ])
}
