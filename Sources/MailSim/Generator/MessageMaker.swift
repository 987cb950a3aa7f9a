internal import Bytes

/// Makes the messages that a folder has from the start. Message n is a function of the seed, the
/// user, the folder and n: nothing is kept.
///
/// INBOX: blocks of ten hold a few interleaved conversations; some of them go on with a mail of the
/// user's own, which is in Sent. In between are newsletters and notices.
struct MessageMaker: Sendable {
  enum Kind: UInt64, Sendable {
    case inbox = 1
    case sent, archive, junk, trash
  }

  /// From one message to the next in INBOX.
  private static let spacingSeconds: Int64 = 660
  private static let blockSize: UInt32 = 10
  /// Which conversation each message of a block belongs to.
  private static let layouts: [[Int]] = [
    [0, 1, 0, 2, 0, 1, 3, 2, 0, 4], [0, 0, 1, 0, 2, 0, 3, 0, 4, 0], [0, 1, 2, 3, 4, 5, 6, 0, 1, 2],
    [0, 1, 1, 2, 1, 3, 4, 5, 5, 6], [0, 1, 2, 2, 3, 3, 3, 4, 5, 6],
  ]

  let user: String
  let domain: String
  let kind: Kind
  /// Messages 1...count.
  let count: UInt32
  private let seed: UInt64
  private let userKey: UInt64
  private let inboxCount: UInt32
  private let newestSeconds: Int64

  init(seed: UInt64, user: String, domain: String, kind: Kind, inboxCount: Int, newestSeconds: Int64) {
    self.seed = seed
    self.user = user
    self.domain = domain
    self.kind = kind
    self.newestSeconds = newestSeconds
    userKey = Rand.hash(user.utf8)
    let n = UInt32(clamping: min(max(inboxCount, 0), 100_000_000))
    self.inboxCount = n
    switch kind {
    case .inbox: count = n
    case .sent: count = n / 5
    case .archive: count = n / 10
    case .junk, .trash: count = n / 50
    }
  }

  // MARK: What is known without the text

  /// Messages that have \Seen.
  var seen: UIDRanges {
    guard count > 0, kind != .junk else { return UIDRanges() }
    if kind != .inbox { return UIDRanges(1...count) }
    let unseen = min(count, count / 50 + 2)
    return count > unseen ? UIDRanges(1...(count - unseen)) : UIDRanges()
  }

  func flags(_ number: UInt32) -> [String] {
    var flags: [String] = []
    if seen.contains(number) { flags.append("\\Seen") }
    if kind == .inbox && number % 5 == 0 && number / 5 <= inboxCount / 5 && seen.contains(number) {
      flags.append("\\Answered")
    }
    var rand = Rand(seed, userKey, kind.rawValue, UInt64(number), 7)
    if kind == .inbox && rand.chance(percent: 3) { flags.append("\\Flagged") }
    return flags
  }

  /// Ascending with the number.
  func dateSeconds(_ number: UInt32) -> Int64 {
    switch kind {
    case .inbox: return Self.inboxSeconds(number, of: inboxCount, newest: newestSeconds, seed: seed ^ userKey)
    // An answer to message 5n of INBOX, sent soon after it.
    case .sent:
      return Self.inboxSeconds(number * 5, of: inboxCount, newest: newestSeconds, seed: seed ^ userKey) + 200
    case .archive: return newestSeconds - Int64(count - number + 1) * Self.spacingSeconds * 10
    case .junk, .trash: return newestSeconds - Int64(count - number + 1) * Self.spacingSeconds * 50
    }
  }

  private static func inboxSeconds(_ number: UInt32, of count: UInt32, newest: Int64, seed: UInt64) -> Int64 {
    var rand = Rand(seed, UInt64(number), 5)
    return newest - Int64(Int64(count) - Int64(number)) * spacingSeconds - Int64(rand.below(300))
  }

  /// With "<>".
  func messageID(_ number: UInt32) -> String { messageID(kind, number) }

  private func messageID(_ kind: Kind, _ number: UInt32) -> String {
    var rand = Rand(seed, userKey, kind.rawValue, UInt64(number), 1)
    let host =
      kind == .sent
      ? domain : "mail.\(Phrases.projects[rand.below(Phrases.projects.count)].lowercased()).example"
    return "<\(user).\(kind.rawValue).\(number).\(String(rand.next(), radix: 16))@\(host)>"
  }

  /// The message whose Message-ID contains `text`, if `text` shows a number.
  func number(messageID text: String) -> UInt32? {
    let parts = text.utf8.drop { $0 == 0x3C }.split(separator: 0x2E)
    guard parts.count >= 4, let value = ASCII.decimal(parts[2], atMost: UInt64(count)), value > 0 else {
      return nil
    }
    let number = UInt32(value)
    return messageID(number).contains(text) ? number : nil
  }

  // MARK: Conversations

  /// Where a message stands in its conversation.
  private struct Place {
    let conversation: UInt64
    /// INBOX messages of the conversation before this one, oldest first.
    let earlier: [UInt32]
  }

  private func place(_ number: UInt32) -> Place {
    let block = (number - 1) / Self.blockSize
    var rand = Rand(seed, userKey, Kind.inbox.rawValue, UInt64(block), 2)
    let layout = rand.pick(Self.layouts)
    let slot = Int((number - 1) % Self.blockSize)
    let own = layout[slot]
    let earlier = (0..<slot).filter { layout[$0] == own }.map { block * Self.blockSize + UInt32($0) + 1 }
    return Place(conversation: UInt64(block) * 10 + UInt64(own), earlier: earlier)
  }

  private struct Topic {
    let phrases: Phrases
    let subject: String
    let people: [(name: String, address: String)]
    let isAutomatic: Bool
  }

  private func topic(_ conversation: UInt64) -> Topic {
    var rand = Rand(seed, userKey, kind == .sent ? Kind.inbox.rawValue : kind.rawValue, conversation, 3)
    // English is half of it.
    let phrases = rand.chance(percent: 50) ? Phrases.english : rand.pick(Phrases.all)
    let subject = rand.pick(phrases.subjects).replacing("%", with: rand.pick(Phrases.projects))
    let first = rand.below(Phrases.people.count)
    let second = (first + 1 + rand.below(Phrases.people.count - 1)) % Phrases.people.count
    return Topic(
      phrases: phrases, subject: subject, people: [Phrases.people[first], Phrases.people[second]],
      isAutomatic: rand.chance(percent: 18))
  }

  /// The own words of INBOX message `number`, without quote and greeting.
  private func ownText(_ number: UInt32, _ topic: Topic, isAnswer: Bool) -> String {
    var rand = Rand(seed, userKey, kind == .sent ? Kind.inbox.rawValue : kind.rawValue, UInt64(number), 4)
    let phrases = topic.phrases
    var paragraphs = [isAnswer ? rand.pick(phrases.answers) : rand.pick(phrases.openings)]
    // One after the other from a chance beginning: nobody says the same twice.
    var next = rand.below(phrases.sentences.count)
    var left = phrases.sentences.count
    for _ in 0..<(isAnswer ? rand.below(2) : 1 + rand.below(3)) {
      let count = min(1 + rand.below(4), left)
      if count == 0 { break }
      left -= count
      let sentences = (0..<count).map { phrases.sentences[(next + $0) % phrases.sentences.count] }
      next += count
      paragraphs.append(sentences.joined(separator: phrases.language == "ja" ? "" : " "))
    }
    return paragraphs.map { Self.wrap($0) }.joined(separator: "\n\n")
  }

  /// Lines of at most 76 octets, cut at spaces.
  private static func wrap(_ text: String) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    var used = 0
    for word in text.utf8.split(separator: 0x20) {
      if used > 0 {
        out.append(used + word.count > 75 ? 10 : 0x20)
        used = used + word.count > 75 ? 0 : used + 1
      }
      out += word
      used += word.count
    }
    return String(decoding: out, as: UTF8.self)
  }

  // MARK: Messages

  func message(_ number: UInt32) -> [UInt8] {
    switch kind {
    case .inbox:
      let place = place(number)
      let topic = topic(place.conversation)
      if topic.isAutomatic && place.earlier.isEmpty { return notice(number, topic) }
      return conversation(number, place, topic)
    case .sent: return answer(number)
    case .archive, .junk, .trash: return notice(number, topic(UInt64(number)))
    }
  }

  private func person() -> (name: String, address: String) {
    (user.prefix(1).uppercased() + user.dropFirst(), "\(user)@\(domain)")
  }

  private func conversation(_ number: UInt32, _ place: Place, _ topic: Topic) -> [UInt8] {
    var rand = Rand(seed, userKey, kind.rawValue, UInt64(number), 6)
    let sender = topic.people[place.earlier.count % 2]
    var references: [String] = []
    for earlier in place.earlier {
      references.append(messageID(.inbox, earlier))
      if sentAnswers(earlier) { references.append(messageID(.sent, earlier / 5)) }
    }
    var text = ownText(number, topic, isAnswer: !place.earlier.isEmpty)
    text =
      "\(rand.pick(topic.phrases.greetings)),\n\n\(text)\n\n\(rand.pick(topic.phrases.closings))\n\(sender.name)\n"
    var quote: Draft.Quote?
    if let parent = place.earlier.last {
      let answered = sentAnswers(parent)
      quote = Draft.Quote(
        attribution: topic.phrases.attribution
          .replacing("%D", with: CivilTime(seconds: inboxDate(parent)).mail)
          .replacing("%N", with: answered ? person().name : topic.people[(place.earlier.count + 1) % 2].name),
        text: ownText(parent, topic, isAnswer: place.earlier.count > 1))
    }
    var draft = Draft(
      from: sender, to: [person()],
      subject: (references.isEmpty ? "" : topic.phrases.replyPrefix) + topic.subject,
      seconds: dateSeconds(number), zoneMinutes: rand.pick([0, 60, 120, -300, -480, 330, 540]),
      messageID: messageID(number), references: references, text: text, quote: quote)
    if rand.chance(percent: 30) { draft.cc = [Phrases.people[rand.below(Phrases.people.count)]] }
    style(&draft, topic.phrases, &rand)
    if rand.chance(percent: 25) {
      draft.signature =
        "\(sender.name)\n\(rand.pick(Phrases.projects)) Ltd\n+44 20 7946 0\(100 + rand.below(900))"
    }
    if rand.chance(percent: 6) { draft.attachment = attachment(&rand) }
    return draft.write(boundaryKey: rand.next())
  }

  /// The user's answer to message 5n of INBOX.
  private func answer(_ number: UInt32) -> [UInt8] {
    let parent = number * 5
    let place = place(parent)
    let topic = topic(place.conversation)
    var rand = Rand(seed, userKey, kind.rawValue, UInt64(number), 6)
    let to = topic.people[place.earlier.count % 2]
    let text =
      "\(rand.pick(topic.phrases.answers))\n\n\(rand.pick(topic.phrases.closings))\n\(person().name)\n"
    var draft = Draft(
      from: person(), to: [to], subject: topic.phrases.replyPrefix + topic.subject,
      seconds: dateSeconds(number),
      zoneMinutes: 0, messageID: messageID(number),
      references: (place.earlier + [parent]).map { messageID(.inbox, $0) }, text: text,
      quote: Draft.Quote(
        attribution: topic.phrases.attribution
          .replacing("%D", with: CivilTime(seconds: inboxDate(parent)).mail).replacing("%N", with: to.name),
        text: ownText(parent, topic, isAnswer: !place.earlier.isEmpty)))
    draft.isHTML = rand.chance(percent: 50)
    return draft.write(boundaryKey: rand.next())
  }

  /// A newsletter or an automatic notice.
  private func notice(_ number: UInt32, _ topic: Topic) -> [UInt8] {
    var rand = Rand(seed, userKey, kind.rawValue, UInt64(number), 8)
    let project = rand.pick(Phrases.projects)
    let host = "\(project.lowercased()).example"
    let isList = rand.chance(percent: 60)
    var draft = Draft(
      from: (isList ? "\(project) News" : "\(project)", "\(isList ? "news" : "no-reply")@\(host)"),
      to: [person()],
      subject: isList
        ? "\(project): \(topic.subject)"
        : "[\(project)] Ticket #\(10_000 + rand.below(90_000)) \(topic.subject)",
      seconds: dateSeconds(number), zoneMinutes: 0, messageID: messageID(number), references: [],
      text: ownText(number, topic, isAnswer: false) + "\n", quote: nil)
    style(&draft, topic.phrases, &rand)
    draft.isHTML = draft.isHTML || isList
    draft.extraFields =
      isList
      ? [
        ("List-Id", "\(project) News <news.\(host)>"), ("List-Unsubscribe", "<https://\(host)/u/\(number)>"),
        ("Precedence", "bulk"),
      ] : [("Auto-Submitted", "auto-generated")]
    if kind == .archive && rand.chance(percent: 20) { draft.attachment = attachment(&rand) }
    return draft.write(boundaryKey: rand.next())
  }

  private func style(_ draft: inout Draft, _ phrases: Phrases, _ rand: inout Rand) {
    draft.isHTML = rand.chance(percent: 45)
    draft.charset = rand.chance(percent: 35) ? phrases.oldCharset : .utf8
    draft.encoding = rand.pick([.quotedPrintable, .quotedPrintable, .base64, .eightBit])
  }

  private func sentAnswers(_ number: UInt32) -> Bool { number % 5 == 0 && number / 5 <= inboxCount / 5 }

  private func inboxDate(_ number: UInt32) -> Int64 {
    Self.inboxSeconds(number, of: inboxCount, newest: newestSeconds, seed: seed ^ userKey)
  }

  private func attachment(_ rand: inout Rand) -> Correspondent.Attachment {
    let octets = 3_000 + rand.below(60_000)
    var content: [UInt8]
    let (name, type): (String, String)
    switch rand.below(3) {
    case 0:
      (name, type) = ("Offer \(rand.below(1000)).pdf", "application/pdf")
      content = [UInt8]("%PDF-1.4\n".utf8)
    case 1:
      (name, type) = ("Übersicht.csv", "text/csv")
      content = [UInt8]("item;price\n".utf8)
      while content.count < octets {
        content += "\(rand.below(9999));\(rand.below(999)),\(10 + rand.below(90))\n".utf8
      }
      return Correspondent.Attachment(name: name, type: type, content: content)
    default:
      (name, type) = ("scan_\(rand.below(10_000)).png", "image/png")
      content = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    }
    while content.count < octets {
      let word = rand.next()
      for shift in stride(from: 0, to: 64, by: 8) {
        content.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    return Correspondent.Attachment(name: name, type: type, content: content)
  }
}
