extension Dictionary1 {
  /// What people and their programs write, by language.
  static let phrases = #"""
    请查收附件，谢谢！如有问题请随时联系我。祝好，您好，感谢您的来信。发件人：发送时间：收件人：抄送：主题：写道：
    お世話になっております。よろしくお願いいたします。ありがとうございます。ご確認ください。添付ファイル株式会社について送信日時:宛先:件名:差出人:様ですので、ますが、しました。でしょうか。することにい\#
    ただきありましたら
    С уважением, Здравствуйте, Добрый день! Спасибо за письмо. Пожалуйста, сообщите, если у вас есть\#
     вопросы. Во вложении договор и счёт. Мы можем встретиться на следующей неделе, завтра, сегодня.\#
     пишет: Отправлено: Кому: Тема: который чтобы можно нужно после только также очень было будет когда\#
     время работы
    Dziękuję za wiadomość. Dzień dobry, Pozdrawiam, Z poważaniem, W załączniku przesyłam fakturę.\#
     Proszę o potwierdzenie. napisał(a): Wysłano: Do: Temat: jest się nie że która który oraz przez\#
     będzie możemy bardzo także
    Hej, Tack för ditt mejl. Med vänliga hälsningar, Mvh Med venlig hilsen, Vennlig hilsen Tak for din\#
     mail. skrev: och att det är inte för som med kan har ikke jeg vi og på til af er den skickat från\#
     min
    Bom dia, Olá, Obrigado pela sua mensagem. Segue em anexo a proposta. Atenciosamente, Com os\#
     melhores cumprimentos, escreveu: Enviado: Para: Assunto: não você está também para que uma com\#
     mais por isso nós reunião
    Beste, Hoi, Goedemorgen, Bedankt voor je bericht. In de bijlage vind je de offerte. Laat het me\#
     weten als je nog vragen hebt. Met vriendelijke groet, schreef: Verzonden: Aan: Onderwerp: het een\#
     van dat niet voor zijn naar ook deze maar wordt kunnen we volgende week graag
    Buongiorno, Gentile, Ciao, La ringrazio per la mail. In allegato trova il preventivo. Resto a\#
     disposizione per qualsiasi chiarimento. Cordiali saluti, Grazie mille, ha scritto: Inviato:\#
     Oggetto: della che non per una con sono anche alla del gli questo come più nella possiamo riunione\#
     settimana prossima
    Hola, Buenos días, Estimado, Gracias por su mensaje. Adjunto le envío el presupuesto. Quedo a la\#
     espera de su respuesta. Un saludo, Saludos cordiales, Atentamente, escribió: Enviado el: Para:\#
     Asunto: que para con los las una por está más pero también como del esta este puede sobre reunión\#
     próxima semana
    Bonjour, Madame, Monsieur, Merci pour votre message. Vous trouverez ci-joint le devis. N'hésitez\#
     pas à me contacter si vous avez des questions. Je reste à votre disposition pour toute information\#
     complémentaire. Bien cordialement, Cordialement, Merci beaucoup, Bonne journée, a écrit : Envoyé :\#
     À : Objet : De : nous vous avons pour que dans les des une est pas avec sur cette plus être votre\#
     notre aussi mais réunion semaine prochaine aujourd'hui demain
    Sehr geehrte Damen und Herren, Sehr geehrter Herr Sehr geehrte Frau Hallo zusammen, Guten Tag,\#
     Guten Morgen, Liebe Grüße Vielen Dank für Ihre Nachricht. Vielen Dank für die schnelle Antwort. im\#
     Anhang finden Sie das Angebot und die Rechnung. anbei die Unterlagen wie besprochen. Bitte geben\#
     Sie mir kurz Bescheid, ob der Termin nächste Woche passt. Bei Fragen stehe ich Ihnen gerne zur\#
     Verfügung. Ich freue mich auf Ihre Rückmeldung. Wir melden uns morgen. Mit freundlichen Grüßen\#
     Viele Grüße Beste Grüße Freundliche Grüße Geschäftsführer: Sitz der Gesellschaft: Registergericht:\#
     Amtsgericht HRB USt-IdNr.: Telefon: Fax: GmbH schrieb: Von: Gesendet: An: Cc: Betreff: Am Montag,\#
     Dienstag, Mittwoch, Donnerstag, Freitag, Januar Februar März April Juni Juli Oktober Dezember\#
     nicht und die der das eine einen wird werden haben können auch noch dass für mit auf von ist sind\#
     wenn wir uns über nach oder aber bei zum zur diese unsere
    This email and any attachments are confidential and intended solely for the use of the individual\#
     or entity to whom they are addressed. If you have received this message in error, please notify\#
     the sender immediately and delete it from your system. If you are not the intended recipient, any\#
     use, disclosure, copying or distribution is prohibited. Please consider the environment before\#
     printing this email. CAUTION: This email originated from outside of the organization. Do not click\#
     links or open attachments unless you recognize the sender and know the content is safe.
    You are receiving this email because you signed up for our newsletter. If you no longer wish to\#
     receive these emails, you can unsubscribe here. View this email in your browser. Manage your\#
     preferences. All rights reserved. Privacy Policy | Terms of Service. This is an automatically\#
     generated message, please do not reply to this email. Your order has been shipped. Thank you for\#
     your order. Your invoice is attached. Click here to reset your password. Join Zoom Meeting\#
     https://zoom.us/j/ Meeting ID: Passcode: Join Microsoft Teams Meeting Learn More | Meeting options
    I am out of the office and will be back on Monday. For urgent matters please contact Please find\#
     attached Please see below. As discussed, As mentioned on the phone, I wanted to follow up on Just\#
     checking in to see if you had a chance to look at the proposal. Could you please send me the\#
     signed contract by the end of the week? We would like to schedule a meeting next week to discuss\#
     the project. Would Tuesday or Thursday afternoon work for you? Let me know what time works best.\#
     Thank you for your message. Thank you for getting back to me. Thanks for your quick reply. Thanks\#
     for the update. I will get back to you tomorrow with the details. We are looking forward to\#
     working with you. I look forward to hearing from you. Looking forward to your reply. Please do not\#
     hesitate to contact us if you have any questions. Please let me know if you have any further\#
     questions or need additional information. Feel free to reach out. I hope this email finds you\#
     well. I hope you are doing well. Sorry for the late reply. It was great to meet you. No problem,\#
     that sounds good to me. Happy to help. See attached the quote, the price list and the delivery\#
     date for the first order. What do you think? We need to confirm the number of users before we can\#
     make a decision. Should we move the call to Wednesday, Friday or Monday morning? January February\#
     March April May June July August September October November December Sunday Saturday
     about after again all also and another any are as at be because been before but by can could did\#
     does done each for from get give going had has have he her here him his how if in into is it its\#
     just know like make many more most much must my new next no not now of off on one only or other\#
     our out over people please possible problem provide question really same say see send set she\#
     should since so some still such support sure take team than that the their them then there these\#
     they think this those time to today two under until up us use using very want was way we were what\#
     when where which while who will with without work would yes yet you your ing tion ation ment able\#
     ness ally ould ight ance ence ment.
    Dear Sir or Madam, Dear Mr. Dear Ms. Dear all, Dear team, Good morning, Hello everyone, Hi all, Hi\#
     there, Hello, Hi\#u{20}
    Many thanks, Thanks again, Thanks, Thank you, Thank you and best regards, With kind regards, Kind\#
     regards, Best regards, Warm regards, Regards, Best wishes, Best, Cheers, Yours sincerely,\#
     Sincerely,\#u{20}
    Get Outlook for iOS<https://aka.ms/o0ukef> Get Outlook for Android<https://aka.ms/AAb9ysg> Sent\#
     from Yahoo Mail on Android Sent from Mail for Windows Sent from my Samsung Galaxy smartphone. Sent\#
     with Proton Mail secure email. Von meinem iPhone gesendet Envoyé de mon iPhone Enviado desde mi\#
     iPhone Inviato da iPhone Sent from my iPad Sent from my iPhone
    ---------- Forwarded message ---------
    -------- Forwarded Message --------
    Begin forwarded message:
    -----Ursprüngliche Nachricht-----
    ________________________________
    -----Original Message-----
    From:\#u{20}
    Sent: Monday, January\#u{20}
    To:\#u{20}
    Cc:\#u{20}
    Subject: Re: Fwd: AW: WG: RE: FW:\#u{20}
    On Mon, Jan 1, 2024 at 10:00 AM On Tue, Feb 2, 2025 at 3:15 PM On Wed, 12 Mar 2026 at 11:30, On\#
     Thu, Apr On Fri, May <> wrote:
    > On\#u{20}
    >>\#u{20}
    > >\#u{20}
    > Hi\#u{20}
    > Thanks
    >\#u{20}
    > Best regards,
    >\#u{20}
    --\#u{20}

    """#
}
