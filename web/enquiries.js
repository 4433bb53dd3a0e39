/** The list of enquiries, and one enquiry from its opening to its end (P03, P04, P11). */

import { byNumber, keep, tabs } from "./acting.js";
import { element, field, isSteered, moment, pairs } from "./elements.js";
import { language, named, say } from "./text.js";

const STATUSES = ["open", "answered", "handled", "spam", "all"];
/* A reason is one of these words and no free text: it travels in an address, where nothing personal may stand. */
const REASONS = ["answer", "follow-up", "person-asked", "misdirected"];
export const REFERENCE = /^[a-z2-7]{26}$/;

/** Show the list, filtered by status. */
export async function list(desk, wanted) {
  const status = STATUSES.includes(wanted.get("status")) ? wanted.get("status") : "open";
  const rows = element("ul", { class: "cards" });
  const count = element("p", { role: "status" });
  const more = element("button", { type: "button", class: "quiet" }, say("more"));
  const load = async (after) => {
    const page = await desk.call("GET", `/desk/enquiries?${new URLSearchParams({ status, ...(after && { after }) })}`);
    const first = rows.childElementCount;
    rows.append(...page.enquiries.map(card));
    count.textContent = rows.childElementCount
      ? say(page.next ? "shown_more" : "shown", { count: rows.childElementCount })
      : say("none_here");
    more.hidden = !page.next;
    more.onclick = () => desk.attempt(async () => {
      await load(page.next);
      rows.children[first + page.enquiries.length]?.querySelector("a")?.focus();
    });
  };
  await load("");
  return [element("h1", {}, say("enquiries")), element("p", {}, say("list_intro")), tabs("show", STATUSES.map((name) => [`#enquiries?status=${name}`, say(name), name === status])), count, rows, more, byNumber("enquiries")];
}

function card(item) {
  const link = element("a", { href: `#enquiries/${item.id}` }, `${say("enquiry_of")} `, moment(item.received_at, language));
  return element("li", { class: "card" }, element("h2", {}, link), state(item));
}

function state(item) {
  return pairs(
    [say("reference"), element("code", {}, item.id)],
    [say("status"), named("", item.status)],
    [say("channel"), named("", item.channel)],
    [say("site"), item.site],
    [say("language"), item.language && named("", item.language)],
    [say("handled_at"), moment(item.handled_at, language)],
    [say("erase_by"), moment(item.erase_by, language)],
  );
}

/** Show one enquiry: first the question why, then what it holds. */
export async function one(desk, wanted, id) {
  if (!REFERENCE.test(id)) return [element("h1", {}, say("enquiry")), element("p", { role: "alert" }, say("not_found"))];
  return [element("h1", {}, say("enquiry")), ...opening(desk, "enquiry", id, (why) => opened(desk, id, why))];
}

/**
 * Return the number of a thing, the form that asks why it is opened, and the place where it is shown then. `what` is what it is:
 * `enquiry`, `case`, `mail` or `incident`.
 */
export function opening(desk, what, id, open) {
  const choice = element("select", { name: "why" }, REASONS.map((why) => element("option", { value: why }, say(`why_${why}`))));
  const form = element("form", {}, field(say(`why_open_${what}`), choice, say("opening_recorded")), element("button", {}, say("open_it")));
  const number = pairs([say(what === "case" ? "case_number" : "reference"), element("code", {}, id)]);
  const content = element("div");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    desk.attempt(async () => {
      const found = await open(choice.value);
      form.remove();
      if (what === "enquiry" || what === "case") number.remove(); // it stands in the state as well
      content.replaceChildren(...found);
      content.querySelector("h2")?.focus();
    }, form);
  });
  return [number, form, content];
}

async function opened(desk, id, why) {
  let enquiry;
  try {
    ({ enquiry } = await desk.call("GET", `/desk/enquiries/${id}?${new URLSearchParams({ why })}`));
  } catch (refused) {
    if (refused.status === 410) return destroyed(id);
    throw refused;
  }
  desk.tell(say("opened"));
  const about = element("div", {}, state(enquiry));
  const mail = (item, part) => (item.has_raw ? fetching(desk, `/desk/enquiries/${id}/raw`, { part, why }) : "");
  const shown = (enquiry.messages ?? []).map((item) => message(item, mail(item, item.part)));
  const messages = element("ol", { class: "messages" }, shown);
  const empty = element("p", { hidden: messages.childElementCount > 0 }, say("no_messages"));
  const refresh = (change) => about.replaceChildren(state(Object.assign(enquiry, change)));
  return [
    element("h2", { tabindex: -1 }, say("details")),
    pairs(...Object.entries(enquiry.fields ?? {}).map(([name, value]) => [named("field_", name), text(value)])),
    steered(...Object.values(enquiry.fields ?? {}).map(text)),
    about,
    mail(enquiry, "main"),
    element("h2", {}, say("conversation")),
    empty,
    messages,
    answering(desk, `/desk/enquiries/${id}`, (sent) => {
      messages.append(message({ at: new Date().toISOString(), direction: "out", text: sent }));
      empty.hidden = true;
      if (enquiry.status === "open") refresh({ status: "answered" });
    }),
    handling(desk, id, enquiry, refresh),
  ];
}

/** Return what is shown of something whose key is gone. */
export function destroyed(id) {
  return [
    element("h2", { tabindex: -1 }, say("destroyed")),
    element("p", {}, say("destroyed_text")),
    element("p", {}, element("a", { href: `#proof?entry=${id}` }, say("see_proof"))),
  ];
}

const text = (value) => (typeof value === "string" ? value : JSON.stringify(value));

/**
 * Return a button that fetches a mail as it came in; it is saved and never shown, for nobody knows what is in it. One that
 * is not safe is fetched only after a second button, which says why.
 */
export function fetching(desk, path, query, safe = true) {
  const button = element("button", { type: "button", class: "quiet" }, say("fetch_mail"));
  const place = element("p", {}, button, " ", element("span", { class: "hint" }, say("fetch_mail_help")));
  const fetched = (confirm) => desk.attempt(async () => {
    const file = await desk.call("GET", `${path}?${new URLSearchParams({ ...query, ...confirm })}`);
    keep(file, "mail.eml");
    desk.tell(say("mail_fetched"));
  }, place);
  const asked = () => {
    const anyway = element("button", { type: "button", class: "quiet", onclick: () => fetched({ confirm: "true" }) }, say("fetch_confirm"));
    place.append(element("span", { class: "warning", role: "alert" }, say("fetch_anyway")), " ", anyway);
    button.remove();
    anyway.focus();
  };
  button.onclick = safe ? () => fetched({}) : asked;
  return place;
}

/** Return one message of a conversation. */
export function message(item, mail = "") {
  return element(
    "li",
    { class: `message ${item.direction === "out" ? "out" : "in"}` },
    element("p", { class: "hint" }, `${say(item.direction === "out" ? "direction_out" : "direction_in")}, `, moment(item.at, language)),
    element("p", { class: "said", dir: "auto" }, item.text ?? ""),
    item.cut && element("p", { class: "hint" }, say("cut")),
    steered(item.text),
    filedToo(item),
    mail,
  );
}

/** Return what to say of texts with marks that turn around what is read. */
export const steered = (...texts) => (texts.some(isSteered) ? element("p", { class: "warning" }, say("steered")) : "");

/** Return the link to where a message lies as well: a reply to an enquiry that asks for a right is a case too. */
function filedToo({ case: made, enquiry }) {
  if (!made && !enquiry) return "";
  const text = made ? `${say("case")} ${made}` : `${say("enquiry")} ${enquiry}`;
  return element("p", {}, element("a", { href: made ? `#cases/${made}` : `#enquiries/${enquiry}` }, text));
}

/** Return the form for an answer. What asks for special data is sent only after its author has seen the warning (P39). */
export function answering(desk, path, done) {
  let key = crypto.randomUUID();
  const draft = element("textarea", { name: "text", rows: 8, required: true });
  const warning = element("div", { class: "warning", role: "alert" });
  const form = element("form", {}, field(say("answer_text"), draft, say("answer_help")), warning, element("button", {}, say("send")));
  const send = async (confirm) => {
    warning.replaceChildren();
    try {
      await desk.call("POST", `${path}/answer`, { text: draft.value, ...(confirm && { confirm }) }, key);
    } catch (refused) {
      if (refused.code !== "asks_for_special_data") throw refused;
      warn(refused.message);
      return;
    }
    done(draft.value);
    key = crypto.randomUUID();
    form.reset();
    desk.tell(say("sent"));
  };
  draft.addEventListener("input", () => { key = crypto.randomUUID(); }); // another text is another answer
  const warn = (said) => {
    const anyway = element("button", { type: "button", class: "quiet", onclick: () => desk.attempt(() => send(true), form) }, say("asks_anyway"));
    const change = element("button", { type: "button", onclick: () => { warning.replaceChildren(); draft.focus(); } }, say("change_it"));
    warning.replaceChildren(element("p", {}, said), change, " ", anyway);
    change.focus();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    desk.attempt(() => send(false), form);
  });
  return element("section", {}, element("h2", {}, say("answer")), form);
}

/** Return the button that ends an enquiry, unless it has ended. */
function handling(desk, id, enquiry, done) {
  const section = element("section", { hidden: enquiry.status === "handled" });
  const handle = element("button", { type: "button" }, say("mark_handled"));
  handle.onclick = () => desk.attempt(async () => {
    const { enquiry: now } = await desk.call("POST", `/desk/enquiries/${id}/handled`);
    done(now);
    section.hidden = true;
    desk.tell(say("now_handled"), { focus: true });
  }, section);
  section.append(element("h2", {}, say("handle")), element("p", {}, say("handle_help")), handle);
  return section;
}
