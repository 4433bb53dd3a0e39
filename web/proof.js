/** Which promises are kept, what was destroyed, and whether anything is overdue: from the store as it is now, and its evidence. */

import { element, field, moment, pairs } from "./elements.js";
import { bundling, proving } from "./evidence.js";
import { happened, language, named, say } from "./text.js";

const DAY = /^\d{4}-\d\d-\d\d$/;
const DAYTIME = 86_400_000;
const ENTRY = /^[a-z2-7]{26}$/;

/** Show the latest retention round, and the acts of one day or on one enquiry. */
export async function proof(desk, wanted) {
  const state = await desk.call("GET", "/desk/retention");
  const day = DAY.test(wanted.get("day") ?? "") ? wanted.get("day") : (state.last_run ?? desk.now().toISOString()).slice(0, 10);
  const entry = ENTRY.test(wanted.get("entry") ?? "") ? wanted.get("entry") : "";
  const promises = entry ? [] : (await desk.call("GET", "/desk/promises")).sites.flatMap(verdicts);
  const { categories } = await desk.call("GET", "/desk/sites");
  const acts = element("div", { "aria-live": "polite" });
  const load = async (what) => {
    const found = [];
    for (let after = ""; after !== null; ) {
      const page = await desk.call("GET", `/desk/evidence?${new URLSearchParams({ ...what, ...(after && { after }) })}`);
      found.push(...page.evidence);
      after = page.next;
    }
    found.sort((one, other) => one.at.localeCompare(other.at));
    acts.replaceChildren(found.length ? table(found, categories) : element("p", {}, say("no_evidence")));
  };
  const choice = element("input", { name: "day", type: "date", value: day, required: true });
  choice.addEventListener("change", () => DAY.test(choice.value) && desk.attempt(() => load({ day: choice.value })));
  await load(entry ? { entry } : { day });
  return [
    element("h1", {}, say("proof_title")),
    ...promises,
    element("h2", {}, say("retention")),
    retention(state),
    element("h2", {}, say(entry ? "evidence_entry" : "evidence")),
    element("p", {}, say("evidence_intro")),
    entry ? element("div", {}, element("p", {}, element("code", {}, entry)), proving(desk, entry)) : field(say("day"), choice),
    acts,
    entry ? "" : bundling(desk, new Date(desk.now() - DAYTIME).toISOString().slice(0, 10)),
  ];
}

const VERDICTS = ["broken", "at risk", "kept", "not built"];

/** Return the verdicts of one site, the worst first; what does not exist yet stands behind a summary. */
function verdicts(site) {
  const of = (...wanted) => wanted.flatMap((verdict) => site.promises.filter((promise) => promise.verdict === verdict));
  const counts = VERDICTS.map((verdict) => `${named("verdict_", verdict)}: ${of(verdict).length}`).join(" · ");
  const seen = site.at ? [say("judged_at"), " ", moment(site.at, language)] : say("never_judged");
  return [
    element("h2", {}, say("promises_of", { site: site.site })),
    element("p", { class: site.stale ? "wrong" : null }, seen, site.stale && site.at ? ` (${say("too_long_ago")})` : ""),
    element("p", {}, counts),
    element("ul", { class: "cards" }, of("broken", "at risk", "kept").map(card)),
    element(
      "details",
      {},
      element("summary", {}, `${say("verdict_not built")} (${of("not built").length})`),
      element("ul", { class: "cards" }, of("not built").map(card)),
    ),
  ];
}

function card(promise) {
  const figures = ["sealed", "due", "on_time", "late", "overdue"].filter((name) => promise[name] !== null);
  return element(
    "li",
    { class: "card" },
    element("h3", {}, `${promise.id}: ${promise.says}`),
    element("p", { class: promise.verdict === "kept" ? "good" : promise.verdict === "not built" ? null : "wrong" }, named("verdict_", promise.verdict)),
    element("p", {}, promise.why.join(" ")),
    pairs(...figures.map((name) => [say(`figure_${name}`), String(promise[name])])),
  );
}

function retention(state) {
  const overdue = Number(state.overdue ?? 0);
  const verdict = element("p", { class: overdue ? "wrong" : "good" }, say(overdue ? "is_overdue" : "nothing_overdue"));
  const figure = (name) => (state[name] === undefined || state[name] === null ? "" : String(state[name]));
  const rows = pairs(
    [say("last_run"), state.last_run ? moment(state.last_run, language) : say("never_ran")],
    [say("count_destroyed"), figure("destroyed")],
    [say("count_closed"), figure("closed")],
    [say("count_warned"), figure("warned")],
    [say("count_failed"), figure("failed")],
    [say("overdue"), figure("overdue")],
    [say("due_next"), state.due_next ? moment(state.due_next, language) : ""],
  );
  return element("div", {}, verdict, rows);
}

function table(acts, categories) {
  const heads = ["when", "act", "category", "reference"].map((key) => element("th", { scope: "col" }, say(key)));
  const rows = acts.map((act) =>
    element(
      "tr",
      {},
      element("td", {}, moment(act.at, language)),
      element("td", {}, happened(act.act)),
      element("td", {}, categories[act.category] ?? act.category ?? ""),
      element("td", {}, element("code", {}, act.entry ?? "")),
    ),
  );
  return element(
    "div",
    { class: "scrolls", tabindex: 0, role: "region", "aria-label": say("evidence") },
    element("table", {}, element("thead", {}, element("tr", {}, heads)), element("tbody", {}, rows)),
  );
}
