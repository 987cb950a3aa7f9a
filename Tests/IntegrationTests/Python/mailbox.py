"""What a user's other mail program does, for the tests: plain IMAP and submission.

usage: mailbox.py CA send PORT FROM FILE RECIPIENT...
       mailbox.py CA ids PORT USER FOLDER              counts of Message-IDs as JSON
       mailbox.py CA fetch PORT USER FOLDER ID FILE    the octets of the one mail with that Message-ID
"""
import collections
import email
import imaplib
import json
import smtplib
import ssl
import sys


def imap(context, port, user, folder):
    box = imaplib.IMAP4_SSL("127.0.0.1", int(port), ssl_context=context, timeout=20)
    box.login(user, "secret")
    box.select(folder, readonly=True)
    return box


def send(context, port, sender, file, *recipients):
    with open(file, "rb") as f:
        raw = f.read()
    with smtplib.SMTP_SSL("127.0.0.1", int(port), context=context, timeout=20) as server:
        server.login(sender.split("@")[0].split("+")[0], "secret")
        server.sendmail(sender, recipients, raw)


def ids(context, port, user, folder):
    box = imap(context, port, user, folder)
    found = collections.Counter()
    _, answers = box.uid("FETCH", "1:*", "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
    for part in answers:
        if isinstance(part, tuple):
            found[str(email.message_from_bytes(part[1]).get("Message-ID", "")).strip(" <>")] += 1
    box.logout()
    print(json.dumps(found))


def fetch(context, port, user, folder, message_id, file):
    box = imap(context, port, user, folder)
    _, (numbers,) = box.uid("SEARCH", "HEADER", "Message-ID", f'"{message_id}"')
    (uid,) = numbers.split()
    _, answers = box.uid("FETCH", uid, "(BODY.PEEK[])")
    with open(file, "wb") as f:
        f.write(next(part[1] for part in answers if isinstance(part, tuple)))
    box.logout()


if __name__ == "__main__":
    action = {"send": send, "ids": ids, "fetch": fetch}[sys.argv[2]]
    action(ssl.create_default_context(cafile=sys.argv[1]), *sys.argv[3:])
