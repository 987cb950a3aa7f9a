"""The whole story by the Python client, on real servers: connect, sync, send, reply, show, erase.

Prints one line a step; ends with an exception where something is not as it must be.
"""
import imaplib
import os
import smtplib
import ssl
import sys
import time
from email.message import EmailMessage

from postroom import Client, PostroomError, PurgeScope, ServerChoice

ENV = os.environ
CONTEXT = ssl.create_default_context(cafile=ENV["MAIL_CA"])
CONTACT = "quentin+marmalade3@example.test"
SUBJECT = "Armadillo estimate 9043"
QUESTION = "Does the velvet barometer suit you?"
ANSWER = "The cardamom answer is no."
FILE = bytes(i * 17 & 255 ^ i >> 8 for i in range(40_000))


def step(text):
    print(text, flush=True)


def until(what, look, seconds=30.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"did not happen within {seconds} s: {what}")


def fails(reason, call):
    try:
        call()
    except PostroomError as error:
        assert error.reason == reason, f"{error.reason} instead of {reason}: {error}"
        return error
    raise AssertionError(f"{reason} was expected")


def raws(user, folder, message_id):
    """The octets of all mails with a Message-ID, by plain IMAP."""
    box = imaplib.IMAP4_SSL("127.0.0.1", int(ENV["MAIL_IMAPS"]), ssl_context=CONTEXT, timeout=20)
    box.login(user, "secret")
    box.select(folder, readonly=True)
    _, (numbers,) = box.uid("SEARCH", "HEADER", "Message-ID", f'"{message_id}"')
    found = []
    for uid in numbers.split():
        _, answers = box.uid("FETCH", uid, "(BODY.PEEK[])")
        found += [part[1] for part in answers if isinstance(part, tuple)]
    box.logout()
    return found


def submit(user, message, *recipients):
    with smtplib.SMTP_SSL("127.0.0.1", int(ENV["MAIL_SUBMISSIONS"]), context=CONTEXT, timeout=20) as server:
        server.login(user, "secret")
        server.sendmail(f"{user}@example.test", recipients, message.as_bytes())


def traces(*texts):
    hits = dict.fromkeys(texts, 0)
    for folder, _, names in os.walk(ENV["POSTROOM_DATA"]):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                with open(path, "rb") as f:
                    content = f.read()
                for text in texts:
                    hits[text] += content.count(text.encode())
    return hits


def connect(client):
    choice = lambda port: ServerChoice(host="127.0.0.1", port=int(ENV[port]), security="tls")
    error = fails(
        "connect.imap.authenticationFailed", lambda: client.mailbox.connect(
            email="paula@example.test", password="wrong", imap=choice("MAIL_IMAPS"), smtp=choice("MAIL_SUBMISSIONS")))
    assert error.details["step"] == "login" and error.details["advice"], error.details
    assert client.mailbox.list().mailboxes == []
    box = client.mailbox.connect(
        email="paula@example.test", password="secret", display_name="Paula Example", imap=choice("MAIL_IMAPS"),
        smtp=choice("MAIL_SUBMISSIONS"))
    stored = []
    with client.sync.watch(mailbox_id=box.id, timeout=60) as statuses:
        for status in statuses:
            stored.append(status.stored)
            if status.complete and status.phase == "live":
                break
    assert stored == sorted(stored) and stored[-1] == 300, stored
    upgraded = lambda port: {"host": "127.0.0.1", "port": int(ENV[port]), "security": "starttls"}
    client.mailbox.connect(
        email="quentin@example.test", password="secret", imap=upgraded("MAIL_IMAP"), smtp=upgraded("MAIL_SUBMISSION"))
    kept = client.purge.preview(scope=PurgeScope(kind="mailbox", mailbox_id=box.id))
    assert (kept.mails, kept.bodies) == (300, 0), kept
    step(f"connected and synced {stored[-1]} mails in {len(stored)} steps, no body kept")
    return box


def send(client, box):
    def call(text):
        return client.mail.send(
            mailbox_id=box.id, to=[{"name": "Quentin Marsh", "email": CONTACT}], subject=SUBJECT, text=text,
            idempotency_key="estimate-1")

    sent, again = call(QUESTION), call(QUESTION)
    assert not sent.replayed and again.replayed and again.mail.id == sent.mail.id
    fails("idempotency.keyReused", lambda: call("Another text"))

    def filed():
        now = client.mail.status(mail_id=sent.mail.id)
        return now if now.state == "accepted" and now.sent_copy != "pending" else None

    assert until("accepted and filed", filed).sent_copy == "appended"
    message_id = sent.submission.message_id
    until("delivered", lambda: raws("quentin", "INBOX", message_id))
    assert len(raws("quentin", "INBOX", message_id)) == 1 and len(raws("paula", "Sent", message_id)) == 1
    step("sent once, delivered once, one copy in Sent")
    return sent


def reply(client, box, sent):
    latest = client.events.read(limit=1).latest
    message = EmailMessage()
    message["From"] = f"Quentin Marsh <{CONTACT}>"
    message["To"] = "paula@example.test"
    message["Subject"] = "Re: " + SUBJECT
    message["Message-ID"] = "<py-reply@example.test>"
    message["In-Reply-To"] = message["References"] = f"<{sent.submission.message_id}>"
    message.set_content(f"{ANSWER}\n\nOn Mon, 2 Mar 2026 at 09:00, Paula <paula@example.test> wrote:\n> {QUESTION}\n")
    message.add_attachment(FILE, maintype="application", subtype="octet-stream", filename="estimate.bin")
    submit("quentin", message, "paula@example.test")
    with client.events.subscribe(after=latest, timeout=60) as events:
        event = next(
            e for e in events
            if e.type == "mail.logged" and e.mailbox_id == box.id and e.facts["direction"] == "incoming")
    assert event.mail.thread_id == sent.mail.thread_id and event.mail.matched_by == "inReplyTo", event
    step("the reply was logged")
    return event.mail


def show(client, sent, answer):
    (thread,) = client.thread.lookup(message_id=sent.submission.message_id).threads
    detail = client.thread.get(thread_id=thread.id)
    assert [m.mail.id for m in detail.mails] == [sent.mail.id, answer.id]
    theirs = detail.mails[1]
    assert theirs.body.reply_text.strip() == ANSWER, theirs.body.reply_text
    assert QUESTION in theirs.body.quoted_text
    (attachment,) = theirs.attachments
    assert attachment.name == "estimate.bin" and attachment.size == len(FILE)
    assert b"".join(c.data for c in client.attachment.get(blob_id=attachment.blob_id, timeout=30)) == FILE
    source = b"".join(c.data for c in client.mail.source(mail_id=answer.id, timeout=30))
    assert [source] == raws("paula", "INBOX", "py-reply@example.test")
    step("the thread, the reply without its quote, the attachment and the source are right")


def resume(client):
    paged, place = [], None
    while True:
        page = client.events.read(after=place, limit=4)
        paged += page.events
        place = page.cursor
        if not page.events:
            break
    numbers = [int(e.seq) for e in paged]
    assert numbers == sorted(set(numbers))
    streamed = []
    while len(streamed) < len(paged):
        with client.events.subscribe(after=streamed[-1].seq if streamed else None, timeout=30) as events:
            for event in events:
                streamed.append(event)
                if len(streamed) % 5 == 0 or len(streamed) == len(paged):
                    break
    assert [e.seq for e in streamed] == [e.seq for e in paged]
    step(f"{len(paged)} events, none missing or doubled")


def erase(client, box, sent, answer):
    assert all(traces(CONTACT, SUBJECT).values())
    scope = PurgeScope(kind="contact", email=CONTACT)
    preview = client.purge.preview(scope=scope)
    begun = client.purge.run(scope=scope)

    def done():
        now = client.purge.status(purge_id=begun.id)
        return now if now.state == "done" else None

    receipt = until("erased", done)
    assert receipt.counts == preview and preview.mails == 3, (receipt, preview)
    assert receipt.remaining == 0 and receipt.log_truncated
    for mail in (sent.mail, answer):
        assert fails("mail.unknown", lambda: client.mail.get(mail_id=mail.id)).status == "NOT_FOUND"
    other = EmailMessage()
    other["Subject"], other["Message-ID"] = "Other", "<py-after@example.test>"
    other.set_content("Hi")
    submit("carl", other, "paula@example.test")
    until("delivered", lambda: raws("paula", "INBOX", "py-after@example.test"))
    client.sync.run(mailbox_id=box.id)
    until("synced", lambda: client.mail.list(message_id="py-after@example.test", logged_only=False).mails)
    assert client.mail.list(contact=CONTACT, logged_only=False).mails == []
    left = traces(CONTACT, SUBJECT, QUESTION, ANSWER, "Quentin Marsh", "py-reply@example.test")
    assert not any(left.values()), left
    step("erased, and it does not come back")


def main():
    with Client(ENV["POSTROOM_URL"], token=ENV["POSTROOM_TOKEN"]) as client:
        fails("token.invalid", lambda: Client(ENV["POSTROOM_URL"], token="wrong").mailbox.list())
        box = connect(client)
        sent = send(client, box)
        answer = reply(client, box, sent)
        show(client, sent, answer)
        resume(client)
        erase(client, box, sent, answer)
    step("done")


if __name__ == "__main__":
    sys.exit(main())
