/** Data breaches: noted, counted, reported to the authority, ended (Art. 33 and 34 GDPR). */

import { acting } from "./acting.js";
import { destroyed, opening, REFERENCE } from "./enquiries.js";
import { element, field, moment, pairs } from "./elements.js";
import { language, named, say } from "./text.js";

const FACTS = ["nature", "cause", "consequences", "measures", "contact"];
const HOUR = 3_600_000;

/** Show the list: what must be reported first stands first; and the form that notes another. */
export async function incidents(desk) {
  const { incidents: found } = await desk.call("GET", "/desk/incidents");
  const rows = element("ul", { class: "cards" }, found.map((item) => card(desk, item)));
  const none = element("p", { role: "status" }, found.length ? say("shown", { count: found.length }) : say("no_incidents"));
  return [element("h1", {}, say("incidents")), element("p", {}, say("incidents_intro")), none, rows, noting(desk)];
}

function card(desk, item) {
  const link = element("a", { href: `#incidents/${item.id}` }, `${say("incident_of")} `, moment(item.aware_at, language));
  return element("li", { class: "card" }, element("h2", {}, link), left(desk, item), state(item));
}

/** Return how many hours are left to report, in words. */
function left(desk, item) {
  if (item.status !== "open") return "";
  const hours = Math.ceil((Date.parse(item.report_by) - desk.now()) / HOUR);
  return element("p", { class: "wrong" }, hours > 0 ? say("hours_left", { hours }) : say("report_late"));
}

function state(item) {
  return pairs(
    [say("status"), named("incident_is_", item.status)],
    [say("report_by"), moment(item.report_by, language)],
    [say("reported_at"), moment(item.reported_at, language)],
    [say("high_risk"), named("risk_", item.high_risk || "unknown")],
    [say("persons_told_at"), moment(item.persons_told_at, language)],
    [say("closed_at"), moment(item.closed_at, language)],
    [say("erase_by"), moment(item.erase_by, language)],
  );
}

function text(name, title, { help = "", required = false, id = name } = {}) {
  return field(say(title), element("textarea", { name, rows: 3, required }), help && say(help), id);
}

const value = (form, name) => form.elements.namedItem(name).value;

/** Return a moment that was typed by the clock of this machine, with its zone. */
const typed = (form, name) => new Date(value(form, name)).toISOString();

function noting(desk) {
  const aware = element("input", { name: "aware", type: "datetime-local", required: true });
  const form = element("form", {}, field(say("aware"), aware, say("aware_help")), text("nature", "fact_nature", { required: true }), element("button", {}, say("note_incident")));
  const key = crypto.randomUUID();
  return acting(desk, "note_incident_title", form, async () => {
    const { id } = await desk.call("POST", "/desk/incidents", { aware: typed(form, "aware"), nature: value(form, "nature") }, key);
    location.hash = `#incidents/${id}`;
  });
}

/** Show one incident: first the question why, then its facts, counts and log, and what can be done. */
export async function oneIncident(desk, wanted, id) {
  if (!REFERENCE.test(id)) return [element("h1", {}, say("incident")), element("p", { role: "alert" }, say("not_found"))];
  return [element("h1", {}, say("incident")), ...opening(desk, "incident", id, (why) => opened(desk, id, why))];
}

async function opened(desk, id, why) {
  const { categories } = await desk.call("GET", "/desk/sites");
  const place = element("div", { tabindex: -1 });
  const load = async () => {
    const { incident } = await desk.call("GET", `/desk/incidents/${id}?${new URLSearchParams({ why })}`);
    const act = (path, body, said) => async () => {
      await desk.call("POST", `/desk/incidents/${id}/${path}`, body());
      await load();
      desk.tell(say(said), { focus: true });
    };
    place.replaceChildren(...shown(desk, incident), ...(incident.status === "closed" ? [] : acts(desk, incident, act, categories)), drafting(desk, id, why));
  };
  try {
    await load();
  } catch (refused) {
    if (refused.status === 410) return destroyed(id);
    throw refused;
  }
  desk.tell(say("incident_opened"));
  return [element("h2", { tabindex: -1 }, say("details")), place];
}

function shown(desk, item) {
  const counts = item.counted.map((each) => element("li", {}, moment(each.since, language), " – ", moment(each.until, language), `: ${counted(each)}`));
  const log = item.log.map((note) => element("li", {}, moment(note.at, language), `: ${named("log_", note.what)}`));
  return [
    left(desk, item),
    state(item),
    pairs(...FACTS.map((name) => [say(`fact_${name}`), item.facts[name]])),
    element("h3", {}, say("counted")),
    counts.length ? element("ul", {}, counts) : element("p", {}, say("not_counted")),
    element("h3", {}, say("log")),
    element("ol", {}, log),
  ];
}

const counted = ({ persons, entries, is_complete: complete }) => say(complete ? "counted_in_all" : "counted_at_least", { persons, entries });

function acts(desk, item, act, categories) {
  const adding = element("form", {}, FACTS.map((name) => text(name, `fact_${name}`, { id: `add-${name}` })), risk(item), element("button", {}, say("add")));
  const facts = () => ({ ...Object.fromEntries(FACTS.map((name) => [name, value(adding, name)])), high_risk: value(adding, "high_risk") });
  const day = (name) => element("input", { name, type: "datetime-local", required: true });
  const scope = element("form", {}, field(say("since"), day("since")), field(say("until"), day("until")), which(categories), element("button", {}, say("count")));
  const reporting = element("form", {}, field(say("reported_at"), day("at")), field(say("authority_reference"), element("input", { name: "reference" })), text("reasons", "reasons_of_delay", { id: "report-reasons" }), element("button", {}, say("note_report")));
  const telling = element("form", {}, text("said", "how_told", { required: true, id: "told-said" }), element("button", {}, say("note_told")));
  const ending = element("form", {}, text("reasons", "reasons_of_silence", { id: "end-reasons" }), element("button", {}, say("close_incident")));
  return [
    acting(desk, "add_title", adding, act("add", facts, "added")),
    acting(desk, "count_title", scope, act("scope", () => ({ since: typed(scope, "since"), until: typed(scope, "until"), categories: ticked(scope) }), "count_done")),
    item.status === "open" ? acting(desk, "report_title", reporting, act("reported", () => ({ at: typed(reporting, "at"), reference: value(reporting, "reference"), reasons: value(reporting, "reasons") }), "report_noted")) : "",
    item.high_risk === "yes" && !item.persons_told_at ? acting(desk, "told_persons_title", telling, act("persons-told", () => ({ said: value(telling, "said") }), "told_noted")) : "",
    acting(desk, "close_incident_title", ending, act("close", () => ({ reasons: value(ending, "reasons") }), "incident_ended")),
  ];
}

const ticked = (form) => [...form.querySelectorAll(":checked")].map((box) => box.value);

/** Return the boxes of what was exposed: none ticked is all. */
function which(categories) {
  const box = ([name, title]) => element("li", {}, element("label", { class: "choice" }, element("input", { type: "checkbox", name: "categories", value: name }), title));
  return element("fieldset", {}, element("legend", {}, say("which_categories")), element("ul", { class: "choices" }, Object.entries(categories).map(box)));
}

function risk(item) {
  const choice = element("select", { name: "high_risk" }, ["", "yes", "no"].map((name) => element("option", { value: name, selected: name === item.high_risk }, say(`risk_${name || "unknown"}`))));
  return field(say("high_risk"), choice, say("high_risk_help"), "add-high-risk");
}

/** Return the draft of the report, made when somebody asks for it. */
function drafting(desk, id, why) {
  const words = element("textarea", { name: "draft", rows: 20, readonly: true });
  const lacks = element("p", { class: "hint" });
  const place = element("details", {}, element("summary", {}, say("draft_title")), lacks, field(say("draft"), words));
  place.addEventListener("toggle", () => place.open && desk.attempt(async () => {
    const draft = await desk.call("GET", `/desk/incidents/${id}/draft?${new URLSearchParams({ why, language })}`);
    words.value = draft.text;
    lacks.textContent = draft.missing.length ? `${say("still_missing")}: ${draft.missing.map((name) => named("fact_", name)).join(", ")}` : say("nothing_missing");
  }, place));
  return place;
}
