/** The guided first page: carries out each step by the same addresses that its commands name, and shows what came back. */

const nl = document.documentElement.lang === "nl";
const say = (dutch, english) => (nl ? dutch : english);
const at = (id) => document.getElementById(id);
const STEPS = ["post", "notice", "open", "answer", "handle", "year", "gone"];
const WAIT_SECONDS = 20;
const known = { reference: location.hash.slice(1), typed: [], handled: null };

// --- asking ---------------------------------------------------------------------------------------------------------

async function ask(method, path, body, headers = {}) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const type = body === undefined ? {} : { "content-type": "application/json" };
  const answer = await fetch(path, { method, headers: { accept: "application/json", "accept-language": document.documentElement.lang, ...type, ...headers }, ...sent });
  return { status: answer.status, content: await answer.json().catch(() => ({})) };
}

async function asked(method, path, body, headers) {
  const { status, content } = await ask(method, path, body, headers);
  if (status >= 400) throw new Error(content.error?.message ?? content.message ?? `HTTP ${status}`);
  return content;
}

/* A token for each request: the clock may have moved a year since the last one. */
async function asStaff(method, path, body) {
  const { token } = await asked("GET", "/local/token?role=staff");
  return ask(method, path, body, { authorization: `Bearer ${token}` });
}

async function fromDesk(method, path, body) {
  const { status, content } = await asStaff(method, path, body);
  if (status >= 400) throw new Error(content.error?.message ?? `HTTP ${status}`);
  return content;
}

/** Return the first mail that fits, waiting for it a little. */
async function mail(fits) {
  for (let second = 0; second < WAIT_SECONDS; second += 1) {
    const found = (await asked("GET", "/local/mailbox")).messages.find(fits);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error(say("De mail is nog niet verstuurd. Probeer het zo nog eens.", "The mail was not sent yet. Try again in a moment."));
}

// --- showing --------------------------------------------------------------------------------------------------------

function made(name, text, kind = "") {
  const element = document.createElement(name);
  element.textContent = text;
  if (kind) element.className = kind;
  return element;
}

const json = (value) => made("pre", JSON.stringify(value, null, 2));
const shownMail = (found) => made("pre", `To: ${found.to}\nSubject: ${found.subject}\n\n${found.text}`);
const date = (stamp) => new Intl.DateTimeFormat(nl ? "nl" : "en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "Europe/Amsterdam" }).format(new Date(stamp));

function verdict(good, yes, no) {
  return made("p", good ? `✓ ${yes}` : `✗ ${no}`, good ? "good" : "wrong");
}

/** Say whether a text holds anything that was typed into the form. */
function tells(text) {
  return known.typed.some((typed) => text.toLowerCase().includes(typed));
}

function show(step, ...content) {
  const result = at(step).querySelector(".result");
  result.replaceChildren(...content);
  result.focus();
}

function done(step) {
  at(step).classList.add("done");
  const next = STEPS[STEPS.indexOf(step) + 1];
  for (const name of STEPS) at(name).removeAttribute("aria-current");
  if (next) at(next).setAttribute("aria-current", "step");
  else at("end").hidden = false;
}

function take(reference) {
  known.reference = reference;
  history.replaceState(null, "", `#${reference}`);
  for (const place of document.querySelectorAll(".steps pre")) place.textContent = place.textContent.replaceAll(/\bID\b/g, reference);
  for (const button of document.querySelectorAll("button[data-step], #answer-form button")) button.disabled = false;
}

// --- the steps ------------------------------------------------------------------------------------------------------

const steps = {
  async post() {
    const sent = Object.fromEntries(["name", "email", "message"].map((name) => [name, at(name).value]));
    const { reference } = await asked("POST", "/silver-essence/enquiries", sent);
    known.typed = Object.values(sent).map((value) => value.trim().toLowerCase());
    take(reference);
    show("post", verdict(true, say("Verzegeld en bewaard. Dit is al wat u terugkrijgt:", "Sealed and kept. This is all that comes back:")), json({ reference }));
  },
  async newest() {
    const { enquiries } = await fromDesk("GET", "/desk/enquiries?status=open");
    if (!enquiries.length) throw new Error(say("Er is nog geen open aanvraag.", "There is no open enquiry yet."));
    take(enquiries[0].id);
    show("post", verdict(true, say("Dit is de nieuwste:", "This is the newest:")), json(enquiries[0]));
  },
  async notice() {
    const found = await mail((one) => one.text.includes(known.reference));
    const clean = !tells(JSON.stringify(found));
    show(
      "notice",
      shownMail(found),
      verdict(clean, say("Geen naam, adres of vraag van de bezoeker in deze mail.", "No name, address or question of the visitor in this mail."), say("Er staat iets van de bezoeker in deze mail.", "There is something of the visitor in this mail.")),
    );
  },
  async open() {
    const { enquiries } = await fromDesk("GET", "/desk/enquiries?status=all");
    const { enquiry } = await fromDesk("GET", `/desk/enquiries/${known.reference}?why=answer`);
    const row = enquiries.find(({ id }) => id === known.reference) ?? {};
    show(
      "open",
      made("p", say("In de lijst:", "In the list:")),
      json(row),
      verdict(!tells(JSON.stringify(enquiries)), say("Niets over de bezoeker.", "Nothing about the visitor."), say("De lijst verraadt iets.", "The list gives something away.")),
      made("p", say("Geopend, en vastgelegd:", "Opened, and recorded:")),
      json(enquiry.fields),
    );
  },
  async answer() {
    const text = at("text").value;
    await fromDesk("POST", `/desk/enquiries/${known.reference}/answer`, { text, confirm: true });
    const found = await mail((one) => one.text.includes(text.trim()));
    show("answer", made("p", say("Zo kreeg de bezoeker het:", "This is how the visitor got it:")), shownMail(found), made("pre", `Reply-To: ${found.headers["Reply-To"] ?? ""}`));
  },
  async handle() {
    const { enquiry } = await fromDesk("POST", `/desk/enquiries/${known.reference}/handled`);
    known.handled = enquiry;
    show(
      "handle",
      json({ status: enquiry.status, handled_at: enquiry.handled_at, erase_by: enquiry.erase_by }),
      made("p", `${say("Uiterlijk vernietigd op", "Destroyed at the latest on")} ${date(enquiry.erase_by)}: ${say("binnen het beloofde jaar, ook in de laatste back-up.", "within the promised year, in the last backup too.")}`),
    );
  },
  async year() {
    const { now: start } = await asked("GET", "/local/clock");
    at("moving").hidden = false;
    const watch = setInterval(async () => {
      const { content } = await ask("GET", "/local/clock");
      const days = Math.max(0, (new Date(content.now) - new Date(start)) / 86400000);
      at("progress").value = days;
      at("clock").textContent = date(content.now);
    }, 1000);
    try {
      const { now } = await asked("POST", "/local/clock", { advance: "P1Y" });
      at("progress").value = 365;
      show("year", verdict(true, `${say("Het is nu", "It is now")} ${date(now)}.`));
    } finally {
      clearInterval(watch);
    }
  },
  async gone() {
    const { status, content } = await asStaff("GET", `/desk/enquiries/${known.reference}?why=answer`);
    const { evidence } = await fromDesk("GET", `/desk/evidence?entry=${known.reference}`);
    const destroyed = evidence.find(({ act }) => act === "destroyed");
    const recovery = Number(document.querySelector("main").dataset.recoveryDays) * 86400000;
    const backup = destroyed && new Date(new Date(destroyed.at).getTime() + recovery);
    show(
      "gone",
      verdict(
        status === 410,
        say("Antwoord 410, voorgoed weg: de sleutel bestaat niet meer, en de versleutelde tekst ook niet. Dat is geen storing; niemand kan dit nog lezen.", "Answer 410, gone for good: the key no longer exists, and neither does the ciphertext. This is no fault; nobody can read it any more."),
        `${say("Nog niet weg: antwoord", "Not gone yet: answer")} ${status}. ${say("Laat eerst een jaar voorbijgaan.", "Let a year go by first.")}`,
      ),
      json(content.error ?? { status }),
      made("p", say("Het bewijs, geschreven in dezelfde transactie als de vernietiging en zonder iets over de bezoeker:", "The proof, written in the same transaction as the destruction and without anything about the visitor:")),
      json(destroyed ?? evidence),
      made("p", backup ? `${say("Ook in de laatste back-up onleesbaar vanaf", "Unreadable in the last backup too from")} ${date(backup)}.` : ""),
    );
    if (status !== 410) throw new Error("");
  },
};

/** Carry out one step; whatever goes wrong is said beside it. */
async function carryOut(name, place, buttons) {
  for (const button of buttons) button.disabled = true;
  at(place).setAttribute("aria-busy", "true");
  try {
    await steps[name]();
    done(place);
  } catch (problem) {
    if (problem.message) show(place, made("p", problem.message, "wrong"));
  } finally {
    at(place).removeAttribute("aria-busy");
    for (const button of buttons) button.disabled = false;
  }
  await refresh();
}

async function refresh() {
  const [clock, mailbox, retention, listed] = await Promise.all([
    asked("GET", "/local/clock"),
    asked("GET", "/local/mailbox"),
    fromDesk("GET", "/desk/retention"),
    fromDesk("GET", "/desk/enquiries?status=all&limit=100"),
  ]).catch(() => []);
  if (!listed) return;
  at("clock").textContent = date(clock.now);
  at("count-mails").textContent = mailbox.messages.length;
  at("count-overdue").textContent = retention.overdue;
  at("count-enquiries").textContent = `${listed.enquiries.length}${listed.next ? "+" : ""}`;
}

function begin() {
  for (const element of document.querySelectorAll(".scripted")) element.hidden = false;
  at("state").hidden = false;
  for (const button of document.querySelectorAll("button[data-step]")) {
    button.disabled = !known.reference;
    button.addEventListener("click", () => carryOut(button.dataset.step, button.dataset.step, [button]));
  }
  const answer = at("answer-form");
  answer.querySelector("button").disabled = !known.reference;
  answer.addEventListener("submit", (event) => {
    event.preventDefault();
    carryOut("answer", "answer", answer.querySelectorAll("button"));
  });
  at("form").addEventListener("submit", (event) => {
    event.preventDefault();
    carryOut("post", "post", at("form").querySelectorAll("button"));
  });
  at("newest").addEventListener("click", () => carryOut("newest", "post", at("form").querySelectorAll("button")));
  at("post").setAttribute("aria-current", "step");
  if (known.reference) take(known.reference);
  refresh();
}

begin();
