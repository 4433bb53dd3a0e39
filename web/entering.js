/** What came by telephone, by post or at the desk: an enquiry, or a request about somebody's own data (P20, P30). */

import { tabs } from "./acting.js";
import { RIGHTS } from "./cases.js";
import { element, field, markWrong, today } from "./elements.js";
import { language, named, say } from "./text.js";

/** Show the form for an enquiry, or with `?kind=case` the one for a request: only that has a last day to answer. */
export async function enter(desk, wanted) {
  const { sites } = await desk.call("GET", "/desk/sites");
  const isCase = wanted.get("kind") === "case";
  const links = [["#enter", say("enter_enquiry"), !isCase], ["#enter?kind=case", say("enter_case"), isCase]];
  return [
    element("h1", {}, say(isCase ? "enter_case_title" : "enter_title")),
    tabs("enter_what", links),
    element("p", {}, say(isCase ? "enter_case_intro" : "enter_intro")),
    ...(isCase ? request(desk, sites) : enquiry(desk, sites)),
  ];
}

/** Return the fields that say how something came, when, and in which language it is answered. */
function arrival(desk) {
  const channel = element("select", { name: "channel" }, ["phone", "post", "email", "desk"].map((name) => element("option", { value: name }, say(name))));
  const day = today(desk.now());
  const received = element("input", { name: "received", type: "date", max: day, value: day, required: true });
  const spoken = element("select", { name: "language" }, ["nl", "en"].map((name) => element("option", { value: name, selected: name === language }, say(name))));
  return {
    fields: [field(say("channel"), channel), field(say("received_on"), received), field(say("answer_in"), spoken)],
    given: () => ({ channel: channel.value, received: received.value, language: spoken.value }),
  };
}

/** Let a form be sent: once, whatever the connection does; then show where to find what was entered. */
function sending(desk, form, path, body, done) {
  let key = crypto.randomUUID();
  const result = element("div", { tabindex: -1 });
  form.addEventListener("input", () => { key = crypto.randomUUID(); }); // other fields are another entry
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    desk.attempt(async () => {
      markWrong(form, {});
      const { id } = await desk.call("POST", path, body(), key);
      key = crypto.randomUUID();
      result.replaceChildren(...done(id));
      result.focus();
    }, form);
  });
  return [result, form];
}

const LINES = { name: ["text", "field_name"], email: ["email", "field_email"], phone: ["tel", "field_phone"] };

/** Return the form for a request: its month counts from when it was received. */
function request(desk, sites) {
  const site = element("select", { name: "site" }, sites.map((each) => element("option", { value: each.name }, each.title ?? each.name)));
  const came = arrival(desk);
  const boxes = RIGHTS.map((right) => element("li", {}, element("label", { class: "choice" }, element("input", { type: "checkbox", name: "rights", value: right }), named("right_", right))));
  const rights = element("fieldset", { "aria-describedby": "rights-help" }, element("legend", {}, `${say("which_rights")} (${say("optional")})`), element("span", { id: "rights-help", class: "hint" }, say("rights_help")), element("ul", { class: "choices" }, boxes));
  const text = element("textarea", { name: "text", rows: 6, required: true });
  const lines = Object.entries(LINES).map(([name, [type]]) => element("input", { name, type, maxlength: 200, autocomplete: "off" }));
  const line = (control) => field(`${say(LINES[control.name][1])} (${say("optional")})`, control, control.name === "email" ? say("enter_email_help") : "");
  const form = element(
    "form",
    { novalidate: true },
    field(say("site"), site),
    came.fields,
    field(say("what_is_asked"), text, say("what_is_asked_help")),
    rights,
    lines.map(line),
    element("button", {}, say("save")),
  );
  const body = () => ({
    site: site.value,
    ...came.given(),
    text: text.value,
    rights: [...rights.querySelectorAll(":checked")].map((box) => box.value),
    ...Object.fromEntries(lines.filter((each) => each.value.trim()).map((each) => [each.name, each.value.trim()])),
  });
  return sending(desk, form, "/desk/cases", body, (id) => {
    const said = say(lines[1].value.trim() ? "case_saved_mailed" : "case_saved");
    for (const control of [text, ...lines]) control.value = "";
    for (const box of rights.querySelectorAll(":checked")) box.checked = false;
    return [element("p", {}, `${said} `, element("code", {}, id)), element("p", {}, element("a", { href: `#cases/${id}` }, say("to_case")))];
  });
}

/** Return the form for an enquiry: the fields that its website asks. */
function enquiry(desk, sites) {
  const offered = sites.flatMap((site) => site.forms.map((form) => ({ site, form })));
  const which = element("select", { name: "which" }, offered.map(({ site, form }, place) =>
    element("option", { value: place }, `${site.title ?? site.name}: ${form.title ?? form.name}`),
  ));
  const came = arrival(desk);
  const fields = element("div");
  const form = element("form", { novalidate: true }, field(say("which_form"), which), came.fields, fields, element("button", {}, say("save")));
  const draw = () => fields.replaceChildren(...(offered[which.value || 0]?.form.fields ?? []).map(asked));
  which.addEventListener("change", draw);
  draw();
  const filled = () => [...fields.querySelectorAll("[name]")].filter((control) => control.value.trim());
  const body = () => {
    const { site, form: chosen } = offered[which.value];
    return { site: site.name, form: chosen.name, fields: Object.fromEntries(filled().map((control) => [control.name, control.value])), ...came.given() };
  };
  return sending(desk, form, "/desk/enquiries", body, (id) => {
    for (const control of filled()) control.value = "";
    return [element("p", {}, `${say("saved")} `, element("a", { href: `#enquiries/${id}` }, say("open_saved")))];
  });
}

function asked(item) {
  const required = item.required && !["email", "phone"].includes(item.kind); // who rings need not have given them
  const shared = { name: item.name, maxlength: item.max_length, required, autocomplete: "off" };
  const type = { email: "email", phone: "tel" }[item.kind] ?? "text";
  const control = item.kind === "long_text" ? element("textarea", { ...shared, rows: 6 }) : element("input", { ...shared, type });
  const label = item.labels?.[language] ?? item.label ?? item.name;
  return field(required ? label : `${label} (${say("optional")})`, control);
}
