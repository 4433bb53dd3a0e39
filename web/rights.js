/** Decisions on an open case: each right, the day by which we answer, who is told, what happened (Art. 12 and 19 GDPR). */

import { acting, saving } from "./acting.js";
import { correcting } from "./corrections.js";
import { element, field, moment, pairs } from "./elements.js";
import { language, named, say } from "./text.js";

const DECISIONS = ["fulfil", "partly", "refuse", "no_data", "forward", "withdraw"];
/* While an erasure can be undone: whether it goes on, after what its person wrote meanwhile. */
const WHILE_UNDONE = ["fulfil", "refuse", "withdraw"];
/* While a new e-mail address waits: that it does not take the place of the old one. */
const WHILE_IT_WAITS = ["refuse", "withdraw"];
const POSSIBLE = { undo: WHILE_UNDONE, waiting: WHILE_IT_WAITS };

/* What is told by a letter, which somebody without an e-mail address is handed by staff. */
const BY_HAND = ["case_ended", "extended"];

/** Return how far a case is, and the forms that take it further; `changed` is told the state of the case after each act. */
export async function rightsOf(desk, id, why, changed) {
  const address = `/desk/cases/${id}`;
  const place = element("div", { tabindex: -1 });
  const draw = (progress) => {
    const open = progress.case.status === "open";
    const act = (path, body, said, ended = "case_ended") => async () => {
      const { progress: now } = await desk.call("POST", `${address}/${path}`, body());
      changed(now.case);
      draw(now);
      const key = now.case.status === "open" ? said : ended;
      desk.tell(say(now.no_address && BY_HAND.includes(key) ? `${key}_by_hand` : key), { focus: true });
    };
    place.replaceChildren(
      ...(progress.no_address ? [element("p", { class: "warning" }, say("letters_by_hand"))] : []),
      ...(open ? progress.rights.filter((item) => item.wrote_since).map((item) => element("p", { class: "warning" }, named("wrote_since_", item.right))) : []),
      state(progress),
      rights(progress.rights),
      told(desk, progress.told, act),
      transmissions(desk, progress.transmissions, act),
      lifting(desk, progress, act),
      ...(open ? [correcting(desk, progress, address, reload), deciding(desk, progress, act, address), extending(desk, progress, act), waiting(desk, progress, act), advertising(desk, progress, act), assigning(desk, progress, act)] : []),
    );
  };
  const reload = async () => draw((await desk.call("GET", `${address}/progress`)).progress);
  await reload();
  return [
    element("h2", {}, say("progress")),
    place,
    plan(desk, address),
    history(desk, address),
    saving(desk, `${address}/dossier?${new URLSearchParams({ why })}`, "dossier.zip", "fetch_dossier", "dossier_fetched"),
  ];
}

function state(progress) {
  const waits = progress.paused_at && !progress.resumed_at;
  return pairs(
    [say("identity"), named("identity_", progress.identity || "unknown")],
    [say("identity_at"), moment(progress.identity_at, language)],
    [say("extended_until"), moment(progress.extended_until, language)],
    [say("waits_since"), waits ? moment(progress.paused_at, language) : ""],
    [say("advertising_at"), moment(progress.advertising_at, language)],
    [say("assigned"), progress.assigned],
  );
}

function rights(items) {
  const status = (item) => (item.status === "approval" && item.is_agreed ? "second" : item.status);
  const more = (item) => [item.outcome && named("outcome_", item.outcome), item.proposed_at && !item.confirmed_at && item.status === "asked" && say("correction_sent")];
  const words = (item) => [named("right_is_", status(item)), ...more(item)].filter(Boolean).join(", ");
  const until = (item) => (item.status === "undo" && item.undo_until ? [`, ${say("until_moment")} `, moment(item.undo_until, language)] : []);
  return pairs(...items.map((item) => [named("right_", item.right), element("span", {}, words(item), ...until(item))]));
}

/** Return who was told, with a button for whom staff tell themselves (Art. 19). */
function told(desk, items, act) {
  if (!items.length) return "";
  const rows = items.map((item) => {
    const done = element("button", { type: "button", class: "quiet" }, say("mark_told"));
    const line = element("li", {}, `${item.name}, ${named("right_", item.right)}: ${named("told_", item.status)} `, item.status === "to_do" ? done : "");
    done.onclick = () => desk.attempt(act("told", () => ({ right: item.right, recipient: item.recipient }), "told_saved"), line);
    return line;
  });
  return element("section", {}, element("h3", {}, say("told_title")), element("ul", {}, rows));
}

/** Return how far copies for other providers are, with what stops the one that nobody has fetched (Art. 20(2) GDPR). */
function transmissions(desk, items, act) {
  if (!items.length) return "";
  const until = (item) => ({ undo: item.undo_until, sent: item.until, fetched: item.fetched_at })[item.status];
  const line = (item) => element("li", {}, `${named("transmission_", item.status)} `, moment(until(item), language));
  const shown = [element("h3", {}, say("transmissions")), element("ul", {}, items.map(line))];
  if (items.some((item) => ["undo", "sent"].includes(item.status) && !item.fetched_at)) {
    const reasons = element("textarea", { name: "reasons", rows: 3, required: true });
    const form = element("form", {}, field(say("reasons"), reasons, say("reasons_help"), "stop-reasons"), element("button", { class: "quiet" }, say("stop_transmission")));
    shown.push(acting(desk, "stop_transmission", form, act("stop", () => ({ reasons: reasons.value }), "transmission_was_stopped")));
  }
  return element("section", {}, shown);
}

/** Return the form that lifts what the case restricts, also when it is closed (Art. 18(3)). */
function lifting(desk, progress, act) {
  const stands = (item) => item.right === "restriction" && item.status === "done" && item.review_by && !item.lift_on;
  if (!progress.rights.some(stands)) return "";
  const reasons = element("textarea", { name: "reasons", rows: 3, required: true });
  const on = element("input", { name: "on", type: "date" });
  const form = element(
    "form",
    {},
    field(say("reasons"), reasons, say("lift_reasons_help"), "lift-reasons"),
    field(say("lift_day"), on, say("lift_day_help"), "lift-on"),
    element("button", {}, say("lift")),
  );
  const given = () => ({ reasons: reasons.value, ...(on.value ? { on: on.value } : {}) });
  return acting(desk, "lift_title", form, act("lift", given, "lift_saved", "lift_saved"));
}

/** Return the boxes of what can be erased in part, counted when somebody decides so: of an objection what it restricted. */
function parts(desk, address, undecided, right, decision) {
  const boxes = element("fieldset", { hidden: true });
  let drawn = "";
  const draw = () => desk.attempt(async () => {
    boxes.hidden = decision.value !== "partly" || !["erasure", "objection"].includes(right.value);
    if (boxes.hidden || drawn === right.value) return;
    const wanted = right.value;
    const { categories, kept, titles } = await desk.call("GET", `${address}/plan`);
    const restricted = Object.keys(undecided.find((item) => item.right === wanted).counts?.categories ?? {}).map((name) => name.split("/")[0]);
    const names = Object.keys(categories).filter((name) => (wanted === "objection" ? restricted.includes(name) : !kept.includes(name)));
    if (right.value !== wanted) return;
    drawn = wanted;
    const box = (name) => element("label", { class: "choice" }, element("input", { type: "checkbox", name: "erase", value: name }), ` ${titles[name]}: ${categories[name]}`);
    boxes.replaceChildren(element("legend", {}, say("erase_part")), element("p", { class: "hint" }, say("erase_part_help")), ...names.map(box));
  }, boxes);
  right.addEventListener("change", draw);
  decision.addEventListener("change", draw);
  return boxes;
}

/** Return the form that decides about one right. */
function deciding(desk, progress, act, address) {
  const undecided = progress.rights.filter((item) => ["open", "asked", "approval"].includes(item.status) || (item.status === "undo" && item.right === "erasure") || (item.status === "waiting" && item.right === "rectification" && item.run_at));
  if (!undecided.length) return "";
  const right = element("select", { name: "right" }, undecided.map((item) => element("option", { value: item.right }, named("right_", item.right))));
  const decision = element("select", { name: "decision" });
  const chosenField = field(say("decision"), decision, say("decision_help_fulfil"), "decide-decision");
  const help = chosenField.querySelector(".hint");
  help.setAttribute("aria-live", "polite");
  const explain = () => help.replaceChildren(say(`decision_help_${decision.value}`));
  const offer = () => {
    const possible = POSSIBLE[undecided.find((item) => item.right === right.value).status] ?? DECISIONS;
    decision.replaceChildren(...possible.map((name) => element("option", { value: name }, say(`decision_${name}`))));
    explain();
  };
  right.addEventListener("change", offer);
  decision.addEventListener("change", explain);
  offer();
  const reasons = element("textarea", { name: "reasons", rows: 4 });
  const said = element("textarea", { name: "said", rows: 3 });
  const boxes = parts(desk, address, undecided, right, decision);
  const chosen = () => (boxes.hidden ? [] : [...boxes.querySelectorAll("input:checked")].map((box) => box.value));
  const form = element(
    "form",
    {},
    field(say("right"), right, "", "decide-right"),
    chosenField,
    boxes,
    field(say("reasons"), reasons, say("reasons_help"), "decide-reasons"),
    field(say("what_was_done"), said, say("what_was_done_help"), "decide-said"),
    element("button", {}, say("decide")),
  );
  const given = () => ({ right: right.value, decision: decision.value, reasons: reasons.value, said: said.value, erase: chosen() });
  return acting(desk, "decide_title", form, act("decide", given, "decided"));
}

function extending(desk, progress, act) {
  if (progress.extended_until) return "";
  const months = element("select", { name: "months" }, [1, 2].map((many) => element("option", { value: many }, String(many))));
  const reasons = element("textarea", { name: "reasons", rows: 4, required: true });
  const form = element("form", {}, field(say("months"), months), field(say("reasons"), reasons, say("reasons_help"), "extend-reasons"), element("button", {}, say("extend")));
  return acting(desk, "extend_title", form, act("extend", () => ({ months: Number(months.value), reasons: reasons.value }), "extended"));
}

function waiting(desk, progress, act) {
  if (progress.paused_at && !progress.resumed_at) {
    const form = element("form", {}, element("button", { class: "quiet" }, say("resume")));
    return acting(desk, "resume_title", form, act("resume", () => undefined, "resumed"));
  }
  const said = element("textarea", { name: "said", rows: 2, required: true });
  const form = element("form", {}, field(say("what_was_asked"), said, say("pause_help"), "pause-said"), element("button", { class: "quiet" }, say("pause")));
  return acting(desk, "pause_title", form, act("pause", () => ({ said: said.value }), "paused"));
}

/** Return the form that lets somebody have advertising again, who was made sure of. */
function advertising(desk, progress, act) {
  if (progress.identity !== "proven" || progress.advertising_at) return "";
  const said = element("textarea", { name: "said", rows: 2, required: true });
  const form = element("form", {}, field(say("advertising_said"), said, say("advertising_help"), "advertising-said"), element("button", { class: "quiet" }, say("advertising")));
  return acting(desk, "advertising_title", form, act("advertising", () => ({ said: said.value }), "advertising_saved"));
}

function assigning(desk, progress, act) {
  const button = element("button", { type: "button", class: "quiet" }, say(progress.assigned ? "assign_nobody" : "assign_me"));
  const place = element("p", {}, button);
  button.onclick = () => desk.attempt(act("assign", () => ({ to: progress.assigned ? "" : "me" }), "assigned_saved"), place);
  return place;
}

/** Return what carrying the case out would reach, counted when somebody asks for it. */
function plan(desk, address) {
  const rows = element("div");
  const shown = element("details", {}, element("summary", {}, say("plan")), element("p", { class: "hint" }, say("plan_help")), rows);
  shown.addEventListener("toggle", () => shown.open && desk.attempt(async () => {
    const found = await desk.call("GET", `${address}/plan`);
    const { entries, categories, kept, titles } = found;
    const words = (name) => (kept.includes(name) ? say("plan_kept", { count: categories[name] }) : String(categories[name]));
    const rest = Object.keys(categories).map((name) => [titles[name], words(name)]);
    rows.replaceChildren(...(entries ? [...inAll(found), pairs(...rest)] : [element("p", {}, say("plan_empty"))]));
  }, shown));
  return shown;
}

/** Return what a case would reach in sentences: what an erasure destroys, and what a law keeps all the same. */
function inAll({ categories, kept, erases }) {
  const total = (key, names) => {
    const entries = names.reduce((sum, name) => sum + categories[name], 0);
    const many = say(entries === 1 ? "an_entry" : "entries", { count: entries });
    const where = say(names.length === 1 ? "a_category" : "categories", { count: names.length });
    return element("p", {}, say(key, { many, where }));
  };
  const names = Object.keys(categories);
  if (!erases) return [total("plan_reaches", names)];
  const goes = names.filter((name) => !kept.includes(name));
  return [goes.length ? total("plan_erases", goes) : element("p", {}, say("plan_erases_nothing")), ...(kept.length ? [total("plan_keeps", kept)] : [])];
}

/** Return what happened in the case, loaded when somebody asks for it. */
function history(desk, address) {
  const lines = element("ol");
  const shown = element("details", {}, element("summary", {}, say("history")), lines);
  shown.addEventListener("toggle", () => shown.open && desk.attempt(async () => {
    const { history: events } = await desk.call("GET", `${address}/history`);
    lines.replaceChildren(...events.map((event) => element("li", {}, moment(event.at, language), `: ${event.words}`)));
  }, shown));
  return shown;
}
