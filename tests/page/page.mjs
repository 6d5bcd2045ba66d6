// The page of dialogc preview in a browser: `DIALOGC=build/dev/dialogc node --test tests/page/page.mjs`.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const dialogc = process.env.DIALOGC;
const templates = fileURLToPath(new URL("../../templates/salesforce", import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "dialogc-page-"));
const servers = [];
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  servers.forEach((server) => server.kill());
  rmSync(folder, { recursive: true });
});

// What dialogc prints; a run that takes a minute hangs.
const run = (...words) => execFileSync(dialogc, words, { encoding: "utf8", timeout: 60_000 });

// Writes a page with dialogc, and returns its path.
function preview(name, ...operands) {
  const path = join(folder, `${name}.html`);
  run("preview", "-q", "-o", path, ...operands);
  return path;
}

// Starts a server for operands, and returns the address that it prints.
async function serve(...operands) {
  const server = spawn(dialogc, ["preview", "--serve", ...operands], { stdio: ["ignore", "pipe", "inherit"] });
  servers.push(server);
  for await (const line of createInterface(server.stdout)) {
    return line.replace("listening on ", "");
  }
  throw new Error("the server has ended");
}

// Opens a page: whatever it would load or report fails the test.
async function open(path, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "en-GB", ...options });
  page.wrong = [];
  page.on("pageerror", (error) => page.wrong.push(error.message));
  page.on("console", (message) => page.wrong.push(message.text()));
  page.on("dialog", (dialog) => page.wrong.push(dialog.message()));
  const address = path.startsWith("http:") ? path : pathToFileURL(path).href;
  const own = path.startsWith("http:") ? path : "file:";
  page.on("request", (request) => (request.url().startsWith(own) || request.url().startsWith("blob:") ? null : page.wrong.push(request.url())));
  await page.goto(address);
  return page;
}

async function close(page) {
  assert.deepEqual(page.wrong, []);
  await page.close();
}

const texts = (page, selector) => page.locator(selector).allInnerTexts();

test("a template: its nodes, a node's texts, its way to others", async () => {
  const page = await open(preview("lead", join(templates, "create-a-lead.yaml")));
  assert.equal(await page.title(), "Create a Lead");
  assert.equal(await page.locator(".node").count(), 15);
  await page.locator(".node", { hasText: "firstName" }).click();
  assert.equal(await page.locator("#panel h2").innerText(), "firstName");
  assert.match(await page.locator("#panel .place").innerText(), /create-a-lead\.yaml, line 29$/);
  assert.deepEqual((await texts(page, "#panel .bubble")).slice(0, 2), ["What is the lead's first name?", "Wie lautet der Vorname?"]);
  await page.locator("#panel .to-node", { hasText: "lastName" }).click();
  assert.equal(await page.locator("#panel h2").innerText(), "lastName");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#panel h2").innerText(), "Create a Lead");
  await close(page);
});

test("a bot action unfolds, its service shows the request, a message is drawn as the channel draws it", async () => {
  const page = await open(preview("request", join(templates, "create-a-lead.yaml")));
  const action = page.locator(".place-of-node", { hasText: "createLeadAction" });
  await action.locator(".unfold").click();
  assert.deepEqual(await action.locator(".member").allInnerTexts(), ["createLeadScript", "createLeadService", "createLeadOutcome"]);
  await action.locator(".member", { hasText: "createLeadService" }).click();
  assert.equal(await page.locator("#panel .address").innerText(), "POST https://{{env.SALESFORCE_INSTANCE}}/services/data/v62.0/sobjects/Lead");
  await page.locator(".node", { hasText: "leadCreated" }).click();
  const drawn = page.locator("#panel .bubble").first();
  assert.equal(await drawn.locator("p").innerText(), "The lead ⟨firstName⟩ ⟨lastName⟩ has been created.");
  assert.deepEqual(await drawn.locator(".button > span:first-child").allInnerTexts(), ["View Lead"]);
  await close(page);
});

test("search finds texts and names in all dialogs, with the keyboard alone", async () => {
  const page = await open(preview("search", join(templates, "create-a-lead.yaml"), join(templates, "update-a-lead.yaml")));
  assert.deepEqual(await texts(page, ".to-dialog .name"), ["Create a Lead", "Update a Lead"]);
  await page.keyboard.press("/");
  await page.keyboard.type("which company");
  assert.equal(await page.locator("#result-count").innerText(), "1 result");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#panel h2").innerText(), "companyName");
  assert.equal(await page.evaluate(() => document.activeElement.textContent.includes("companyName")), true);
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.classList.contains("node")), true);
  await page.fill("#search", "Update a Lead");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".to-dialog[aria-current] .name").innerText(), "Update a Lead");
  await page.reload();
  assert.equal(await page.locator(".to-dialog[aria-current] .name").innerText(), "Update a Lead");
  await close(page);
});

test("zooming shows all, languages and colours change", async () => {
  const page = await open(preview("view", join(templates, "update-a-lead.yaml")), { colorScheme: "dark" });
  await page.locator("#zoom-fit").click();
  const inside = await page.evaluate(() => {
    const stage = document.getElementById("stage").getBoundingClientRect();
    return [...document.querySelectorAll(".node")].every((node) => {
      const box = node.getBoundingClientRect();
      return box.left >= stage.left && box.right <= stage.right && box.top >= stage.top && box.bottom <= stage.bottom;
    });
  });
  assert.equal(inside, true);
  await page.selectOption("#language", "de");
  assert.equal(await page.locator("html").getAttribute("lang"), "de");
  assert.equal(await page.locator(".dialogs h2").innerText(), "DIALOGE");
  assert.equal(await page.locator(".edges .words", { hasText: "otherwise" }).count(), 0);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.selectOption("#theme", "light");
  assert.notEqual(await ground(), dark);
  await close(page);
});

test("what conversations take has its own colour", async () => {
  const page = await open(preview("coverage", "--coverage", join(templates, "create-a-lead.yaml")));
  assert.equal(await page.locator(".node.taken").count(), 15);
  assert.deepEqual(await texts(page, ".legend .state"), ["taken by conversations", "not taken", "not reached by exploration"]);
  await close(page);
});

test("what exploration does not reach has another one, and a reason", async () => {
  const page = await open(preview("unreached", "--coverage", fileURLToPath(new URL("unreached.yaml", import.meta.url))));
  assert.deepEqual(await texts(page, ".node.unreached .name"), ["child"]);
  assert.equal(await page.locator("#edges .edge.unreached").count(), 2);
  assert.equal(await page.locator("#panel .changes li").last().innerText(), "never entered: say child\n\nno transition that was taken leads to it");
  assert.deepEqual(await findingsOfAxe(page), []);
  await close(page);
});

// Every name and text of a dialog becomes one that would run, or turn the page around, if it were markup.
test("hostile names and texts are shown, and never run", async () => {
  const hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u2028\u202e{{title}}'\"&lt;";
  const artifacts = join(folder, "artifacts");
  run("build", "-q", "-o", artifacts, join(templates, "create-a-lead.yaml"));
  const bot = JSON.parse(readFileSync(join(artifacts, "create-a-lead.dialog.json"), "utf8"));
  bot.dialogs[0].localeData.en.name = hostile;
  for (const component of bot.dialogComponents) {
    component.name = hostile;
    component.script = component.script === undefined ? undefined : encodeURIComponent(`// ${hostile}\nwhile (true) {}`);
    for (const entry of component.message ?? []) {
      entry.localeData.en = { type: "basic", text: encodeURIComponent(hostile) };
      entry.localeData.de = { type: "uxmap", text: encodeURIComponent(`print(JSON.stringify({type: "template", payload: {template_type: "button", text: ${JSON.stringify(hostile)},
        buttons: [{type: "web_url", title: "go", url: "javascript:alert(3)"}]}}))`) };
    }
  }
  bot.sentences.forEach((sentence) => {
    sentence.sentence = hostile;
  });
  const path = join(folder, "hostile.dialog.json");
  writeFileSync(path, JSON.stringify(bot));
  const page = await open(preview("hostile", path));
  assert.equal(await page.locator("#title").textContent(), hostile);
  for (const node of await page.locator(".node").all()) {
    await node.dispatchEvent("click");
    await page.locator("#panel h2", { hasText: "alert(1)" }).waitFor();
  }
  assert.equal(await page.locator("img, iframe, object, a[href^='javascript']").count(), 0);
  assert.equal(await page.locator("script").count(), 2);
  const blocked = await page.evaluate(() => new Promise((resolve) => {
    addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
  }));
  assert.deepEqual([blocked, await page.evaluate(() => window.ran)], ["script-src-elem", undefined]);
  page.wrong = page.wrong.filter((message) => !message.includes("Content Security Policy"));
  await close(page);
});

test("two versions are on one canvas, and what has changed is shown word by word", async () => {
  const old = fileURLToPath(new URL("../bots/support-desk/botDefinition.json", import.meta.url));
  const bot = JSON.parse(readFileSync(old, "utf8"));
  const component = (name) => bot.dialogComponents.find((one) => one.name === name);
  const hostile = "</script><img src=x onerror=alert(1)>";
  component("orderUnknown").message[0].localeData.en.text = encodeURIComponent(`I do not know that order. ${hostile}`);
  component("lookUpOrder").endPoint.host = "store.example.com";
  const gone = bot.dialogs[0].nodes.pop();
  for (const transition of bot.dialogs[0].nodes.flatMap((node) => node.transitions)) {
    for (const key of ["then", "default"]) {
      transition[key] = transition[key] === gone.nodeId ? "end" : transition[key];
    }
  }
  const path = join(folder, "changed.json");
  const written = join(folder, "difference.html");
  writeFileSync(path, JSON.stringify(bot));
  run("diff", "--html", "-o", written, old, path);
  for (const colorScheme of ["light", "dark"]) {
    const page = await open(written, { colorScheme });
    assert.deepEqual(await texts(page, ".to-dialog .what"), ["breaking · changed · 5 nodes", "3 nodes"]);
    assert.deepEqual(await texts(page, "#legend .state"), ["added", "removed", "changed"]);
    assert.deepEqual(await texts(page, "#panel .changes .badge"), ["breaking", "breaking", "breaking"]);
    assert.equal(await page.locator(".node.removed").getAttribute("aria-label"), "Message orderFound. removed. Leads to: End of the dialog");
    assert.equal(await page.locator("#edges .removed").count(), 2);
    assert.deepEqual(await findingsOfAxe(page), []);
    await page.locator(".node.changed", { hasText: "orderUnknown" }).click();
    assert.deepEqual(await texts(page, "#panel del"), ["cannot find ", "Is the number right?"]);
    assert.deepEqual(await texts(page, "#panel ins"), ["do not know ", hostile]);
    assert.deepEqual(await findingsOfAxe(page), []);
    await page.locator(".unfold").click();
    await page.locator(".member.changed").click();
    assert.deepEqual([await texts(page, "#panel del"), await texts(page, "#panel ins")], [["shop"], ["store"]]);
    await page.locator(".to-dialog", { hasText: "Talk to Somebody" }).click();
    assert.match(await page.locator("#panel").innerText(), /Nothing has changed\./);
    await close(page);
  }
});

test("printing has the canvas and every node in words", async () => {
  const page = await open(preview("print", join(templates, "create-a-lead.yaml")));
  const pdf = await page.pdf();
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator("#print article").count(), 21);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator("#print article").count(), 0);
  await close(page);
});

function findingsOfAxe(page) {
  return page.evaluate(async (source) => {
    (0, eval)(source); // the page's policy holds for the page, and not for what drives it
    const result = await axe.run(document);
    return result.violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 120))]);
  }, axe);
}

async function say(page, text, answer) {
  await page.fill("#talk-input", text);
  await page.keyboard.press("Enter");
  await page.locator("#talk-log .turn").last().locator(".bubble:not(.own)", { hasText: answer }).last().waitFor();
}

test("the chat goes through Create a Lead to its end, back and again, and saves a test that passes", async () => {
  const project = join(folder, "chat");
  mkdirSync(project);
  const template = join(project, "create-a-lead.yaml");
  copyFileSync(join(templates, "create-a-lead.yaml"), template);
  const page = await open(await serve(template), { acceptDownloads: true });
  await page.click("#talk-toggle");
  await say(page, "create a lead", "What is the lead's first name?");
  assert.equal(await page.locator(".node.here .name").innerText(), "firstName");
  await say(page, "Ada", "last name?");
  await say(page, "Byron", "Which company");
  await page.click("#talk-back");
  await page.locator("#talk-log .turn").nth(2).waitFor({ state: "detached" });
  assert.equal(await page.locator(".node.here .name").innerText(), "lastName");
  await say(page, "Lovelace", "Which company");
  await say(page, "Analytical Engines", "The lead Ada Lovelace has been created.");
  assert.equal(await page.locator("#talk-input").isDisabled(), true);
  assert.deepEqual(await findingsOfAxe(page), []);
  assert.equal(await page.locator(".node.walked", { hasText: "leadCreated" }).count(), 1);
  assert.ok(await page.locator(".edge.walked").count() >= 5);
  const last = page.locator("#talk-log .turn").last();
  await last.locator("summary", { hasText: "Requests" }).click();
  assert.match(await last.locator("pre").first().innerText(), /"LastName": "Lovelace"/);
  await page.locator("#talk-log summary", { hasText: "Records: Lead" }).click();
  assert.match(await page.locator("#talk-log details[open] pre").last().innerText(), /"LastName": "Lovelace"/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#talk-save")]);
  assert.equal(download.suggestedFilename(), "create-a-lead.test.yaml");
  await download.saveAs(join(project, "create-a-lead.test.yaml"));
  assert.match(run("test", template), /1 (case|conversation)/);
  await close(page);
});

test("the chat goes through Update a Lead with its buttons; a change of the template reloads the page where it was", async () => {
  const project = join(folder, "reload");
  mkdirSync(project);
  const template = join(project, "update-a-lead.yaml");
  copyFileSync(join(templates, "update-a-lead.yaml"), template);
  const page = await open(await serve(template));
  await page.click("#talk-toggle");
  await say(page, "update a lead", "Which lead is it?");
  await page.click("#talk-restart");
  await say(page, "edit the lead 00QEX00000000012AA", "What do you want to change?");
  await page.locator("#talk-log button.button", { hasText: "Status" }).click();
  await page.locator("#talk-log button.button", { hasText: "Working, contacted" }).click();
  await page.locator("#talk-log .note", { hasText: "End of the dialog" }).waitFor();
  assert.deepEqual(await page.locator("#talk-log .own").allInnerTexts(), ["edit the lead 00QEX00000000012AA", "Status", "Working, contacted"]);
  assert.equal(await page.locator("#edges .walked[marker-end]:not([marker-end='url(#arrow-lit)'])").count(), 0);
  assert.equal(await page.locator(".node.here .name").innerText(), "leadUpdated");
  writeFileSync(template, readFileSync(template, "utf8").replace("Update a Lead", "Change a Lead"));
  await page.locator("#title", { hasText: "Change a Lead" }).waitFor();
  await page.locator("#talk-log .note", { hasText: "End of the dialog" }).waitFor();
  assert.equal(await page.locator("#talk-log .turn").count(), 3);
  page.wrong = page.wrong.filter((message) => !message.includes("ERR_ABORTED"));
  await close(page);
});

for (const [name, options] of [["light", { colorScheme: "light" }], ["dark", { colorScheme: "dark" }], ["narrow", { viewport: { width: 390, height: 800 } }]]) {
  test(`axe finds nothing: ${name}`, async () => {
    const page = await open(preview(`axe-${name}`, "--coverage", join(templates, "create-a-lead.yaml"), join(templates, "search-leads.yaml")), options);
    for (const selector of [null, "leadCreated", "createLeadAction", "CreateLead"]) {
      if (selector !== null) {
        await page.locator(".node", { hasText: selector }).first().dispatchEvent("click");
      }
      const found = await findingsOfAxe(page);
      assert.deepEqual(found, []);
    }
    await page.close();
  });
}
