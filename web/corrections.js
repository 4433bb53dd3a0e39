/** What is to be corrected, where a letter does not say it clearly: staff say it, and its person confirms it (Art. 16 GDPR, P15). */

import { acting } from "./acting.js";
import { element, field } from "./elements.js";
import { say } from "./text.js";

const FIELDS = { name: "text", email: "email", phone: "tel", address: "text" };
const UNDECIDED = ["open", "asked", "approval"];

/** Return the form that says what fields are to be; `reload` shows how far the case is then. */
export function correcting(desk, progress, address, reload) {
  const right = progress.rights.find((item) => item.right === "rectification" && UNDECIDED.includes(item.status));
  if (!right) return "";
  const controls = Object.entries(FIELDS).map(([name, type]) => element("input", { name, type, maxlength: 200, autocomplete: "off" }));
  const form = element(
    "form",
    { novalidate: true },
    element("p", { class: "hint" }, say("correct_help")),
    controls.map((control) => field(say(`correct_${control.name}`), control, "", `correct-${control.name}`)),
    element("button", {}, say("correct")),
  );
  const shown = acting(desk, "correct_title", form, async () => {
    const corrections = controls.filter((each) => each.value.trim()).map((each) => ({ field: each.name, new: each.value.trim() }));
    await desk.call("POST", `${address}/corrections`, { corrections });
    await reload();
    desk.tell(say("corrected"), { focus: true });
  });
  shown.open = !right.proposed_at;
  return shown;
}
