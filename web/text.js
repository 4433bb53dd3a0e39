/** What the desk says, in Dutch and English: the language of `?lang`, else the first of the browser's that we speak. */

import { CASE_TEXTS } from "./case_texts.js";
import { RIGHTS_TEXTS } from "./rights_texts.js";

const TEXTS = {
  ...CASE_TEXTS,
  ...RIGHTS_TEXTS,
  // key: [Dutch, English]
  title: ["Balie", "Desk"],
  skip: ["Naar de inhoud", "To the content"],
  menu: ["Onderdelen", "Sections"],
  enquiries: ["Aanvragen", "Enquiries"],
  enter: ["Invoeren", "Enter"],
  letters: ["Brieven", "Letters"],
  proof: ["Bewijs", "Proof"],
  other_language: ["English", "Nederlands"],
  sign_in: ["Aanmelden", "Sign in"],
  sign_out: ["Afmelden", "Sign out"],
  sign_in_first: [
    "Meld u aan om te werken met wat mensen hebben gestuurd. Wat u opent, wordt vastgelegd.",
    "Sign in to work with what people sent. What you open is recorded.",
  ],
  signed_out: ["U bent afgemeld. Meld u opnieuw aan om verder te gaan.", "You are signed out. Sign in again to continue."],
  no_sign_in: [
    "Voor deze installatie is aanmelden in de browser niet ingericht. De opdrachtregel werkt wel: nakoming --help.",
    "Signing in with a browser is not set up for this installation. The command line works: nakoming --help.",
  ],
  sign_in_failed: ["Aanmelden is niet gelukt. Probeer het opnieuw.", "Signing in did not work. Please try again."],
  no_connection: [
    "Er is geen verbinding. Er is niets veranderd; probeer het opnieuw.",
    "There is no connection. Nothing was changed; please try again.",
  ],
  error: ["Er ging iets mis aan onze kant. Probeer het later opnieuw.", "Something went wrong on our side. Please try again later."],
  forbidden: ["Uw rol geeft hier geen toegang.", "Your role does not give access to this."],
  loading: ["Bezig met laden…", "Loading…"],
  again: ["Opnieuw proberen", "Try again"],
  // states
  open: ["open", "open"],
  answered: ["beantwoord", "answered"],
  handled: ["afgehandeld", "handled"],
  spam: ["ongewenst", "spam"],
  all: ["alle", "all"],
  status: ["Status", "Status"],
  received: ["Ontvangen", "Received"],
  handled_at: ["Afgehandeld", "Handled"],
  erase_by: ["Wordt vernietigd op uiterlijk", "Destroyed no later than"],
  site: ["Website", "Website"],
  channel: ["Binnengekomen via", "How it came in"],
  language: ["Taal", "Language"],
  reference: ["Kenmerk", "Reference"],
  form: ["formulier", "form"],
  email: ["e-mail", "e-mail"],
  phone: ["telefoon", "telephone"],
  post: ["post", "post"],
  desk: ["balie", "desk"],
  nl: ["Nederlands", "Dutch"],
  en: ["Engels", "English"],
  // statistics
  statistics: ["Bezoeken", "Visits"],
  statistics_title: ["Bezoeken aan de website", "Visits to the website"],
  statistics_intro: [
    "Dit is alles wat van bezoeken overblijft. Groepen van minder dan {smallest} bezoekers zijn samengevoegd; over personen staat hier niets.",
    "This is all that stays of visits. Groups of fewer than {smallest} visitors are merged; nothing here is about anyone.",
  ],
  no_statistics: ["In deze periode zijn geen bezoeken geteld. Een dag wordt geteld in de nacht erna.", "No visits were counted in this period. A day is counted in the night after it."],
  from_day: ["Van", "From"],
  to_day: ["Tot en met", "Up to and including"],
  per_day: ["Per dag", "Per day"],
  plot_told: ["Elke dag van {first} tot en met {last}. De hoogste kolom: {most} bezoeken.", "Each day from {first} up to and including {last}. The highest column: {most} visits."],
  visits: ["Bezoeken", "Visits"],
  bots: ["Programma’s", "Programs"],
  too_few: ["minder dan {smallest} bezoekers", "fewer than {smallest} visitors"],
  less_often: ["minder vaak", "less often"],
  merged: ["kleine groepen samen", "small groups together"],
  not_told: ["niet bekend", "not known"],
  property_page: ["Pagina", "Page"],
  property_referrer: ["Verwijzende website", "Referring website"],
  property_element: ["Gebruikt element", "Element used"],
  property_interest: ["Gewenste dienst", "Service asked for"],
  property_browser: ["Browser", "Browser"],
  property_system: ["Besturingssysteem", "Operating system"],
  property_device: ["Apparaat", "Device"],
  property_country: ["Land", "Country"],
  device_desktop: ["computer", "computer"],
  device_phone: ["telefoon", "telephone"],
  device_tablet: ["tablet", "tablet"],
  // list
  list_intro: [
    "De lijst toont niets over personen. Wie iemand is en wat diegene schrijft, ziet u pas na openen.",
    "The list shows nothing about anyone. Who somebody is and what they wrote, you see only after opening.",
  ],
  show: ["Toon", "Show"],
  shown: ["{count} getoond", "{count} shown"],
  shown_more: ["{count} getoond, er zijn er meer", "{count} shown, there are more"],
  none_here: ["Hier zijn geen aanvragen.", "There are no enquiries here."],
  enquiry_of: ["Aanvraag van", "Enquiry of"],
  by_number: ["Zoeken op nummer", "Find by number"],
  to_number: ["Ga ernaartoe", "Go there"],
  more: ["Meer tonen", "Show more"],
  // one enquiry
  enquiry: ["Aanvraag", "Enquiry"],
  why_open_enquiry: ["Waarom opent u deze aanvraag?", "Why are you opening this enquiry?"],
  why_open_case: ["Waarom opent u dit verzoek?", "Why are you opening this request?"],
  why_open_mail: ["Waarom opent u deze mail?", "Why are you opening this mail?"],
  why_open_incident: ["Waarom opent u dit datalek?", "Why are you opening this breach?"],
  opening_recorded: [
    "Wie opent, wanneer en waarom wordt vastgelegd, en de persoon om wie het gaat kan het opvragen.",
    "Who opens it, when and why is recorded, and the person it is about can ask for that record.",
  ],
  why_answer: ["om te antwoorden", "to answer it"],
  "why_follow-up": ["om na te gaan of het goed is afgehandeld", "to see whether it was handled well"],
  "why_person-asked": ["omdat de persoon ernaar vraagt", "because the person asks about it"],
  why_misdirected: ["om te zien voor wie het bestemd is", "to see whom it is meant for"],
  open_it: ["Openen", "Open"],
  opened: ["De aanvraag is geopend; dat is vastgelegd.", "The enquiry is open; this was recorded."],
  fetch_mail: ["Mail ophalen zoals die binnenkwam", "Fetch the mail as it came in"],
  fetch_mail_help: [
    "Met bijlagen, als bestand; ook dit wordt vastgelegd. Open bijlagen met zorg: ze zijn niet gecontroleerd.",
    "With its attachments, as a file; this is recorded too. Be careful with attachments: nobody has checked them.",
  ],
  mail_fetched: ["De mail is opgeslagen; het ophalen is vastgelegd.", "The mail was saved; fetching it was recorded."],
  details: ["Gegevens", "Details"],
  field_name: ["Naam", "Name"],
  field_email: ["E-mailadres", "E-mail address"],
  field_phone: ["Telefoonnummer", "Telephone number"],
  field_company: ["Bedrijf", "Company"],
  field_message: ["Vraag", "Question"],
  field_entered_by: ["Ingevoerd door", "Entered by"],
  conversation: ["Gesprek", "Conversation"],
  no_messages: ["Er is nog niet geantwoord.", "Nobody has answered yet."],
  direction_in: ["Van de persoon", "From the person"],
  direction_out: ["Van ons", "From us"],
  answer: ["Antwoorden", "Answer"],
  answer_text: ["Uw antwoord", "Your answer"],
  answer_help: [
    "Gaat per e-mail naar de persoon. Vraag niet naar gezondheid, geloof of andere bijzondere gegevens, en niet naar een kopie van een identiteitsbewijs.",
    "Goes to the person by e-mail. Do not ask for health, religion or other special data, nor for a copy of an identity document.",
  ],
  send: ["Versturen", "Send"],
  sent: ["Het antwoord is verzegeld en wordt nu verstuurd.", "The answer is sealed and is being sent now."],
  asks_anyway: ["Toch zo versturen", "Send it like this anyway"],
  change_it: ["Tekst aanpassen", "Change the text"],
  handle: ["Afhandelen", "Mark as done"],
  handle_help: [
    "Is de vraag beantwoord? Dan begint de bewaartermijn te lopen, en wordt alles op tijd vernietigd.",
    "Is the question answered? Then the retention period starts, and everything is destroyed on time.",
  ],
  mark_handled: ["Markeren als afgehandeld", "Mark as handled"],
  now_handled: ["Afgehandeld. Uiterlijk op de genoemde datum wordt alles vernietigd.", "Handled. Everything is destroyed on the date shown at the latest."],
  destroyed: ["Vernietigd", "Destroyed"],
  destroyed_text: [
    "De sleutel hiervan bestaat niet meer: niemand kan de inhoud nog lezen, ook wij niet. Dat is geen storing.",
    "The key to this no longer exists: nobody can read its content any more, and neither can we. This is not a fault.",
  ],
  see_proof: ["Zie het bewijs", "See the proof"],
  not_found: ["Dit is hier niet. Kijk het nummer na.", "This is not here. Please check the number."],
  // entering
  enter_title: ["Aanvraag invoeren", "Enter an enquiry"],
  enter_intro: [
    "Voor wat per telefoon, post of aan de balie binnenkwam. Vraagt iemand iets over de eigen gegevens, zoals inzage of wissen? Kies Verzoek: alleen daarvoor loopt de termijn van een maand.",
    "For what came by telephone, by post or at the desk. Is somebody asking about their own data, to see or erase them for instance? Choose Request: only a request has to be answered within a month.",
  ],
  which_form: ["Website en formulier", "Website and form"],
  received_on: ["Ontvangen op", "Received on"],
  optional: ["niet verplicht", "optional"],
  save: ["Verzegelen en bewaren", "Seal and save"],
  saved: ["De aanvraag is verzegeld en staat in de lijst.", "The enquiry is sealed and in the list."],
  open_saved: ["Naar de aanvraag", "To the enquiry"],
  check_fields: ["Controleer de velden.", "Please check the fields."],
  // letters
  letters_title: ["Brieven die niet aankwamen", "Letters that did not arrive"],
  letters_intro: [
    "Van een brief ziet u hier alleen de toestand. Adres en tekst zijn verzegeld.",
    "You see only the state of a letter here. Its address and text are sealed.",
  ],
  no_letters: ["Alle brieven zijn aangekomen of onderweg.", "All letters have arrived or are on their way."],
  letter_failed: ["niet verstuurd", "not sent"],
  letter_bounced: ["teruggekomen", "came back"],
  letter_held: ["wacht: er gaan er nu te veel weg", "waiting: too many are going out right now"],
  attempts: ["Pogingen", "Attempts"],
  kind: ["Soort", "Kind"],
  kind_answer: ["antwoord", "answer"],
  kind_receipt: ["ontvangstbevestiging", "receipt"],
  kind_staff_notice: ["bericht aan medewerkers", "notice to staff"],
  kind_stale_warning: ["waarschuwing aan medewerkers", "warning to staff"],
  retry: ["Opnieuw versturen", "Send again"],
  retried: ["De brief wordt opnieuw verstuurd.", "The letter is being sent again."],
  // proof
  proof_title: ["Beloften en bewijs", "Promises and proof"],
  promises_of: ["Beloften van {site}", "Promises of {site}"],
  judged_at: ["Beoordeeld op", "Judged on"],
  never_judged: ["Er is nog niet beoordeeld of de beloften worden gehouden.", "Nobody has judged yet whether the promises are kept."],
  too_long_ago: ["te lang geleden", "too long ago"],
  verdict_kept: ["gehouden", "kept"],
  "verdict_at risk": ["in gevaar", "at risk"],
  verdict_broken: ["gebroken", "broken"],
  "verdict_not built": ["nog niet gemaakt", "not built yet"],
  figure_sealed: ["Nu bewaard", "Held now"],
  figure_due: ["Verviel in 30 dagen", "Due in the last 30 days"],
  figure_on_time: ["Op tijd vernietigd of beantwoord", "Destroyed or answered on time"],
  figure_late: ["Te laat vernietigd of beantwoord", "Destroyed or answered late"],
  figure_overdue: ["Over tijd", "Overdue"],
  retention: ["De laatste ronde", "The latest round"],
  last_run: ["Laatste ronde", "Latest round"],
  never_ran: ["nog nooit", "never yet"],
  count_destroyed: ["Vernietigd", "Destroyed"],
  count_closed: ["Gesloten door de regel", "Closed by rule"],
  count_warned: ["Gewaarschuwd", "Warned"],
  count_failed: ["Niet gelukt", "Failed"],
  overdue: ["Over tijd", "Overdue"],
  nothing_overdue: ["Niets is over tijd.", "Nothing is overdue."],
  is_overdue: ["Er is iets over tijd: een belofte wordt nu gebroken.", "Something is overdue: a promise is being broken right now."],
  due_next: ["Eerstvolgende vernietiging", "Next destruction"],
  evidence: ["Handelingen op een dag", "Acts of a day"],
  evidence_entry: ["Handelingen op dit nummer", "Acts on this number"],
  evidence_intro: [
    "Vastgelegd in dezelfde transactie als de handeling zelf, zonder iets over personen.",
    "Recorded in the same transaction as the act itself, without anything about anyone.",
  ],
  bundle_title: ["Bewijs van een periode opslaan", "Save the evidence of a period"],
  bundle_help: [
    "De verzegelde dagen met alle handelingen, in één bestand. Op elke computer na te gaan met nakoming verify. Voor de privacy officer.",
    "The sealed days with all their acts, in one file. It can be checked on any computer with nakoming verify. For the privacy officer.",
  ],
  save_bundle: ["Bewijs opslaan", "Save the evidence"],
  bundle_saved: ["Opgeslagen: {days} dagen, van {from} tot en met {to}.", "Saved: {days} days, from {from} up to and including {to}."],
  bundle_less: ["Dat is minder dan gevraagd: het bewijs begint later, of de laatste dagen zijn nog niet verzegeld.", "This is less than you asked for: the evidence begins later, or the last days are not sealed yet."],
  save_proof: ["Bewijs van dit nummer opslaan", "Save the proof of this number"],
  save_proof_help: ["Alleen met wat hiermee is gedaan: u mag het de persoon geven.", "With the acts on this number only: you may give it to the person."],
  proof_saved: ["Het bewijs is opgeslagen.", "The proof was saved."],
  day: ["Dag", "Day"],
  no_evidence: ["Er is niets vastgelegd.", "Nothing is recorded."],
  when: ["Wanneer", "When"],
  act: ["Handeling", "Act"],
  category: ["Gegevens", "Data"],
  act_visit_deleted: ["bezoek gewist", "visit deleted"],
  act_destroyed: ["vernietigd", "destroyed"],
  act_handled: ["afgehandeld", "handled"],
  act_closed: ["gesloten door de regel", "closed by rule"],
  act_restricted: ["beperkt", "restricted"],
  act_held: ["aangehouden", "held"],
};

/** The language of the page, `nl` or `en`. */
export let language = "nl";

/** Choose the language anew, by the address as it is now: on the way back from signing in it is another one. */
export function choose() {
  const asked = new URLSearchParams(location.search).get("lang");
  const wishes = [asked, ...navigator.languages].map((wish) => (wish ?? "").slice(0, 2).toLowerCase());
  language = wishes.find((wish) => wish === "nl" || wish === "en") ?? "nl";
}

/** Return a text with its figures filled in; a key we have no text for is shown as it is. */
export function say(key, figures = {}) {
  const text = TEXTS[key]?.[language === "nl" ? 0 : 1] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(figures[name] ?? ""));
}

/** Return the text of a state or kind that the interface names, or the name itself when it is new to us. */
export function named(prefix, name) {
  return TEXTS[prefix + name] ? say(prefix + name) : name;
}

/** Return the text of an act, as the history of a case and the evidence name it. */
export function happened(what) {
  return named(TEXTS[`event_${what}`] ? "event_" : "act_", what);
}
