/** Evidence to keep and to check elsewhere: the sealed days of a period, and the proof of what was done to one entry (P11). */

import { acting, keep } from "./acting.js";
import { element, field } from "./elements.js";
import { say } from "./text.js";

/** Return the form that saves the sealed days of a period as one file, for `nakoming verify`. */
export function bundling(desk, yesterday) {
  const first = element("input", { name: "from", type: "date", required: true });
  const last = element("input", { name: "to", type: "date", value: yesterday, required: true });
  const form = element(
    "form",
    {},
    element("p", { class: "hint" }, say("bundle_help")),
    field(say("from_day"), first, "", "bundle-from"),
    field(say("to_day"), last, "", "bundle-to"),
    element("button", { class: "quiet" }, say("save_bundle")),
  );
  return acting(desk, "bundle_title", form, async () => {
    const asked = { from: first.value, to: last.value };
    const pages = [];
    for (let after = ""; after !== null; after = pages.at(-1).next ?? null) {
      pages.push(await desk.call("GET", `/desk/evidence/bundle?${new URLSearchParams({ ...asked, ...(after && { after }) })}`));
    }
    const whole = joined(pages);
    keep(file(whole), "evidence.json");
    const less = whole.from !== asked.from || whole.to !== asked.to;
    desk.tell([say("bundle_saved", { days: whole.days.length, from: whole.from, to: whole.to }), less && say("bundle_less")].filter(Boolean).join(" "), { focus: true });
  });
}

/** Return the button that saves the proof of what was done to one entry: nobody else's acts are in it. */
export function proving(desk, entry) {
  const button = element("button", { type: "button", class: "quiet" }, say("save_proof"));
  const place = element("p", {}, button, " ", element("span", { class: "hint" }, say("save_proof_help")));
  button.onclick = () => desk.attempt(async () => {
    keep(file(await desk.call("GET", `/desk/evidence/proof?${new URLSearchParams({ entry })}`)), "proof.json");
    desk.tell(say("proof_saved"));
  }, place);
  return place;
}

const file = (document) => new Blob([`${JSON.stringify(document, null, 1)}\n`], { type: "application/json" });

/** Return the pages of a bundle as one document: a key once, a day that goes on on the next page as one day. */
function joined(pages) {
  const whole = { ...pages[0], keys: [], days: [] };
  delete whole.next;
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  for (const page of pages) {
    whole.keys.push(...page.keys.filter((key) => !whole.keys.some((known) => same(known, key))));
    for (const day of page.days) {
      const before = whole.days.at(-1);
      if (before && same(before.statement, day.statement)) before.acts.push(...day.acts);
      else whole.days.push(day);
    }
  }
  return whole;
}
