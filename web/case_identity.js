/** Who asks: staff vouch for a person whom no code reaches, and forget identity documents that came unasked (P20). */

import { element, field } from "./elements.js";
import { say } from "./text.js";

const HOW = ["known_facts", "phone"];

/** Return the form with which staff vouch for who asks. */
export function vouching(desk, id, done) {
  const how = element("select", { name: "how" }, HOW.map((name) => element("option", { value: name }, say(`how_${name}`))));
  const note = element("textarea", { name: "note", rows: 2, required: true });
  const known = element("input", { name: "known_as_email", type: "email", autocomplete: "off" });
  const phone = element("input", { name: "known_as_phone", type: "tel", autocomplete: "off" });
  const email = element("input", { name: "email", type: "email", autocomplete: "off" });
  const form = element(
    "form", {},
    field(say("how_vouched"), how),
    field(say("note_of_proof"), note, say("note_of_proof_help"), "note-of-proof"),
    field(say("known_as_email"), known, say("known_as_help"), "known-as"),
    field(say("known_as_phone"), phone),
    field(say("letters_to"), email, say("letters_to_help"), "letters-to"),
    element("button", { class: "quiet" }, say("vouch")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    desk.attempt(async () => {
      const sent = { how: how.value, note: note.value, email: email.value, known_as_email: known.value, known_as_phone: phone.value };
      const { identity } = await desk.call("POST", `/desk/cases/${id}/identity`, sent);
      desk.tell(say(`vouched_${identity}`), { focus: true });
      if (identity === "proven") done();
    }, form);
  });
  return element("details", {}, element("summary", {}, say("vouch_title")), element("p", {}, say("vouch_intro")), form);
}

/** Return the button that forgets the mail as it came in, with the document in it. */
export function forgetting(desk, id, message, done) {
  const button = element("button", { type: "button", class: "quiet" }, say("forget"));
  button.addEventListener("click", () => desk.attempt(async () => {
    await desk.call("POST", `/desk/cases/${id}/forget-attachment`, { message });
    desk.tell(say("forgotten"), { focus: true });
    done();
  }));
  return element("div", {}, element("p", {}, say("forget_intro")), button);
}
