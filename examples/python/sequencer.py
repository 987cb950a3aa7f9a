"""sequencer.py ADDRESS...: sends each of them the steps below, and stops at a reply or a hard bounce.

Everything it must remember is on the server: a step's idempotency key makes sending it again harmless, and the events
are read from the beginning. SEQUENCER_WAIT is the time between steps in seconds; three days when it is not set.
"""
import os
import sys
import time
from datetime import datetime, timezone

from postroom import Address, Client

NAME = "spring-offer"
STEPS = [
    ("An offer", "Hello, we have an offer for you."),
    ("Re: An offer", "Did you have time to look at it?"),
    ("Re: An offer", "I will not write again. All the best."),
]
WAIT = float(os.environ.get("SEQUENCER_WAIT", 3 * 86400))


class Contact:
    def __init__(self, address):
        self.address, self.step, self.due, self.first, self.end = address, 0, 0.0, None, None

    def send(self, client, mailbox):
        if self.step == len(STEPS):
            self.end = "no answer"
            return
        subject, text = STEPS[self.step]
        sent = client.mail.send(
            mailbox_id=mailbox, to=[Address(email=self.address)], subject=subject, text=text, origin="sequence",
            in_reply_to_mail_id=self.first and self.first.id,
            idempotency_key=f"{NAME}/{self.address}/{self.step}")
        self.first = self.first or sent.mail
        self.step += 1
        began = datetime.fromisoformat(sent.submission.created_at.replace("Z", "+00:00"))
        self.due = began.timestamp() + WAIT
        print(f"{self.address}: step {self.step}", flush=True)

    def hear(self, event):
        if self.end or not self.first or event.thread_id != self.first.thread_id:
            return
        if event.type == "mail.logged" and event.facts.get("direction") == "incoming" and "kind" not in event.facts:
            self.end = "replied"
        if event.type == "mail.bounced" and event.facts.get("severity") == "hard":
            self.end = "bounced"


def main(client, addresses):
    mailbox = client.mailbox.list().mailboxes[0].id
    contacts = [Contact(address) for address in addresses]
    for contact in contacts:
        contact.send(client, mailbox)
    after = "0"
    while any(contact.end is None for contact in contacts):
        page = client.events.read(after=after)
        for event in page.events:
            for contact in contacts:
                contact.hear(event)
        after = page.cursor
        if page.events:
            continue  # First everything that has happened, then the next step.
        for contact in contacts:
            if contact.end is None and contact.due <= datetime.now(timezone.utc).timestamp():
                contact.send(client, mailbox)
        time.sleep(0.2)
    for contact in contacts:
        print(f"{contact.address}: {contact.end}")


if len(sys.argv) < 2:
    sys.exit(__doc__)
with Client(os.environ["POSTROOM_URL"], token=os.environ.get("POSTROOM_TOKEN")) as client:
    main(client, sys.argv[1:])
