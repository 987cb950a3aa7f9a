// sequencer ADDRESS...: sends each of them the steps below, and stops at a reply or a hard bounce.
//
// Everything it must remember is on the server: a step's idempotency key makes sending it again harmless, and the events
// are read from the beginning. SEQUENCER_WAIT is the time between steps in seconds; three days when it is not set.
import { PostroomClient } from "postroom";
import type { Event, Mail } from "postroom";

const name = "spring-offer";
const steps = [
  ["An offer", "Hello, we have an offer for you."],
  ["Re: An offer", "Did you have time to look at it?"],
  ["Re: An offer", "I will not write again. All the best."],
] as const;
const wait = Number(process.env["SEQUENCER_WAIT"] ?? 3 * 86400) * 1000;
const client = new PostroomClient(process.env["POSTROOM_URL"] ?? "", process.env["POSTROOM_TOKEN"] ? { token: process.env["POSTROOM_TOKEN"] } : {});

class Contact {
  end = "";
  due = 0;
  private step = 0;
  private first: Mail | undefined;

  constructor(readonly address: string) {}

  async send(mailboxId: string) {
    const next = steps[this.step];
    if (next === undefined) {
      this.end = "no answer";
      return;
    }
    const [subject, text] = next;
    const sent = await client.mail.send({
      mailboxId, to: [{ email: this.address }], subject, text, origin: "sequence",
      ...(this.first ? { inReplyToMailId: this.first.id } : {}),
    }, { idempotencyKey: `${name}/${this.address}/${this.step}` });
    this.first ??= sent.mail;
    this.step += 1;
    this.due = Date.parse(sent.submission.createdAt) + wait;
    console.log(`${this.address}: step ${this.step}`);
  }

  hear(event: Event) {
    if (this.end !== "" || this.first === undefined || event.threadId !== this.first.threadId) return;
    const { direction, kind, severity } = event.facts;
    if (event.type === "mail.logged" && direction === "incoming" && kind === undefined) this.end = "replied";
    if (event.type === "mail.bounced" && severity === "hard") this.end = "bounced";
  }
}

const [mailbox] = (await client.mailbox.list()).mailboxes;
if (mailbox === undefined) throw new Error("no mailbox is connected");
const contacts = process.argv.slice(2).map((address) => new Contact(address));
for (const contact of contacts) await contact.send(mailbox.id);
let after = "0";
while (contacts.some((contact) => contact.end === "")) {
  const page = await client.events.read({ after });
  for (const event of page.events) for (const contact of contacts) contact.hear(event);
  after = page.cursor;
  if (page.events.length > 0) continue; // First everything that has happened, then the next step.
  for (const contact of contacts) if (contact.end === "" && contact.due <= Date.now()) await contact.send(mailbox.id);
  await new Promise((resolve) => setTimeout(resolve, 200));
}
for (const contact of contacts) console.log(`${contact.address}: ${contact.end}`);
await client.close();
