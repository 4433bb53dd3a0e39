/** Restrictions that stand: what is stored only, and the end of what staff hold when its case has ended (Art. 18 GDPR). */

import { acting } from "./acting.js";
import { queues } from "./cases.js";
import { element, field, moment, pairs } from "./elements.js";
import { language, named, say } from "./text.js";

/** Show what is restricted: what is to be looked at first stands first. */
export async function restrictions(desk) {
  const rows = element("ul", { class: "cards" });
  const count = element("p", { role: "status" });
  const more = element("button", { type: "button", class: "quiet" }, say("more"));
  const load = async (after) => {
    const page = await desk.call("GET", `/desk/restrictions${after ? `?${new URLSearchParams({ after })}` : ""}`);
    rows.append(...page.restrictions.map((item) => card(desk, item)));
    count.textContent = rows.childElementCount ? say(page.next ? "shown_more" : "shown", { count: rows.childElementCount }) : say("no_restrictions");
    more.hidden = !page.next;
    more.onclick = () => desk.attempt(() => load(page.next));
  };
  await load("");
  return [element("h1", {}, say("restrictions")), element("p", {}, say("restrictions_intro")), queues("restrictions"), count, rows, more];
}

function card(desk, item) {
  const made = element("li", { class: "card" });
  const draw = (now) => made.replaceChildren(
    element("h2", {}, `${now.title}, `, moment(now.since, language)),
    pairs(
      [say("reference"), element("code", {}, now.id)],
      [say("site"), now.site],
      [say("review_by"), moment(now.review_by, language)],
      [say("restricted_by"), element("span", {}, now.by.map(restrictor))],
      [say("lift_on"), moment(now.lift_on, language)],
    ),
    keeping(desk, now, draw),
    now.by.includes("staff") && !now.lift_on ? lifting(desk, now, draw) : "",
  );
  draw(item);
  return made;
}

/** Return the button that says: somebody looked, and it stays. */
function keeping(desk, item, draw) {
  const button = element("button", { type: "button", class: "quiet" }, say("keep_restricted"));
  const place = element("p", {}, button);
  button.onclick = () => desk.attempt(async () => {
    const { restriction } = await desk.call("POST", `/desk/restrictions/${item.id}/keep`);
    draw(restriction);
    desk.tell(say("kept_restricted"), { focus: true });
  }, place);
  return place;
}

/** Return who restricts: a case, to be decided about or lifted there, or staff. */
function restrictor(by) {
  const [of, right] = by.split("#");
  const words = right ? element("a", { href: `#cases/${of}` }, `${say("request_for")} ${named("right_", right)}`) : say("restricted_by_staff");
  return element("span", {}, words, " ");
}

function lifting(desk, item, draw) {
  const reasons = element("textarea", { name: "reasons", rows: 3, required: true });
  const on = element("input", { name: "on", type: "date" });
  const told = element("textarea", { name: "told", rows: 2 });
  const form = element(
    "form",
    {},
    field(say("reasons"), reasons, say("lift_reasons_help"), `lift-reasons-${item.id}`),
    field(say("lift_day"), on, say("lift_day_help"), `lift-on-${item.id}`),
    field(say("lift_told"), told, say("lift_told_help"), `lift-told-${item.id}`),
    element("button", {}, say("lift")),
  );
  return acting(desk, "lift_title", form, async () => {
    const given = { reasons: reasons.value, told: told.value, ...(on.value ? { on: on.value } : {}) };
    const { restriction } = await desk.call("POST", `/desk/restrictions/${item.id}/lift`, given);
    draw(restriction);
    desk.tell(say("lift_saved"), { focus: true });
  });
}
