"""What staff never ask people for (P39): special categories of data (Art. 9 GDPR), a BSN, a copy of an identity card.

A warning for the author of an answer, no censorship: the words alone are no reason ("we do not need your passport"),
only a sentence that asks for such a thing is. Asking is recognised by a word of asking or a question mark in the same
sentence, and no word that denies it.
"""

from __future__ import annotations

import re

_SPACES = re.compile(r"[^\S\n]+")
_SENTENCE = re.compile(r"[^.!?\n]{1,2000}[.!?\n]?")
_SUBJECTS = (
    # health
    r"gezondheid\w*",
    r"medische\w*",
    r"ziekte\w*",
    r"diagnoses?",
    r"handicap\w*",
    r"medicijn\w*",
    r"medicatie",
    r"zwanger\w*",
    r"health",
    r"medical",
    r"illness\w*",
    r"diagnos[ie]s",
    r"disabilit\w+",
    r"medication",
    r"pregnan\w+",
    # belief, politics, union
    r"geloof(?!\w)",
    r"geloofsovertuiging\w*",
    r"levensovertuiging\w*",
    r"religi\w+",
    r"godsdienst\w*",
    r"kerkgenootschap\w*",
    r"politieke\s+\w+",
    r"political\s+\w+",
    r"philosophical\s+beliefs?",
    r"vakbond\w*",
    r"(?:trade|labour|labor)\s+union\w*",
    # origin, sexuality
    r"etni\w+",
    r"etnische\s+\w+",
    r"ras(?!\w)",
    r"afkomst",
    r"huidskleur",
    r"ethnic\w*",
    r"racial\s+origin",
    r"(?:your|the)\s+race",
    r"seksuele\s+\w+",
    r"geaardheid",
    r"sexual\s+\w+",
    r"sex\s+life",
    # body, genes, crime
    r"vingerafdruk\w*",
    r"biometri\w+",
    r"dna",
    r"genetische\s+\w+",
    r"fingerprints?",
    r"genetic\s+\w+",
    r"strafblad\w*",
    r"strafrechtelijk\w*",
    r"criminal\s+records?",
    # number and document
    r"bsn(?:[-\s]?(?:nummer|nr))?",
    r"burger\s?service\s?(?:nummer|nr)",
    r"sofi[\s-]?nummer",
    r"citizen\s+service\s+number",
    r"social\s+security\s+number",
    r"(?:kopie|scan|foto|copy|photo|picture)\w*\s+(?:van|of)\s+(?:\w+\s+){0,2}(?:paspoort|passport|rijbewijs|legitimatie\w*)",
    r"(?:kopie|scan|foto|copy|photo|picture)\w*\s+(?:van|of)\s+(?:\w+\s+){0,2}(?:id|id[-\s]?(?:kaart|bewijs|card)|identi\w+)",
    r"(?:copy|photo|picture)\w*\s+of\s+(?:\w+\s+){0,2}driving\s+licen[cs]e",
    r"(?:kopie|copy)\s*(?:paspoort|id|identiteits\w+|passport)",
    r"(?:paspoort|identiteitsbewijs|passport|identity\s+card)\s*(?:nummer|number)",
)
_ASKING = (
    r"stuur\w*",
    r"mail(?:en|t)?",
    r"geef(?:t)?",
    r"geven",
    r"vermeld\w*",
    r"vul\w*",
    r"verstrek\w*",
    r"lever\w*",
    r"ontvangen",
    r"opsturen",
    r"toesturen",
    r"meesturen",
    r"doorgeven",
    r"laat\w*\s+(?:ons\s+)?weten",
    r"hebben (?:[\w-]+ ){0,6}nodig",
    r"nodig\s+(?:hebben|heb)",
    r"(?:wij|we|ik)\s+(?:hebben|heb|moeten|willen|wil)\b",
    r"wat\s+is\s+(?:uw|je|jouw)",
    r"welke?",
    r"send",
    r"provide",
    r"give",
    r"supply",
    r"state",
    r"e-?mail",
    r"attach",
    r"upload\w*",
    r"let\s+us\s+know",
    r"tell\s+us",
    r"(?:we|i)\s+(?:need|require|want)",
    r"(?:would|could|can|may)\s+you",
    r"what\s+is\s+your",
    r"which",
)
_DENIED = re.compile(
    r"\b(?:geen|niet|nooit|zonder|verwijder\w*|weglaten|onleesbaar|not|never|no|without|don['\u2019]t|do\s+not|remove\w*|omit|leave\s+out)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(rf"\b(?:{'|'.join(_SUBJECTS)})\b", re.IGNORECASE)
_ASKS = re.compile(rf"\b(?:{'|'.join(_ASKING)})\b", re.IGNORECASE)


def asks(text: str) -> bool:
    """Say whether a text seems to ask a person for what we never ask for, in Dutch or English.

    Runs of spaces become one first, and a sentence is read in pieces of 2,000 characters: no text takes long.
    """
    return any(_asks_in(sentence) for sentence in _SENTENCE.findall(_SPACES.sub(" ", text)))


def _asks_in(sentence: str) -> bool:
    """Say whether one sentence does."""
    if not _SUBJECT.search(sentence) or _DENIED.search(sentence):
        return False
    return sentence.rstrip().endswith("?") or bool(_ASKS.search(sentence))
