// Runs Lighthouse over addresses, one after the other in one browser, and prints its scores and measures as JSON.
// node lighthouse.mjs CHROMIUM ADDRESS...
import lighthouse from "lighthouse";
import puppeteer from "puppeteer";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const MEASURES = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"];

const [executablePath, ...addresses] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const reports = [];
try {
  for (const address of addresses) {
    const page = await browser.newPage();
    const { lhr } = await lighthouse(address, { onlyCategories: CATEGORIES, logLevel: "error" }, undefined, page);
    const failed = Object.values(lhr.categories).flatMap((category) => category.auditRefs
      .filter((audit) => audit.weight > 0 && lhr.audits[audit.id].score !== null && lhr.audits[audit.id].score < 0.9)
      .map((audit) => ({
        category: category.id,
        rule: audit.id,
        help: `${lhr.audits[audit.id].title} ${lhr.audits[audit.id].displayValue ?? ""}`,
      })));
    reports.push({
      address,
      scores: Object.fromEntries(CATEGORIES.map((name) => [name, lhr.categories[name].score])),
      measures: Object.fromEntries(MEASURES.map((name) => [name, Math.round(lhr.audits[name].numericValue * 1000) / 1000])),
      bytes: lhr.audits["total-byte-weight"].numericValue,
      failed,
    });
    await page.close();
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify({ reports }));
