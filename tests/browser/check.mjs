// Opens an HTML report in headless Chromium: `node check.mjs REPORT.html SCREENSHOT_FOLDER`.
// Follows a citation to its passage and back, with and without scripts; finds no console error and no request; walks by
// keyboard; looks for sideways scrolling, low contrast and unnamed controls; takes screenshots for a person to look at.
import { chromium } from "playwright-core";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [report, folder] = process.argv.slice(2);
if (!report || !folder) {
  console.error("usage: node check.mjs REPORT.html SCREENSHOT_FOLDER");
  process.exit(2);
}
const url = pathToFileURL(resolve(report)).href;
const failures = [];
const check = (name, good, detail = "") => {
  console.log(`${good ? "ok  " : "FAIL"} ${name}${good || !detail ? "" : `: ${detail}`}`);
  if (!good) failures.push(name);
};
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });

/** A page with everything that goes wrong in it collected. */
const open = async (options = {}, at = url) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (m) => { if (["error", "warning"].includes(m.type())) wrong.push(m.text()); });
  page.on("pageerror", (e) => wrong.push(String(e)));
  page.on("request", (r) => { if (!r.url().startsWith(url) && !r.url().startsWith("data:")) wrong.push(`request ${r.url()}`); });
  await page.goto(at);
  return { page, wrong, context };
};

/** What the fragment's target looks like. */
const target = (page) => page.evaluate(() => {
  const found = document.querySelector(":target");
  if (!found) return null;
  const box = found.getBoundingClientRect();
  return {
    id: found.id,
    text: found.textContent.trim().slice(0, 60),
    seen: box.top >= 0 && box.bottom <= innerHeight && box.height > 0,
    background: getComputedStyle(found).backgroundColor,
  };
});
const shines = (t) => t && t.background !== "rgba(0, 0, 0, 0)" && t.background !== "transparent";

const follow = async (name, options) => {
  const { page, wrong, context } = await open(options);
  const links = page.locator(".cites .cite");
  const n = await links.count();
  check(`${name}: there are citations`, n > 0);
  for (const i of [...new Set([0, Math.floor(n / 2), n - 1])].filter((i) => i >= 0 && i < n)) {
    const link = links.nth(i);
    const href = await link.getAttribute("href");
    await link.click();
    const found = await target(page);
    check(`${name}: citation ${i + 1} reaches ${href}`, found?.id === href.slice(1) && found.seen, JSON.stringify(found));
    if (href.startsWith("#p")) check(`${name}: its passage is highlighted`, shines(found), JSON.stringify(found));
  }
  const back = page.locator(".back a").first();
  const home = await back.getAttribute("href");
  await back.click();
  const found = await target(page);
  check(`${name}: the passage links back to ${home}`, found?.id === home.slice(1) && found.seen, JSON.stringify(found));
  check(`${name}: no console message, no request`, wrong.length === 0, wrong.join("; "));
  await context.close();
};

await follow("with scripts", {});
await follow("without scripts", { javaScriptEnabled: false });

{
  const { page, context } = await open();
  let steps = 0;
  let reached = "";
  for (; steps < 80 && !reached; steps++) {
    await page.keyboard.press("Tab");
    reached = await page.evaluate(() => document.activeElement.matches(".cites .cite") ? document.activeElement.hash : "");
  }
  check(`keyboard: a citation after ${steps} tabs`, reached !== "");
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  check("keyboard: focus can be seen", ring !== "none", ring);
  await page.keyboard.press("Enter");
  const found = await target(page);
  check("keyboard: Enter follows it", found && `#${found.id}` === reached && found.seen, JSON.stringify(found));
  await context.close();
}

{
  const { page, context } = await open();
  const dead = await page.evaluate(() => [...document.querySelectorAll("a[href^='#']")]
    .filter((a) => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map((a) => a.hash));
  check("no link leads nowhere", dead.length === 0, dead.slice(0, 5).join(" "));
  const ids = await page.evaluate(() => {
    const all = [...document.querySelectorAll("[id]")].map((e) => e.id);
    return all.filter((id, i) => all.indexOf(id) !== i);
  });
  check("every id is one", ids.length === 0, ids.slice(0, 5).join(" "));
  const unnamed = await page.evaluate(() => [...document.querySelectorAll("a, summary, nav, [role=region], [role=img]")]
    .filter((e) => !(e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.textContent.trim()))
    .map((e) => e.outerHTML.slice(0, 80)));
  check("every link, fold and region has a name", unnamed.length === 0, unnamed.join(" "));
  const marks = await page.evaluate(() => ["header", "main", "footer"].filter((n) => !document.querySelector(n)));
  check("landmarks", marks.length === 0, marks.join(" "));
  await context.close();
}

/** Elements whose text has less than 4.5:1 against its background (3:1 from 24 px on); WCAG 2.2, 1.4.3. */
const lowContrast = () => {
  const rgb = (c) => (c.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => {
    const f = (v) => { const s = v / 255; return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const behind = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const c = rgb(getComputedStyle(at).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const bad = new Set();
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.getClientRects().length || e.closest(".vh, .skip, script, style")) continue;
    const style = getComputedStyle(e);
    const ink = e.closest("svg") ? style.fill : style.color;
    const [a, b] = [light(rgb(ink)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) bad.add(`${e.tagName}.${e.getAttribute("class") ?? ""} ${ratio.toFixed(1)}`);
  }
  return [...bad];
};

const shapes = [
  ["wide", { viewport: { width: 1600, height: 1000 } }],
  ["middle", { viewport: { width: 900, height: 1000 } }],
  ["narrow", { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2 }],
  ["dark", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" }],
];
for (const [name, options] of shapes) {
  const { page, wrong, context } = await open(options);
  const tooWide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const over = await tooWide();
  check(`${name}: no sideways scrolling`, over <= 0, `${over} px too wide`);
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  const unfolded = await tooWide();
  check(`${name}: no sideways scrolling with every fold open`, unfolded <= 0, `${unfolded} px too wide`);
  const low = await page.evaluate(lowContrast);
  check(`${name}: contrast`, low.length === 0, low.slice(0, 8).join("; "));
  check(`${name}: no console message, no request`, wrong.length === 0, wrong.join("; "));
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = false; }));
  // Very long reports: the top is what is looked at.
  const height = Math.min(await page.evaluate(() => document.documentElement.scrollHeight), 14000);
  await page.setViewportSize({ width: options.viewport.width, height });
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}
{
  const { page, context } = await open();
  await page.locator(".cites .cite").first().click();
  await page.screenshot({ path: join(folder, "passage.png") });
  await page.pdf({ path: join(folder, "print.pdf"), format: "A4", margin: { top: "18mm", bottom: "18mm", left: "16mm", right: "16mm" } });
  await context.close();
}
await browser.close();
console.log(failures.length ? `${failures.length} failed` : "all good");
process.exit(failures.length ? 1 : 0);
