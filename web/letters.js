/** Letters that did not arrive: their state, and sending them again. */

import { element, moment, pairs } from "./elements.js";
import { language, named, say } from "./text.js";

/** Show the letters that a person must look at. */
export async function letters(desk) {
  const { letters: found } = await desk.call("GET", "/desk/letters");
  const none = element("p", { role: "status", hidden: found.length > 0 }, say("no_letters"));
  const rows = element("ul", { class: "cards" }, found.map((letter) => card(desk, letter, none)));
  return [element("h1", { tabindex: -1 }, say("letters_title")), element("p", {}, say("letters_intro")), none, rows];
}

function card(desk, letter, none) {
  const made = element("li", { class: "card" });
  const retry = element("button", { type: "button" }, say("retry"));
  retry.onclick = () => desk.attempt(async () => {
    await desk.call("POST", `/desk/letters/${encodeURIComponent(letter.id)}/retry`);
    const rows = made.parentElement;
    made.remove();
    none.hidden = rows.childElementCount > 0;
    desk.tell(say("retried"), { focus: true });
  }, made);
  const entry = letter.entry ?? letter.id.split(".")[0];
  const section = (letter.kind ?? "").startsWith("case") ? "cases" : "enquiries";
  made.append(
    element("h2", {}, element("a", { href: `#${section}/${entry}` }, `${named("kind_", letter.kind ?? "")} `, moment(letter.listed_at ?? letter.at, language))),
    pairs(
      [say("status"), named("letter_", letter.status ?? "")],
      [say("attempts"), letter.attempts === undefined ? "" : String(letter.attempts)],
      [say("site"), letter.site],
    ),
    retry,
  );
  return made;
}
