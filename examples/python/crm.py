"""crm.py show ADDRESS: the person's timeline. crm.py erase ADDRESS [--yes]: erases the person."""
import os
import sys
import time

from postroom import Client, PurgeScope


def show(client, address):
    mails, cursor = [], None
    while True:
        page = client.mail.list(contact=address, cursor=cursor)
        mails += page.mails
        cursor = page.cursor
        if cursor is None:
            break
    for mail in sorted(mails, key=lambda mail: mail.received_at):
        way = "<-" if mail.direction == "incoming" else "->"
        print(f"{mail.received_at[:16]} {way} {mail.subject}")
        body = client.mail.get(mail_id=mail.id).body
        for line in (body.reply_text if body else "").strip().split("\n"):
            print(f"    {line}")
    print(f"{len(mails)} mails")


def erase(client, address, is_sure):
    scope = PurgeScope(kind="contact", email=address)
    counts = client.purge.preview(scope=scope)
    print(f"{counts.mails} mails in {counts.threads} conversations would go")
    if not is_sure:
        return
    purge = client.purge.run(scope=scope)
    while purge.state != "done":
        time.sleep(0.1)
        purge = client.purge.status(purge_id=purge.id)
    print(f"{purge.counts.mails} mails are gone, {purge.remaining} are left")


match sys.argv[1:]:
    case ["show", address]: act = lambda client: show(client, address)
    case ["erase", address, *more]: act = lambda client: erase(client, address, "--yes" in more)
    case _: sys.exit(__doc__)
with Client(os.environ["POSTROOM_URL"], token=os.environ.get("POSTROOM_TOKEN")) as client:
    act(client)
