/// Names that folders of sent mail go by, lower-case (S15).
enum SentNames {
  static let all: Set<String> = [
    // English
    "sent", "sent items", "sent mail", "sent messages", "sent objects", "sent e-mail", "sent email",
    "sent-mail",
    // German
    "gesendet", "gesendete elemente", "gesendete objekte", "gesendete nachrichten", "gesendete mails",
    "postausgang gesendet", "gesendete e-mails",
    // French
    "envoyés", "éléments envoyés", "messages envoyés", "courriers envoyés", "objets envoyés",
    "courrier envoyé",
    "envoyes", "mails envoyés",
    // Spanish, Catalan, Galician
    "enviados", "elementos enviados", "mensajes enviados", "correo enviado", "correos enviados", "enviats",
    "elements enviats", "elementos enviados", "missatges enviats",
    // Italian
    "inviati", "posta inviata", "elementi inviati", "messaggi inviati", "inviata",
    // Portuguese
    "itens enviados", "mensagens enviadas", "e-mails enviados", "correio enviado", "enviadas",
    // Dutch
    "verzonden", "verzonden items", "verzonden berichten", "verzonden objecten", "verzonden e-mail",
    // Polish
    "wysłane", "elementy wysłane", "wiadomości wysłane", "wyslane", "poczta wysłana",
    // Czech, Slovak
    "odeslané", "odeslaná pošta", "odeslané položky", "odeslaná", "odoslané", "odoslaná pošta",
    "odoslané položky",
    // Hungarian
    "elküldött", "elküldött elemek", "elküldött üzenetek",
    // Romanian
    "trimise", "elemente trimise", "mesaje trimise",
    // Swedish, Norwegian, Danish, Finnish, Icelandic
    "skickat", "skickade objekt", "skickade", "skickade meddelanden", "sendt", "sendte elementer",
    "sendte meldinger",
    "sendt post", "sendte e-poster", "sendte", "lähetetyt", "lähetetyt viestit", "lähetetyt kohteet",
    "sendur póstur",
    // Baltic
    "saadetud", "saadetud kirjad", "nosūtītie", "nosūtītās vienības", "išsiųsta", "išsiųsti",
    "išsiųsti laiškai",
    // South Slavic, Albanian
    "poslano", "poslane stavke", "poslana pošta", "послато", "изпратени", "изпратена поща", "испратени",
    "të dërguara", "poslato", "poslati",
    // Russian, Ukrainian, Belarusian
    "отправленные", "отправлено", "исходящие отправленные", "надіслані", "відправлені", "надіслано",
    "адпраўленыя",
    // Greek, Turkish
    "απεσταλμένα", "απεσταλμένα στοιχεία", "σταλμένα", "gönderilmiş öğeler", "gönderilmiş", "gönderilenler",
    "gönderilen", "gönderilmiş postalar", "gönderilmiş mesajlar",
    // Hebrew, Arabic, Persian
    "פריטים שנשלחו", "נשלחו", "דואר שנשלח", "العناصر المرسلة", "المرسلة", "البريد المرسل", "الرسائل المرسلة",
    "ارسال شده",
    // Japanese, Chinese, Korean
    "送信済み", "送信済みアイテム", "送信済みメール", "送信済みメッセージ", "送信済アイテム", "已发送", "已发送邮件", "已发邮件", "已傳送",
    "寄件備份", "已傳送郵件", "寄件匣備份", "보낸 편지함", "보낸편지함", "보낸 메일함", "보낸메일함", "보낸 항목",
    // Vietnamese, Thai, Indonesian, Hindi
    "thư đã gửi", "đã gửi", "mục đã gửi", "รายการที่ส่ง", "ส่งแล้ว", "จดหมายที่ส่งแล้ว", "terkirim", "item terkirim",
    "pesan terkirim",
    "भेजे गए आइटम", "भेजे गए",
  ]
}
