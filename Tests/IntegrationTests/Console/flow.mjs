// The console as a person uses it, in Chromium. Prints "done" when everything was as it must be.
//
// CONSOLE_URL, CONSOLE_TOKEN and READER_TOKEN (scope read alone); SHOTS, a folder for pictures, or nothing.
// The server has a mailbox with a conversation about "Offer", whose mail has HTML that wants things.

import { Browser } from "./browser.mjs";

const { CONSOLE_URL: url, CONSOLE_TOKEN: token, READER_TOKEN: reader, SHOTS: shots } = process.env;
const origin = new URL(url).origin;
const browser = new Browser();

function must(condition, words) {
  if (!condition) throw new Error(words);
}

const steps = {
  async "a wrong token is refused, the right one opens"(page) {
    await page.open(url);
    await page.until("document.activeElement.id === 'token'");
    await page.type("pr_wrong");
    await page.key("Enter");
    await page.until("document.querySelector('.notice').textContent.includes('token.invalid')");
    await page.ask("document.querySelector('#token').value = ''");
    await page.click("#token");
    await page.type(token);
    await page.key("Enter");
    await page.until("document.querySelector('nav a[aria-current]').textContent.includes('Overview')");
  },

  async "figures and charts are drawn"(page) {
    await page.until("document.querySelectorAll('.tile').length === 8");
    await page.until("document.querySelectorAll('.chart polyline').length > 1");
    await page.until("[...document.querySelectorAll('table.methods td')].some(e => e.textContent === 'mail.send')");
  },

  async "a mailbox is live, with its folders"(page) {
    await page.key("g");
    await page.key("m");
    await page.until("document.querySelector('.box .state').textContent === 'live'");
    await page.key("j");
    await page.key("Enter");
    await page.until("[...document.querySelectorAll('.folder')].some(e => e.textContent.includes('INBOX'))");
    must(await page.ask("document.querySelector('.meter').textContent.includes('up to date')"), "the sync is not told");
  },

  async "a mailbox that cannot be connected says why"(page) {
    await page.click("button", "Connect a mailbox");
    for (const [name, text] of Object.entries({ email: "x@example.test", password: "p", imap: "127.0.0.1:9", smtp: "127.0.0.1:9" })) {
      await page.click(`#field-${name}`);
      await page.type(text);
    }
    await page.key("Enter");
    await page.until("document.querySelector('dialog .notice code').textContent.startsWith('connect.imap.')");
    await page.key("Escape");
    await page.until("!document.querySelector('dialog')");
  },

  async "a conversation is a timeline with its quotation folded"(page) {
    await page.key("g");
    await page.key("c");
    await page.click(".row", "Offer");
    await page.until("document.querySelectorAll('.timeline .mail').length === 2");
    must(await page.ask("!document.querySelector('.incoming details:last-of-type').open"), "the quotation is open");
    must(await page.ask("document.querySelector('.incoming summary').textContent.startsWith('Quoted text')"), "no fold");
    await page.click(".incoming summary");
    await page.until("document.querySelector('.incoming details').open");
  },

  async "HTML is shown without scripts and without the network"(page) {
    const before = page.requests.length;
    await page.click(".outgoing button", "Show as HTML");
    await page.until("document.querySelector('iframe.html').contentDocument.body.textContent.includes('The offer')");
    // What the server's own cleaning would take away is put in behind it: the frame alone must hold.
    await page.ask(`(() => {
      const body = document.querySelector("iframe.html").contentDocument.body;
      body.insertAdjacentHTML("beforeend", '<img src="${origin}/canary-a" onerror="parent.document.title=\\'ran\\'">'
        + '<img src=x onerror="top.document.title=\\'ran\\'"><link rel=stylesheet href="${origin}/canary-b">'
        + '<iframe src="${origin}/canary-c"></iframe><p style="background:url(${origin}/canary-d)">x</p>'
        + '<form id=f action="http://127.0.0.1:9/canary-e"><button>x</button></form><a id=l href="http://127.0.0.1:9/canary-f">x</a>');
      const script = body.ownerDocument.createElement("script");
      script.textContent = "parent.document.title = 'ran'";
      body.append(script);
      body.querySelector("#f button").click();
      body.querySelector("#l").click();
      // Outside the frame a picture from here is fetched: the test would see it.
      document.body.append(Object.assign(new Image(), { src: "${origin}/canary-seen" }));
    })()`);
    await page.until(`performance.getEntriesByName("${origin}/canary-seen").length`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const sent = page.requests.slice(before).filter((one) => one.includes("canary") && !page.blocked.has(one));
    must(sent.length === 1 && sent[0].endsWith("canary-seen"), `the mail fetched ${sent}`);
    must(!(await page.ask("document.title")).includes("ran"), "a script of the mail ran");
    page.problems.length = 0;
    await page.click("button", "Show as text");
  },

  async "an event is shown as it happens"(page) {
    await page.key("g");
    await page.key("e");
    await page.until("[...document.querySelectorAll('.event .type')].some(e => e.textContent === 'mail.logged')");
    const before = await page.ask("document.querySelectorAll('.event').length");
    await page.ask(`fetch("/rpc", { method: "POST", headers: { Authorization: "Bearer ${token}", "Content-Type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "thread.untrack", params: { threadId: "th1" } }) }).then(a => a.json())`);
    await page.until(`document.querySelectorAll('.event').length > ${before}`);
    must(await page.ask("document.querySelector('.event .type').textContent") === "thread.untracked", "not the event");
  },

  async "the API is described, and answers"(page) {
    await page.key("g");
    await page.key("a");
    await page.click(".row", "mailbox.list");
    await page.until("document.querySelector('.try')");
    await page.click("button.primary", "Call");
    await page.until("document.querySelector('.json').textContent.includes('\"mailboxes\"')");
    await page.ask("location.hash = '#/api/events.subscribe'");
    await page.until("document.querySelector('.reader h2').textContent === 'events.subscribe'");
    await page.ask("document.querySelector('textarea').value = '{\"after\": \"0\"}'");
    await page.click("button.primary", "Call");
    await page.until("document.querySelectorAll('.json').length > 3");
    await page.click("button", "Stop");
    await page.until("document.querySelector('.answered').textContent.includes('ended')");
  },

  async "a person is erased after a preview"(page) {
    await page.key("g");
    await page.key("x");
    await page.click("#what");
    await page.type("dana@customer.example");
    await page.key("Enter");
    await page.until("document.querySelector('.preview .figures')");
    const count = await page.ask("document.querySelector('.confirm b').textContent");
    must(Number(count) >= 2, `the preview counts ${count}`);
    must(await page.ask("document.querySelector('.danger').disabled"), "erasing is not asked about");
    await page.click("#sure");
    await page.type(count);
    await page.click(".danger");
    await page.until("document.querySelector('.preview.done').textContent.includes('Nothing of it is left')");
    await page.until("document.querySelector('.receipt').textContent.includes('A person')");
    await page.key("Escape");
    await page.ask("location.hash = '#/conversations'");
    await page.until("document.querySelector('.list .empty')");
  },

  async "a theme is chosen, and the token leaves with the session"(page) {
    await page.ask("document.activeElement.blur()");
    await page.key("t");
    must(await page.ask("document.documentElement.dataset.theme") === "light", "no light theme");
    must(await page.ask("getComputedStyle(document.body).backgroundColor") === "rgb(246, 247, 249)", "not light");
    await page.key("t");
    must(await page.ask("getComputedStyle(document.body).backgroundColor") === "rgb(20, 23, 27)", "not dark");
    must(!(await page.ask("location.href")).includes(token), "the token is in the address");
    await page.click("button[title='Sign out']");
    await page.until("document.querySelector('#token')");
    must(await page.ask("sessionStorage.length") === 0, "the token was kept");
  },

  async "a link signs in, and a token with less sees less"(page) {
    await page.open("about:blank");
    await page.open(`${url}#token=${reader}`);
    await page.until("document.querySelector('.empty').textContent.includes('scope admin')");
    must(await page.ask("location.hash") === "#/overview", "the token stays in the address");
    await page.ask("location.hash = '#/erase'");
    await page.until("document.querySelector('.empty').textContent.includes('scope purge')");
    await page.ask("location.hash = '#/mailboxes'");
    await page.until("document.querySelector('.box')");
    must(!(await page.ask("document.body.textContent")).includes("Connect a mailbox"), "a reader is offered to connect");
  },
};

try {
  const page = await browser.page();
  await page.size(1280, 820);
  let number = 0;
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step(page);
    } catch (error) {
      throw new Error(`${name}: ${error.message}`);
    }
    if (shots) await page.picture(`${shots}/${String(++number).padStart(2, "0")}.png`);
  }
  const problems = page.problems.filter((one) => !/status of 4\d\d/.test(one));
  must(problems.length === 0, `the browser complains: ${problems.join("\n")}`);
  const foreign = page.requests.filter((one) => /^(http|ws)/.test(one) && !page.blocked.has(one)
    && ![origin, origin.replace("http", "ws")].includes(new URL(one).origin));
  must(foreign.length === 0, `the page asked others: ${foreign}`);
  console.log("done");
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await browser.close();
}
