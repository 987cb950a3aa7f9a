internal import MIME

/// A correspondent's answer: a function of the mail that is answered.
struct Reply: Sendable {
  let raw: [UInt8]

  init(by correspondent: Correspondent, to mail: [UInt8], _ headers: MailHeaders, sender: String) {
    let id = headers.messageID.map { "<\($0.text)>" } ?? ""
    var rand = Rand(Rand.hash(id.utf8), Rand.hash(correspondent.address.utf8))
    let author = headers.from.first ?? MailAddress(email: sender)
    let answered = headers.replyTo.first ?? author
    let text = ParsedMessage(mail).body().text
    let date = headers.date ?? MailDate(secondsSince1970: Clock.nowSeconds)
    let when = CivilTime(seconds: date.secondsSince1970, zoneMinutes: date.zoneMinutes)
    let attribution: String
    switch correspondent.style {
    case .outlook:
      attribution =
        "________________________________\nFrom: \(author.name ?? author.email) <\(author.email)>\n"
        + "Sent: \(when.mail)\nTo: \(correspondent.name) <\(correspondent.address)>\nSubject: \(headers.subject)"
    default:
      let day =
        "\(CivilTime.days[when.weekday]), \(CivilTime.months[when.month - 1]) \(when.day), \(when.year)"
      let clock = "\(CivilTime.two(when.hour)):\(CivilTime.two(when.minute))"
      attribution = "On \(day) at \(clock) \(author.name.map { "\($0) " } ?? "")<\(author.email)> wrote:"
    }
    var body = correspondent.text ?? Self.text(&rand)
    if !body.hasSuffix("\n") { body += "\n" }
    let host = correspondent.address.split(separator: "@").last.map(String.init) ?? "customer.example"
    var references = headers.references.map { "<\($0.text)>" }
    if references.isEmpty { references = headers.inReplyTo.prefix(1).map { "<\($0.text)>" } }
    if !id.isEmpty { references.append(id) }
    let subject = headers.subject
    var draft = Draft(
      from: (correspondent.name, correspondent.address), to: [(answered.name ?? "", answered.email)],
      subject: subject.lowercased().hasPrefix("re:") ? subject : "Re: \(subject)",
      seconds: date.secondsSince1970 + max(1, correspondent.delayMilliseconds / 1000), zoneMinutes: -240,
      messageID: "<CA\(String(rand.next(), radix: 36))+\(String(rand.next(), radix: 36))@mail.\(host)>",
      references: references, text: body,
      quote: correspondent.style == .bare ? nil : Draft.Quote(attribution: attribution, text: text))
    draft.isHTML = correspondent.style != .bare
    draft.quoteStyle = correspondent.style
    draft.attachment = correspondent.attachment
    raw = draft.write(boundaryKey: rand.next())
  }

  private static func text(_ rand: inout Rand) -> String {
    let openings = ["Hi,", "Hello,", "Thanks for the quick mail!", "Hi again,"]
    let middles = [
      "That works for us. Could you send the final version by Friday so that I can have it signed?",
      "I talked to my team about it, and we would like to go ahead. What are the next steps?",
      "Before we decide I have one question: does the price include delivery – and for how long is it valid?",
      "Thursday is difficult for me. How about Wednesday at 10:30, or Friday after 2 pm?",
      "Perfect, thank you. I have forwarded it to accounting, they will be in touch.",
    ]
    return "\(rand.pick(openings))\n\n\(rand.pick(middles))\n\nBest,\nDana\n"
  }
}
