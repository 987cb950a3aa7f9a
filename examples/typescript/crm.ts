// crm show ADDRESS: the person's timeline. crm erase ADDRESS [--yes]: erases the person.
import { PostroomClient } from "postroom";
import type { Mail, PurgeScope } from "postroom";

const [, , command, address, sure] = process.argv;
if (address === undefined) throw new Error("crm show ADDRESS, or crm erase ADDRESS [--yes]");
const client = new PostroomClient(process.env["POSTROOM_URL"] ?? "", process.env["POSTROOM_TOKEN"] ? { token: process.env["POSTROOM_TOKEN"] } : {});

async function show(contact: string) {
  const mails: Mail[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.mail.list(cursor === undefined ? { contact } : { contact, cursor });
    mails.push(...page.mails);
    cursor = page.cursor;
  } while (cursor !== undefined);
  mails.sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  for (const mail of mails) {
    console.log(`${mail.receivedAt.slice(0, 16)} ${mail.direction === "incoming" ? "<-" : "->"} ${mail.subject}`);
    const { body } = await client.mail.get({ mailId: mail.id });
    for (const line of (body?.replyText ?? "").trim().split("\n")) console.log(`    ${line}`);
  }
  console.log(`${mails.length} mails`);
}

async function erase(email: string, isSure: boolean) {
  const scope: PurgeScope = { kind: "contact", email };
  const counts = await client.purge.preview({ scope });
  console.log(`${counts.mails} mails in ${counts.threads} conversations would go`);
  if (!isSure) return;
  let purge = await client.purge.run({ scope });
  while (purge.state !== "done") {
    await new Promise((resolve) => setTimeout(resolve, 100));
    purge = await client.purge.status({ purgeId: purge.id });
  }
  console.log(`${purge.counts.mails} mails are gone, ${purge.remaining} are left`);
}

if (command === "erase") await erase(address, sure === "--yes");
else await show(address);
await client.close();
