/// What people write, by language.
struct Phrases: Sendable {
  let language: String
  /// The 8-bit charset that old programs use for it.
  let oldCharset: Charset
  let greetings: [String]
  let openings: [String]
  let sentences: [String]
  let answers: [String]
  let closings: [String]
  /// "%" stands for a name of a product or project.
  let subjects: [String]
  /// "%D" the date, "%N" the name.
  let attribution: String
  let replyPrefix: String

  static let all = [english, german, french, spanish, polish, russian, japanese]

  static let projects = [
    "Northwind", "Bluebird", "Atlas", "Meridian", "Kestrel", "Harbor", "Juniper", "Sextant", "Lighthouse",
    "Orchard",
  ]

  static let people: [(name: String, address: String)] = [
    ("Priya Raman", "priya.raman@harborfreightworks.example"),
    ("Jonas Weber", "j.weber@weber-soehne.example"),
    ("Zoë O’Connor", "zoe@oconnor.example"), ("Müller, Karl", "karl.mueller@stadtwerke.example"),
    ("Amélie Dubois", "amelie.dubois@atelier.example"), ("José García", "jgarcia@transportes.example"),
    ("Łukasz Nowak", "lukasz@nowak.example"), ("Анна Петрова", "anna.petrova@sever.example"),
    ("田中 太郎", "tanaka@kaisha.example"), ("Dana Whitfield", "dana@customer.example"),
    ("Sam Okafor", "sam.okafor@lagosprint.example"), ("Mei-Ling Chen", "meiling@chen.example"),
    ("Robert \"Bob\" Hale", "bob.hale@hale.example"), ("Ingrid Solberg", "ingrid@fjord.example"),
    ("", "purchasing@widgets.example"), ("Support (Tier 2)", "support@vendor.example"),
  ]

  static let english = Phrases(
    language: "en", oldCharset: .windows1252, greetings: ["Hi", "Hello", "Hi all", "Good morning", "Hey"],
    openings: [
      "I wanted to follow up on our call last week.", "Thanks for sending the draft over so quickly.",
      "Just a quick note before the weekend.", "We had a look at the numbers you sent.",
    ],
    sentences: [
      "The second shipment is due on Thursday, and the warehouse has confirmed the slot.",
      "Could you let me know whether the new price list applies to existing orders as well?",
      "I’ve attached the figures – please treat them as preliminary.",
      "Our legal team asked for two small changes in section 4, nothing dramatic.",
      "If it is easier, we can also talk on the phone; I am free between 2 and 4 pm.",
      "From our side everything is ready, we are only waiting for the signature.",
      "The test installation ran for three days without a single error.",
      "Please note that the office is closed on Monday because of the public holiday.",
      "The invoice (no. 2024-1187) still shows the old address, could somebody correct that?",
    ],
    answers: [
      "That works for me, thank you.", "Sounds good! Let's go ahead as planned.",
      "I am afraid that Thursday is too late for us. Would Tuesday be possible?",
      "Agreed. I'll send the updated version by tomorrow noon.",
      "Sorry for the late reply, I was travelling.",
    ],
    closings: ["Best regards", "Kind regards", "Cheers", "Thanks", "All the best"],
    subjects: [
      "Offer for %", "% kick-off", "Question about the % invoice", "Minutes: % weekly", "% delivery dates",
    ],
    attribution: "On %D, %N wrote:", replyPrefix: "Re: ")

  static let german = Phrases(
    language: "de", oldCharset: .latin1,
    greetings: ["Guten Tag", "Hallo", "Liebe Kolleginnen und Kollegen", "Moin"],
    openings: [
      "vielen Dank für Ihre schnelle Rückmeldung.", "anbei wie besprochen die Übersicht.",
      "ich komme noch einmal auf unser Gespräch zurück.",
    ],
    sentences: [
      "Die Lieferung ist für nächsten Donnerstag geplant, das Lager hat den Termin bestätigt.",
      "Könnten Sie bitte prüfen, ob die neue Preisliste auch für laufende Aufträge gilt?",
      "Unsere Prüfung hat keine größeren Auffälligkeiten ergeben.",
      "Für Rückfragen stehe ich Ihnen gerne zur Verfügung, am besten vormittags.",
      "Die Maße weichen geringfügig ab: 12,5 statt 12,0 Millimeter.",
      "Bitte beachten Sie, dass unser Büro am Montag geschlossen bleibt.",
    ],
    answers: [
      "passt so, danke!", "einverstanden, wir machen es wie vorgeschlagen.",
      "leider schaffen wir das vor Freitag nicht mehr.", "das klingt gut, ich gebe es so weiter.",
    ],
    closings: ["Mit freundlichen Grüßen", "Viele Grüße", "Schöne Grüße"],
    subjects: ["Angebot %", "Rückfrage zu %", "Terminvorschläge für %", "Änderungen am Vertrag %"],
    attribution: "Am %D schrieb %N:", replyPrefix: "AW: ")

  static let french = Phrases(
    language: "fr", oldCharset: .latin1, greetings: ["Bonjour", "Bonjour à tous", "Chère équipe"],
    openings: ["Merci pour votre retour rapide.", "Suite à notre échange, voici le compte rendu."],
    sentences: [
      "La livraison est prévue jeudi prochain et l'entrepôt a confirmé le créneau.",
      "Pourriez-vous me préciser si le nouveau tarif s'applique aux commandes en cours ?",
      "Nous avons reçu les échantillons ; la qualité est très satisfaisante.",
      "N'hésitez pas à m'appeler si c'est plus simple pour vous.",
      "La facture n° 118 porte encore l'ancienne adresse, merci de la corriger.",
    ],
    answers: [
      "C'est parfait, merci.", "D'accord pour mardi matin.", "Désolé pour le délai, j'étais en déplacement.",
    ],
    closings: ["Cordialement", "Bien à vous", "Bonne journée"],
    subjects: ["Devis %", "Réunion % : ordre du jour", "Précisions sur la commande %"],
    attribution: "Le %D, %N a écrit :", replyPrefix: "RE : ")

  static let spanish = Phrases(
    language: "es", oldCharset: .latin1, greetings: ["Hola", "Buenos días", "Estimados"],
    openings: ["Gracias por la información.", "Les escribo por el asunto que comentamos ayer."],
    sentences: [
      "El envío sale mañana por la mañana y llegará el jueves.",
      "¿Podrían confirmar si el precio incluye el montaje?",
      "Adjunto el presupuesto actualizado con los cambios señalados.",
      "Según la última reunión, el plazo se amplía dos semanas.",
    ],
    answers: [
      "Perfecto, muchas gracias.", "De acuerdo, quedamos así.", "Lo reviso y te digo algo esta tarde.",
    ],
    closings: ["Un saludo", "Saludos cordiales"],
    subjects: ["Presupuesto %", "Reunión de seguimiento %", "Dudas sobre %"],
    attribution: "El %D, %N escribió:", replyPrefix: "RE: ")

  static let polish = Phrases(
    language: "pl", oldCharset: .utf8, greetings: ["Dzień dobry", "Cześć", "Szanowni Państwo"],
    openings: ["Dziękuję za szybką odpowiedź.", "Wracam do naszej rozmowy z piątku."],
    sentences: [
      "Dostawa jest zaplanowana na czwartek, magazyn potwierdził termin.",
      "Czy nowy cennik obowiązuje także dla złożonych już zamówień?",
      "Proszę o przesłanie podpisanej umowy do końca tygodnia.",
    ],
    answers: ["Zgadzam się, dziękuję.", "Niestety w środę nie mogę, może być czwartek?"],
    closings: ["Pozdrawiam", "Z poważaniem"],
    subjects: ["Oferta %", "Pytanie o zamówienie %", "Spotkanie w sprawie %"],
    attribution: "%D %N napisał(a):", replyPrefix: "Odp: ")

  static let russian = Phrases(
    language: "ru", oldCharset: .koi8r, greetings: ["Добрый день", "Здравствуйте", "Коллеги"],
    openings: ["Спасибо за быстрый ответ.", "Высылаю обещанные документы."],
    sentences: [
      "Поставка запланирована на четверг, склад подтвердил время.",
      "Подскажите, пожалуйста, действует ли новая цена для текущих заказов?",
      "Мы проверили образцы, замечаний нет.", "Офис будет закрыт в понедельник.",
    ],
    answers: ["Согласна, спасибо.", "К сожалению, до пятницы не успеем.", "Хорошо, так и сделаем."],
    closings: ["С уважением", "Всего доброго"],
    subjects: ["Предложение %", "Вопрос по договору %", "Встреча по проекту %"],
    attribution: "%D, %N пишет:", replyPrefix: "Re: ")

  static let japanese = Phrases(
    language: "ja", oldCharset: .utf8, greetings: ["お世話になっております。", "皆様"],
    openings: ["先日はありがとうございました。", "お見積書をお送りいたします。"],
    sentences: [
      "納品は来週の木曜日を予定しております。", "新しい価格表は既存のご注文にも適用されますでしょうか。",
      "ご不明な点がございましたら、お気軽にお問い合わせください。", "月曜日は祝日のため休業とさせていただきます。",
    ],
    answers: ["承知いたしました。よろしくお願いいたします。", "確認のうえ、改めてご連絡いたします。"],
    closings: ["よろしくお願いいたします。", "以上、よろしくお願い申し上げます。"],
    subjects: ["%のお見積り", "%打ち合わせの件", "%について"], attribution: "%D、%N のメール:", replyPrefix: "Re: ")
}
