/** Statistics of visits: what is kept of them, as plots for who sees and as tables for everybody. Nobody is in these figures. */

import { element, field } from "./elements.js";
import { language, named, say } from "./text.js";
import { finding } from "./visits.js";

const DAY = /^\d{4}-\d\d-\d\d$/;
const SVG = "http://www.w3.org/2000/svg";
const SHOWN = 15;

/** Show the figures of one site, from day to day. */
export async function statistics(desk, wanted) {
  const { sites } = await desk.call("GET", "/desk/sites");
  const names = sites.map((site) => site.name);
  const site = names.includes(wanted.get("site")) ? wanted.get("site") : names[0];
  const period = Object.fromEntries(["from", "to"].filter((end) => DAY.test(wanted.get(end) ?? "")).map((end) => [end, wanted.get(end)]));
  const found = await desk.call("GET", `/desk/statistics?${new URLSearchParams({ site, ...period })}`);
  return [
    element("h1", {}, say("statistics_title")),
    element("p", {}, say("statistics_intro", { smallest: found.smallest })),
    choice(desk, found, sites),
    ...(found.days.length ? [perDay(found), ...found.properties.flatMap(property)] : [element("p", { role: "status" }, say("no_statistics"))]),
    finding(desk, sites, site),
  ];
}

function choice(desk, found, sites) {
  const options = sites.map(({ name, title }) => element("option", { value: name, selected: name === found.site }, title));
  const controls = {
    site: element("select", { name: "site" }, options),
    from: element("input", { name: "from", type: "date", value: found.from, required: true }),
    to: element("input", { name: "to", type: "date", value: found.to, required: true }),
  };
  const form = element(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        const asked = new URLSearchParams(Object.entries(controls).map(([name, control]) => [name, control.value]));
        desk.attempt(async () => {
          await desk.call("GET", `/desk/statistics?${asked}`); // what is no period is said at its field
          location.hash = `statistics?${asked}`;
        }, form);
      },
    },
    field(say("site"), controls.site),
    field(say("from_day"), controls.from),
    field(say("to_day"), controls.to),
    element("button", {}, say("show")),
  );
  return form;
}

/** Visits per day, as columns and as a table. A day with too few visitors has no column, and says so in the table. */
function perDay({ days, smallest, from, to }) {
  const few = say("too_few", { smallest });
  const rows = days.map(({ day, visits, bots }) => [date(day), visits ?? few, bots ?? "–"]);
  return element(
    "section",
    {},
    element("h2", {}, say("per_day")),
    plot(days, from, to),
    table(say("per_day"), [say("day"), say("visits"), say("bots")], rows),
  );
}

/** The plot of a period: a place for each of its days, also for those without visits, and what its ends and its height are. */
function plot(days, from, to) {
  const counted = new Map(days.map(({ day, visits }) => [day, visits ?? 0]));
  const most = Math.max(...counted.values());
  if (!most) return "";
  const values = [];
  for (const day = new Date(from); values.length <= 366 && day <= new Date(to); day.setUTCDate(day.getUTCDate() + 1)) values.push(counted.get(day.toISOString().slice(0, 10)) ?? 0);
  const told = say("plot_told", { first: shown(from), last: shown(to), most });
  return element("figure", { class: "plot" }, columns(values), element("figcaption", { class: "hint" }, told));
}

/** One property: its largest groups as bars beside their numbers. What nobody told is left out when it is all there is. */
function property({ name, groups, rest }) {
  if (!groups.some(({ value }) => value !== "") && !rest) return [];
  const largest = groups.slice(0, SHOWN).map(({ value, visits }) => [label(name, value), visits]);
  const more = groups.slice(SHOWN).reduce((sum, { visits }) => sum + visits, 0);
  const rows = [...largest, ...(more ? [[say("less_often"), more]] : []), ...(rest ? [[say("merged"), rest]] : [])];
  const most = Math.max(...rows.map(([, visits]) => visits));
  const title = named("property_", name);
  return [
    element(
      "section",
      {},
      element("h2", {}, title),
      table(title, [title, say("visits"), ""], rows.map(([value, visits]) => [value, visits, bar(visits / most)])),
    ),
  ];
}

function label(name, value) {
  if (value === "") return say("not_told");
  if (name === "country") return new Intl.DisplayNames([language], { type: "region", fallback: "code" }).of(value);
  return name === "device" ? named("device_", value) : value;
}

const shown = (day) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
const date = (day) => element("time", { datetime: day }, shown(day));

/** A table, with its heading for who does not see; the last column of bars is nothing to read out. */
function table(title, heads, rows) {
  const cells = (row) => row.map((cell, place) => element(place ? "td" : "th", { scope: place ? null : "row" }, cell instanceof Node ? cell : String(cell)));
  const head = element("tr", {}, heads.map((text) => (text ? element("th", { scope: "col" }, text) : element("td", {}))));
  return element(
    "div",
    { class: "scrolls", tabindex: 0, role: "region", "aria-label": title },
    element("table", { class: "figures" }, element("thead", {}, head), element("tbody", {}, rows.map((row) => element("tr", {}, cells(row))))),
  );
}

function bar(share) {
  return drawn("0 0 100 10", "bar", [[0, 0, Math.max(share * 100, 1), 10]]);
}

function columns(values) {
  const most = Math.max(...values, 1);
  const width = 1000 / values.length;
  const heights = values.map((value) => (value / most) * 200);
  return drawn("0 0 1000 200", "columns", heights.map((height, place) => [place * width, 200 - height, width * 0.8, height]));
}

/** A drawing of rectangles, hidden from who does not see: the table beside it says the same. */
function drawn(box, kind, rectangles) {
  const made = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: box, class: kind, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" })) made.setAttribute(name, value);
  for (const [x, y, width, height] of rectangles) {
    const rectangle = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ x, y, width, height })) rectangle.setAttribute(name, value.toFixed(2));
    made.append(rectangle);
  }
  return made;
}
