/** What was destroyed, and whether anything is overdue: read from the store as it is now, and from its evidence. */

import { element, field, moment, pairs } from "./elements.js";
import { language, named, say } from "./text.js";

const DAY = /^\d{4}-\d\d-\d\d$/;
const ENTRY = /^[a-z2-7]{26}$/;

/** Show the latest retention round, and the acts of one day or on one enquiry. */
export async function proof(desk, wanted) {
  const state = await desk.call("GET", "/desk/retention");
  const day = DAY.test(wanted.get("day") ?? "") ? wanted.get("day") : (state.last_run ?? desk.now().toISOString()).slice(0, 10);
  const entry = ENTRY.test(wanted.get("entry") ?? "") ? wanted.get("entry") : "";
  const acts = element("div", { "aria-live": "polite" });
  const load = async (what) => {
    const found = [];
    for (let after = ""; after !== null; ) {
      const page = await desk.call("GET", `/desk/evidence?${new URLSearchParams({ ...what, ...(after && { after }) })}`);
      found.push(...page.evidence);
      after = page.next;
    }
    acts.replaceChildren(found.length ? table(found) : element("p", {}, say("no_evidence")));
  };
  const choice = element("input", { name: "day", type: "date", value: day, required: true });
  choice.addEventListener("change", () => DAY.test(choice.value) && desk.attempt(() => load({ day: choice.value })));
  await load(entry ? { entry } : { day });
  return [
    element("h1", {}, say("proof_title")),
    element("h2", {}, say("retention")),
    retention(state),
    element("h2", {}, say(entry ? "evidence_entry" : "evidence")),
    element("p", {}, say("evidence_intro")),
    entry ? element("p", {}, element("code", {}, entry)) : field(say("day"), choice),
    acts,
  ];
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

function table(acts) {
  const heads = ["when", "act", "category", "reference"].map((key) => element("th", { scope: "col" }, say(key)));
  const rows = acts.map((act) =>
    element(
      "tr",
      {},
      element("td", {}, moment(act.at, language)),
      element("td", {}, named("act_", act.act)),
      element("td", {}, act.category ?? ""),
      element("td", {}, element("code", {}, act.entry ?? "")),
    ),
  );
  return element(
    "div",
    { class: "scrolls", tabindex: 0, role: "region", "aria-label": say("evidence") },
    element("table", {}, element("thead", {}, element("tr", {}, heads)), element("tbody", {}, rows)),
  );
}
