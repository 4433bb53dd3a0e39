/** Requests and questions: a queue by deadline, one case from its opening to its end, and mail that is no case (P20, P45). */

import { forgetting, vouching } from "./case_identity.js";
import { acting, byNumber, tabs } from "./acting.js";
import { answering, destroyed, fetching, message, opening, REFERENCE, steered } from "./enquiries.js";
import { element, field, moment, pairs, today } from "./elements.js";
import { rightsOf } from "./rights.js";
import { language, named, say } from "./text.js";

const STATUSES = ["open", "closed", "all"];
export const RIGHTS = ["access", "rectification", "erasure", "restriction", "portability", "objection", "withdrawal", "unsubscribe", "reminder", "question"];
const OUTCOMES = ["answered", "fulfilled", "partly", "refused", "no_data", "forwarded", "withdrawn", "not_a_request"];
const DAY = 86_400_000;

/** Show the queue: what must be answered first stands first. */
export async function cases(desk, wanted) {
  const status = STATUSES.includes(wanted.get("status")) ? wanted.get("status") : "open";
  const draw = (item) => card(desk, item);
  const rows = await paged(desk, `/desk/cases?status=${status}`, (page) => page.cases, draw, "no_cases");
  return [element("h1", {}, say("cases")), element("p", {}, say("cases_intro")), queues(status), element("p", {}, element("a", { href: "#enter?kind=case" }, say("enter_case_title"))), ...rows, byNumber("cases")];
}

/** Show mail that waits for a person to decide on. */
export async function inbox(desk) {
  const rows = await paged(desk, "/desk/inbox", (page) => page.inbox, waiting, "inbox_empty");
  return [element("h1", {}, say("inbox")), element("p", {}, say("inbox_intro")), queues("inbox"), ...rows];
}

/** Return the links between the lists of requests, of mail that is none, and of what is restricted. */
export function queues(shown) {
  const lists = STATUSES.map((name) => [`#cases?status=${name}`, say(name), name === shown]);
  const others = ["inbox", "restrictions"].map((name) => [`#${name}`, say(name), name === shown]);
  return tabs("show", [...lists, ...others]);
}

/** Return a list that loads page after page: what tells how many there are, the rows, and the button for more. */
async function paged(desk, address, of, draw, empty) {
  const rows = element("ul", { class: "cards" });
  const count = element("p", { role: "status" });
  const more = element("button", { type: "button", class: "quiet" }, say("more"));
  const load = async (after) => {
    const page = await desk.call("GET", after ? `${address}${address.includes("?") ? "&" : "?"}${new URLSearchParams({ after })}` : address);
    const first = rows.childElementCount;
    rows.append(...of(page).map(draw));
    count.textContent = rows.childElementCount ? say(page.next ? "shown_more" : "shown", { count: rows.childElementCount }) : say(empty);
    more.hidden = !page.next;
    more.onclick = () => desk.attempt(async () => {
      await load(page.next);
      rows.children[first + of(page).length]?.querySelector("a")?.focus();
    });
  };
  await load("");
  return [count, rows, more];
}

function card(desk, item) {
  const link = element("a", { href: `#cases/${item.id}` }, `${say("case_of")} `, moment(item.received_at, language));
  return element("li", { class: "card" }, element("h2", {}, link), item.status === "open" && left(desk, item), state(item));
}

/** Return how many days are left, in words. */
function left(desk, item) {
  const days = Math.round((Date.parse(item.respond_by) - Date.parse(today(desk.now()))) / DAY);
  if (days < 0) return element("p", { class: "wrong" }, say(days === -1 ? "day_late" : "days_late", { days: -days }));
  return element("p", { class: days <= 7 ? "wrong" : "good" }, days === 0 ? say("answer_today") : say(days === 1 ? "day_left" : "days_left", { days }));
}

const listed = (prefix, names) => names.map((name) => named(prefix, name)).join(", ");

function state(item) {
  return pairs(
    [say("case_number"), element("code", {}, item.id)],
    [say("respond_by"), moment(item.respond_by, language)],
    [say("respond_by_latest"), item.respond_by_latest === item.respond_by ? "" : moment(item.respond_by_latest, language)],
    [say("rights_asked"), listed("right_", item.rights)],
    [say("look_at"), listed("look_", item.look)],
    [say("status"), named("", item.status)],
    [say("outcome"), item.outcome && named("outcome_", item.outcome)],
    [say("closed_at"), moment(item.closed_at, language)],
    [say("channel"), named("", item.channel)],
    [say("site"), item.site],
    [say("language"), item.language && named("", item.language)],
    [say("erase_by"), moment(item.erase_by, language)],
  );
}

/** Show one case: first the question why, then what it holds. */
export async function oneCase(desk, wanted, id) {
  if (!REFERENCE.test(id)) return [element("h1", {}, say("case")), element("p", { role: "alert" }, say("not_found"))];
  return [element("h1", {}, say("case")), ...opening(desk, "case", id, (why) => openedCase(desk, id, why))];
}

async function openedCase(desk, id, why) {
  let item;
  try {
    ({ case: item } = await desk.call("GET", `/desk/cases/${id}?${new URLSearchParams({ why })}`));
  } catch (refused) {
    if (refused.status === 410) return destroyed(id);
    throw refused;
  }
  desk.tell(say("case_opened"));
  const about = element("div", {}, item.status === "open" && left(desk, item), state(item));
  const acts = element("div", { hidden: item.status !== "open" });
  const refresh = (change) => {
    Object.assign(item, change);
    about.replaceChildren(...[item.status === "open" && left(desk, item), state(item)].filter(Boolean));
    acts.hidden = item.status !== "open";
  };
  const messages = element("ol", { class: "messages" }, item.messages.map((each) => piece(desk, id, each, why, item.look)));
  const answered = (sent) => messages.append(message({ at: new Date().toISOString(), direction: "out", text: sent }));
  acts.append(
    item.facts.email ? answering(desk, `/desk/cases/${id}`, answered) : element("p", {}, say("no_address")),
    vouching(desk, id, () => refresh({ look: item.look.filter((reason) => reason !== "on_behalf") })),
    settingRights(desk, id, item, refresh),
    correcting(desk, id, refresh),
    closing(desk, id, refresh),
  );
  return [
    element("h2", { tabindex: -1 }, say("details")),
    pairs(...["name", "email", "phone"].map((name) => [say(`field_${name}`), item.facts[name]])),
    steered(...Object.values(item.facts)),
    about,
    element("h2", {}, say("rights_asked")),
    item.asked.length ? pairs(...item.asked.map((each) => [named("right_", each.right), each.words || "–"])) : element("p", {}, say("no_rights")),
    element("h2", {}, say("conversation")),
    messages,
    ...(item.notes.length ? [element("h2", {}, say("notes")), element("ul", {}, item.notes.map(note))] : []),
    ...(await rightsOf(desk, id, why, refresh)),
    acts,
  ];
}

function piece(desk, id, item, why, look) {
  if (item.state !== "open") return message({ ...item, text: say(`message_${item.state}`) });
  const raw = item.has_raw ? fetching(desk, `/desk/cases/${id}/raw`, { message: item.id, why }, item.is_safe) : "";
  const tools = element("div", {}, found(item), raw);
  if (item.has_raw && look.includes("identity_document")) tools.append(forgetting(desk, id, item.id, () => tools.replaceChildren(found(item))));
  return message({ ...item, text: [item.subject, item.text].filter(Boolean).join("\n\n") }, tools);
}

/** Return what a mail brought along and what the mail service found. */
function found(item) {
  const verdicts = Object.entries(item.verdicts ?? {}).filter(([, verdict]) => verdict);
  const attached = (item.attachments ?? []).map(([name, kind, size]) => element("li", {}, element("bdi", {}, name || "?"), " (", element("bdi", {}, kind || "?"), `, ${Math.ceil(size / 1000)} kB)`));
  const files = attached.length ? element("ul", {}, attached) : "";
  const names = (item.attachments ?? []).flatMap(([name, kind]) => [name, kind]);
  return element("div", {}, pairs([say("attachments"), files], [say("verdicts"), verdicts.map((pair) => pair.join(": ")).join(", ")]), steered(...names));
}

function note(item) {
  return element("li", {}, moment(item.at, language), `: ${say(`note_${item.what}`)} `, item.right ? `${named("right_", item.right)} ` : "", ...[item.reason, item.reasons, item.note, item.said].filter(Boolean).map((words) => element("q", {}, words)));
}

/** Return the form that says which rights a case is about. */
function settingRights(desk, id, item, done) {
  const boxes = RIGHTS.map((right) => {
    const box = element("input", { type: "checkbox", name: "rights", value: right });
    box.checked = item.rights.includes(right);
    return element("li", {}, element("label", { class: "choice" }, box, named("right_", right)));
  });
  const choices = element("fieldset", {}, element("legend", {}, say("which_rights")), element("ul", { class: "choices" }, boxes));
  const form = element("form", {}, choices, element("button", { class: "quiet" }, say("save_rights")));
  return acting(desk, "put_right_rights", form, async () => {
    const rights = [...form.querySelectorAll(":checked")].map((box) => box.value);
    const { case: now } = await desk.call("POST", `/desk/cases/${id}/rights`, { rights });
    done(now);
    desk.tell(say("rights_saved"), { focus: true });
  });
}

/** Return the form that puts right when a case was received. */
function correcting(desk, id, done) {
  const received = element("input", { name: "received", type: "date", max: today(desk.now()), required: true });
  const reason = element("textarea", { name: "reason", rows: 2, required: true });
  const form = element("form", {}, field(say("received_on"), received), field(say("reason"), reason, say("reason_help"), "reason-of-day"), element("button", { class: "quiet" }, say("save_received")));
  return acting(desk, "put_right_received", form, async () => {
    const { case: now } = await desk.call("POST", `/desk/cases/${id}/received`, { received: received.value, reason: reason.value });
    done(now);
    form.reset();
    desk.tell(say("received_saved"), { focus: true });
  });
}

/** Return the form that ends a case. */
function closing(desk, id, done) {
  const outcome = element("select", { name: "outcome" }, OUTCOMES.map((name) => element("option", { value: name }, say(`outcome_${name}`))));
  const reason = element("textarea", { name: "reason", rows: 2 });
  const form = element("form", {}, field(say("outcome"), outcome), field(say("reason"), reason, say("reason_of_end_help"), "reason-of-end"), element("button", {}, say("close_case")));
  return acting(desk, "close_title", form, async () => {
    const { case: now } = await desk.call("POST", `/desk/cases/${id}/close`, { outcome: outcome.value, reason: reason.value });
    done(now);
    desk.tell(say("case_closed"), { focus: true });
  });
}

// --- mail that is no case

function waiting(item) {
  const link = element("a", { href: `#inbox/${item.id}` }, `${say("mail_of")} `, moment(item.received_at, language));
  return element("li", { class: "card" }, element("h2", {}, link), pairs([say("reference"), element("code", {}, item.id)], [say("look_at"), listed("look_", item.look)], [say("site"), item.site], [say("erase_by"), moment(item.erase_by, language)]));
}

/** Show one mail that is no case: first the question why, then what it says and what can be done with it. */
export async function oneMail(desk, wanted, id) {
  if (!REFERENCE.test(id)) return [element("h1", {}, say("mail")), element("p", { role: "alert" }, say("not_found"))];
  return [element("h1", {}, say("mail")), ...opening(desk, "mail", id, (why) => openedMail(desk, id, why))];
}

async function openedMail(desk, id, why) {
  const { item } = await desk.call("GET", `/desk/inbox/${id}?${new URLSearchParams({ why })}`);
  desk.tell(say("mail_opened"));
  const { content } = item;
  const result = element("div", { tabindex: -1 });
  const make = element("button", { type: "button" }, say("make_case"));
  const aside = element("button", { type: "button", class: "quiet" }, say("dismiss"));
  const acts = element("p", {}, make, " ", aside);
  make.onclick = () => desk.attempt(async () => {
    const { id: made } = await desk.call("POST", `/desk/inbox/${id}/case`);
    acts.remove();
    result.replaceChildren(element("p", {}, `${say("case_made")} `, element("a", { href: `#cases/${made}` }, say("to_case"))));
    result.focus();
  }, acts);
  aside.onclick = () => desk.attempt(async () => {
    await desk.call("POST", `/desk/inbox/${id}/dismiss`);
    acts.remove();
    desk.tell(say("dismissed"), { focus: true });
  }, acts);
  return [
    element("h2", { tabindex: -1 }, content.subject || say("details")),
    pairs([say("field_name"), content.name], [say("field_email"), content.email], [say("received"), moment(item.received_at, language)]),
    element("p", { class: "said", dir: "auto" }, content.text),
    steered(content.subject, content.name, content.text),
    found(content),
    fetching(desk, `/desk/inbox/${id}/raw`, { why }, !item.look.some((reason) => ["virus", "unscanned", "bsn_in_mail"].includes(reason))),
    ...(item.status === "waiting" ? [result, acts] : []),
  ];
}
