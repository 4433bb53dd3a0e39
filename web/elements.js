/**
 * Elements of the page. Text becomes a text node and nothing else: what people sent is never read as HTML. Nor does it turn
 * around what stands beside it: a mark that only steers the direction of reading is shown by its number (threat 34).
 */

const STEERING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * Return a new element. A property that starts with `on` is a listener, `true` is an attribute without a value, and
 * `false`, `null` and `undefined` leave the attribute out. Children are nodes or text.
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, String(value));
  }
  const given = children.flat().filter((child) => child !== null && child !== undefined && child !== false);
  made.append(...given.flatMap((child) => (child instanceof Node ? child : seen(String(child)))));
  return made;
}

/** Say whether a text has marks that turn around what is read. */
export const isSteered = (text) => STEERING.test(text ?? "");

/** Return a text in pieces: its marks that steer the direction of reading are shown, and steer nothing. */
function seen(text) {
  return text.split(new RegExp(`(${STEERING.source})`)).map((part) => (STEERING.test(part) ? steering(part) : part));
}

function steering(mark) {
  const made = document.createElement("span");
  made.className = "steering";
  made.textContent = `[U+${mark.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`;
  return made;
}

/** Return a list of terms and what they stand for; pairs without a value are left out. */
export function pairs(...rows) {
  const shown = rows.filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return element("dl", {}, shown.map(([term, value]) => element("div", {}, element("dt", {}, term), element("dd", {}, value))));
}

/** Return a moment as `<time>`, by the clock of Amsterdam; a day without a time stays a day. */
export function moment(stamp, language) {
  if (!stamp) return "";
  const style = (options) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { ...options, timeZone: "Europe/Amsterdam" }).format(new Date(stamp));
  const time = stamp.length > 10 ? `${language === "nl" ? " om " : ", "}${style({ timeStyle: "short" })}` : "";
  return element("time", { datetime: stamp }, style({ dateStyle: "long" }) + time);
}

/** Return today in the Netherlands, as a field for a day takes it. */
export const today = (now) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" }).format(now);

/**
 * Return a labelled field: `control` gets an id, and is described by its help and by what is wrong with it. Where two forms
 * have a field of one name, `name` tells their ids apart.
 */
export function field(label, control, help = "", name = control.getAttribute("name")) {
  const id = `field-${name}`;
  control.id = id;
  const hint = help ? element("span", { id: `${id}-help`, class: "hint" }, help) : null;
  const wrong = element("span", { id: `${id}-wrong`, class: "wrong" });
  control.setAttribute("aria-describedby", [hint && `${id}-help`, `${id}-wrong`].filter(Boolean).join(" "));
  return element("div", { class: "field" }, element("label", { for: id }, label), hint, control, wrong);
}

/** Show under each field of a form what is wrong with it, and go to the first; return what belongs to no field shown. */
export function markWrong(form, fields) {
  const unplaced = [];
  for (const control of form.querySelectorAll("[aria-describedby]")) {
    control.removeAttribute("aria-invalid");
    document.getElementById(`${control.id}-wrong`)?.replaceChildren();
  }
  for (const [name, text] of Object.entries(fields)) {
    const control = form.elements.namedItem(name);
    if (control instanceof Element) {
      control.setAttribute("aria-invalid", "true");
      document.getElementById(`${control.id}-wrong`)?.replaceChildren(text);
    } else unplaced.push(text);
  }
  form.querySelector("[aria-invalid]")?.focus();
  return unplaced;
}
