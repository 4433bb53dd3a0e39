/** The desk in a browser: signing in, finding the way by the fragment of the address, and saying what went wrong. */

import { caller } from "./api.js";
import { cases, inbox, oneCase, oneMail } from "./cases.js";
import { element, markWrong } from "./elements.js";
import { list, one } from "./enquiries.js";
import { enter } from "./entering.js";
import { incidents, oneIncident } from "./incidents.js";
import { letters } from "./letters.js";
import { proof } from "./proof.js";
import { restrictions } from "./restrictions.js";
import { accessToken, comeBack, signIn, signOut } from "./sign_in.js";
import { statistics } from "./statistics.js";
import { choose, language, say } from "./text.js";

const SECTIONS = { enquiries: list, cases, inbox, restrictions, enter, letters, incidents, statistics, proof };
const ONE = { cases: oneCase, inbox: oneMail, incidents: oneIncident };
const main = document.querySelector("main");
const said = document.getElementById("said");
const desk = { call: null, attempt, tell, now: () => new Date() };
let settings = null;
let round = 0;

/** Tell what happened, in a place that a screen reader reads out. */
function tell(text, { wrong = false, focus = false } = {}) {
  said.className = wrong ? "wrong" : "";
  said.textContent = text;
  if (focus) said.focus();
}

/** Carry out what somebody asked for; say so when it does not work. `busy` is what waits for it. */
async function attempt(act, busy = main) {
  const buttons = [...busy.querySelectorAll("button")].filter((button) => !button.disabled);
  busy.setAttribute("aria-busy", "true");
  for (const button of buttons) button.disabled = true;
  tell("");
  try {
    await act();
  } catch (refused) {
    complain(refused, busy);
  } finally {
    busy.removeAttribute("aria-busy");
    for (const button of buttons) button.disabled = false;
  }
}

function complain(refused, busy) {
  if (refused.status === 401) return askToSignIn("signed_out");
  if (refused.status === undefined) console.error(refused);
  const more = busy instanceof HTMLFormElement && refused.fields ? markWrong(busy, refused.fields) : [];
  tell([words(refused), ...more].join(" "), { wrong: true });
  if (!busy.querySelector?.("[aria-invalid]")) said.focus();
  return undefined;
}

/** Return what to say of a refusal: the interface's own message, or ours where there is none. */
function words(refused) {
  if (refused.code === "no_connection") return say("no_connection");
  if (refused.status === 403 && !refused.message) return say("forbidden");
  return (refused.status !== undefined && refused.message) || say("error");
}

/** Show the section that the address names. */
async function show() {
  if (!accessToken()) return askToSignIn();
  const mine = ++round;
  const [path, query] = location.hash.slice(1).split("?");
  const [section, id] = path.split("/");
  const draw = id ? (ONE[section] ?? one) : (SECTIONS[section] ?? list);
  mark(section in SECTIONS ? section : "enquiries");
  tell("");
  main.setAttribute("aria-busy", "true");
  main.replaceChildren(element("p", { class: "hint" }, say("loading")));
  let content;
  try {
    content = await draw(desk, new URLSearchParams(query), id);
  } catch (refused) {
    if (mine !== round) return undefined;
    const again = element("button", { type: "button", onclick: show }, say("again"));
    main.replaceChildren(element("h1", {}, say(section in SECTIONS ? section : "enquiries")), again);
    complain(refused, main);
    main.removeAttribute("aria-busy");
    return undefined;
  }
  if (mine !== round) return undefined;
  main.replaceChildren(...content);
  main.removeAttribute("aria-busy");
  arrive();
  return undefined;
}

/** Let the heading of what is shown be read first. */
function arrive() {
  const heading = main.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus();
  document.title = `${heading.textContent} – Nakoming`;
}

function mark(section) {
  section = ["inbox", "restrictions"].includes(section) ? "cases" : section;
  for (const link of document.querySelectorAll("#menu a")) {
    if (link.hash === `#${section}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function askToSignIn(why = "") {
  round += 1;
  document.getElementById("menu").hidden = true;
  document.getElementById("out").hidden = true;
  const enter = element("button", { type: "button", onclick: () => signIn(settings, location.hash) }, say("sign_in"));
  main.removeAttribute("aria-busy");
  main.replaceChildren(element("h1", {}, say("title")), element("p", {}, say(settings.authorize ? "sign_in_first" : "no_sign_in")), settings.authorize ? enter : "");
  tell(why && say(why), { wrong: why !== "" && why !== "signed_out" });
  arrive();
}

function leave() {
  signOut(settings);
  if (settings.sign_out) location.assign(settings.sign_out);
  else askToSignIn("signed_out");
}

function frame() {
  document.documentElement.lang = language;
  for (const place of document.querySelectorAll("[data-say]")) place.textContent = say(place.dataset.say);
  document.getElementById("menu").setAttribute("aria-label", say("menu"));
  const other = document.getElementById("other");
  other.lang = language === "nl" ? "en" : "nl";
  other.href = `?lang=${other.lang}`;
  other.addEventListener("click", (event) => {
    event.preventDefault();
    const there = new URLSearchParams({ lang: other.lang });
    if (accessToken() && settings.authorize) {
      history.replaceState(null, "", `?${there}${location.hash}`);
      signIn(settings, location.hash);
    } else location.assign(`?${there}${location.hash}`);
  });
  document.getElementById("out").addEventListener("click", leave);
}

async function start() {
  settings = await (await fetch("/desk/config.json")).json();
  const wrong = await comeBack(settings);
  choose();
  frame();
  desk.call = caller(settings, language);
  addEventListener("hashchange", show);
  if (!accessToken()) return askToSignIn(wrong);
  document.getElementById("menu").hidden = false;
  document.getElementById("out").hidden = false;
  return show();
}

start().catch((broken) => {
  console.error(broken);
  tell(say("no_connection"), { wrong: true });
});
