/** Single visits: found by the address of who shows that it was theirs, or of an attack, and deleted one by one (Art. 11(2) GDPR). */

import { acting } from "./acting.js";
import { element, field } from "./elements.js";
import { language, named, say } from "./text.js";

const REASONS = ["person-asked", "misuse"];
const AT_ONCE = 100;
const TOLD = { path: "page", referrer: "referrer", element: "element", interest: "interest", user_agent: "browser" };

/** Return the form that finds the visits of a day from an address; what it finds stands below it. */
export function finding(desk, sites, chosen) {
  const controls = {
    site: element("select", { name: "site" }, sites.map(({ name, title }) => element("option", { value: name, selected: name === chosen }, title))),
    day: element("input", { name: "day", type: "date", required: true }),
    ip: element("input", { name: "ip", autocomplete: "off", spellcheck: "false", maxlength: 45, required: true }),
    why: element("select", { name: "why" }, REASONS.map((reason) => element("option", { value: reason }, named("why_visit_", reason)))),
  };
  const found = element("div", {});
  const form = element(
    "form",
    {},
    element("p", { class: "hint" }, say("find_visits_help")),
    ...Object.entries(controls).map(([name, control]) => field(say(`visit_${name}`), control, "", `visit-${name}`)),
    element("button", { class: "quiet" }, say("find_visits")),
  );
  const whole = acting(desk, "find_visits_title", form, async () => {
    found.replaceChildren();
    const asked = Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, control.value]));
    const { visits, more } = await desk.call("POST", "/security/visits/search", asked);
    if (visits.length) found.append(deleting(desk, visits));
    desk.tell(say(more ? "visits_found_more" : "visits_found", { count: visits.length }), { focus: true });
  });
  whole.append(found);
  return whole;
}

/** Return what was found, a row per visit with a box to tick, and the button that deletes what is ticked. */
function deleting(desk, visits) {
  const told = Object.keys(TOLD).filter((name) => visits.some((visit) => visit[name]));
  const heads = [say("visit_at"), ...told.map((name) => named("property_", TOLD[name]))];
  const head = element("tr", {}, heads.map((text) => element("th", { scope: "col" }, text)));
  const rows = new Map(visits.map((visit) => [visit.id, row(visit, told)]));
  const form = element(
    "form",
    {},
    element("div", { class: "scrolls", tabindex: 0, role: "region", "aria-label": say("visits") }, element("table", {}, element("thead", {}, head), element("tbody", {}, [...rows.values()]))),
    element("button", { class: "quiet" }, say("delete_visits")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    desk.attempt(async () => {
      const ticked = [...form.querySelectorAll("input:checked")].map((box) => box.value);
      if (!ticked.length) return desk.tell(say("tick_visits"), { wrong: true, focus: true });
      for (let first = 0; first < ticked.length; first += AT_ONCE) {
        const gone = ticked.slice(first, first + AT_ONCE);
        await desk.call("POST", "/security/visits/delete", { rows: gone });
        for (const id of gone) rows.get(id).remove();
      }
      if (!form.querySelector("input")) form.remove();
      return desk.tell(say("visits_deleted", { count: ticked.length }), { focus: true });
    }, form);
  });
  return form;
}

function row(visit, told) {
  const time = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { timeStyle: "medium", timeZone: "Europe/Amsterdam" }).format(new Date(visit.at));
  const box = element("input", { type: "checkbox", name: "rows", value: visit.id });
  const when = element("th", { scope: "row" }, element("label", { class: "choice" }, box, element("time", { datetime: visit.at }, time)));
  return element("tr", {}, when, told.map((name) => element("td", {}, visit[name])));
}
