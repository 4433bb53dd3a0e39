/** What lists and forms of the desk share: links between them, and an act behind its title, carried out when its form is sent. */

import { element, field } from "./elements.js";
import { say } from "./text.js";

/** Return links between lists or forms of one kind; the last of each says whether it is the one shown. */
export function tabs(title, links) {
  const items = links.map(([href, text, current]) => element("li", {}, element("a", { href, "aria-current": current && "true" }, text)));
  return element("nav", { "aria-label": say(title), class: "filters" }, element("ul", {}, items));
}

/** Return the form that leads to one thing by its number, as a caller reads it out; `section` is where such things are. */
export function byNumber(section) {
  const number = element("input", { name: "number", autocomplete: "off", spellcheck: "false", required: true });
  const form = element("form", { role: "search" }, field(say("by_number"), number), element("button", { class: "quiet" }, say("to_number")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.hash = `#${section}/${encodeURIComponent(number.value.replace(/\s/g, "").toLowerCase())}`;
  });
  return form;
}

/** Return a form behind its title; `act` is carried out when it is sent. */
export function acting(desk, title, form, act) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    desk.attempt(act, form);
  });
  return element("details", {}, element("summary", {}, say(title)), form);
}

/** Return a button that saves a file which the interface gives; the page never shows it. */
export function saving(desk, address, name, title, done) {
  const button = element("button", { type: "button", class: "quiet" }, say(title));
  const place = element("p", {}, button);
  button.onclick = () => desk.attempt(async () => {
    keep(await desk.call("GET", address), name);
    desk.tell(say(done));
  }, place);
  return place;
}

/** Let the browser save a file under a name. */
export function keep(file, name) {
  const address = URL.createObjectURL(file);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // once the browser has surely taken it
}
