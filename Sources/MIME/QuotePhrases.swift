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
    "написал", "написала", "пише", "написав", "написа", "έγραψε", "je napisao", "je napisala", "je napisal",
    "rašė",
    "rakstīja", "kirjutas", "va escriure", "ha escrit", "写道", "寫道", "写到", "のメール", "書きました", "さんは書", "님이 작성",
    "작성:",
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
    "ursprungligt meddelande", "originalmeddelande", "oprindelig meddelelse", "original meddelelse",
    "opprinnelig melding",
    "alkuperäinen viesti", "původní zpráva", "puvodni zprava", "pôvodná správa", "eredeti üzenet",
    "mesaj original",
    "mesajul original", "orijinal mesaj", "özgün ileti", "исходное сообщение", "оригинальное сообщение",
    "вихідне повідомлення", "оригінальне повідомлення", "αρχικό μήνυμα", "izvorna poruka",
    "originalna poruka",
    "izvorno sporočilo", "originaal sõnum", "originalus laiškas", "sākotnējais ziņojums", "原始邮件", "原始郵件",
    "原邮件",
    "元のメッセージ", "original message from", "원본 메일", "원본 메시지", "tin nhắn gốc", "pesan asli", "ข้อความต้นฉบับ",
    "הודעה מקורית",
    "الرسالة الأصلية", "missatge original",
  ])

  /// `---------- Forwarded message ----------`
  static let forwarded = PhraseSet([
    "forwarded message", "begin forwarded message", "begin forward message", "forwarded by", "forwarded mail",
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
    add(.from, "saatja|nuo|no|发件人|寄件者|寄件人|差出人|送信者|보낸 사람|보낸사람|từ|dari|จาก|מאת|من|od:|lähettäjä:|kimden:")
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
      .date, "στάλθηκε|ημερομηνία|poslano|saadetud|išsiųsta|nosūtīts|发送时间|发件时间|日期|寄件日期|傳送日期|日時|送信日時|보낸 날짜|날짜")
    add(.date, "đã gửi|ngày|tanggal|dikirim|ส่ง|วันที่|נשלח|תאריך|تاريخ|date and time|sent at")
    add(
      .to,
      "to|an|à|a|para|aan|naar|do|till|til|vastaanottaja|кому|komu|pro|címzett|către|kime|alıcı|προς|za|kellele|kam"
    )
    add(
      .to,
      "收件人|收件者|宛先|받는 사람|받는사람|đến|kepada|ถึง|אל|إلى|destinataire|destinatario|destinatário|empfänger|adresat")
    add(
      .subject,
      "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|temat|ämne|emne|aihe|тема|předmět|predmet|tárgy"
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

  /// `Sent from my iPhone`: how such a line begins.
  static let sentFrom = PhraseSet([
    "sent from my", "sent from mail", "sent from outlook", "sent from yahoo", "sent from proton",
    "sent from gmail",
    "sent from samsung", "sent from aol", "sent from android", "sent from an", "sent via", "sent with",
    "sent using",
    "sent by", "sent from a", "sent from windows", "from my iphone", "sent from mailbox", "get outlook for",
    "get [outlook", "get bluemail", "this message was sent from my", "gesendet von", "gesendet mit",
    "gesendet über", "von meinem", "von meiner", "diese nachricht wurde von meinem", "outlook für ios",
    "outlook für android",
    "holen sie sich outlook", "envoyé de mon", "envoyé depuis", "envoyé à partir", "envoyé avec",
    "envoyé par",
    "télécharger outlook", "obtenez outlook", "obtenir outlook", "enviado desde", "enviado de mi",
    "enviado do meu",
    "enviado a partir", "enviado por", "enviado pelo", "enviado via", "enviado con", "obtener outlook",
    "obter o outlook",
    "inviato da", "inviato dal", "inviato con", "inviato tramite", "scarica outlook", "ottieni outlook",
    "verzonden vanaf",
    "verstuurd vanaf", "verzonden met", "verstuurd met", "verzonden via", "outlook voor ios",
    "outlook voor android",
    "wysłane z", "wysłano z", "pobierz outlook", "pobierz program outlook", "uzyskaj program outlook",
    "skickat från",
    "skickades från", "hämta outlook", "sendt fra", "hent outlook", "skaff deg outlook", "lähetetty",
    "hanki outlook",
    "отправлено с", "отправлено из", "надіслано з", "odesláno z", "odoslané z", "küldve az", "trimis de pe",
    "στάλθηκε από",
    "iphone'umdan gönderildi", "telefonumdan gönderildi", "从我的", "发自我的", "從我的", "iphoneから送信",
    "iphoneから送信されました",
    "나의 iphone에서 보냄", "nosūtīts no", "išsiųsta iš", "poslano s", "enviat des", "được gửi từ", "dikirim dari",
  ])
}
