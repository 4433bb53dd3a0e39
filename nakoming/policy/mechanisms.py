"""Which part of the system carries out which promise, and what each part needs in a policy file.

A promise whose part is not switched on would be words only: the check refuses the file. The numbers are stable names.
"""

from __future__ import annotations

CORE = "core"
"""What is always there: the vault, sealing, retention, and what is made from the policy file itself."""

BUILT = frozenset({CORE, "enquiries", "visits", "rights"})
"""The modules of this release; promises of the others are kept by nobody yet, and their verdict says so."""

MECHANISMS: dict[str, tuple[str, ...]] = {
    "P01": (CORE,),
    "P02": ("visits",),
    "P03": ("enquiries",),
    "P04": ("enquiries",),
    "P05": ("enquiries", "rights"),
    "P06": ("accounts",),
    "P07": ("accounts",),
    "P08": ("accounts",),
    "P09": ("accounts",),
    "P10": (CORE, "rights"),
    "P11": ("enquiries",),
    "P12": ("partners",),
    "P13": ("partners",),
    "P14": ("rights",),
    "P15": ("rights",),
    "P16": ("rights",),
    "P17": ("rights",),
    "P18": ("rights",),
    "P19": ("rights",),
    "P20": ("rights",),
    "P21": ("contacts",),
    "P22": ("contacts",),
    "P23": ("contacts",),
    "P24": ("contacts",),
    "P25": ("contacts", "partners"),
    "P26": ("contacts",),
    "P27": ("newsletters",),
    "P28": ("newsletters",),
    "P29": ("newsletters",),
    "P30": ("enquiries",),
    "P31": (CORE,),
    "P32": ("visits",),
    "P33": (CORE,),
    "P34": (CORE,),
    "P35": (CORE,),
    "P36": ("disclosures",),
    "P37": (CORE,),
    "P38": ("enquiries",),
    "P39": ("enquiries",),
    "P40": ("cookies",),
    "P41": ("cookies",),
    "P42": (CORE,),
    "P43": (CORE,),
    "P44": ("enquiries",),
    "P45": ("rights",),
    "P46": ("accounts", "contacts"),
    "P47": (CORE,),
    "P48": (CORE,),
}

TEXT_ONLY = frozenset({"P43", "P48"})
"""Promises that the statement keeps by saying them: no rule of the file carries them out, and no verdict is given."""

NEEDED_CATEGORIES: dict[str, tuple[str, ...]] = {
    "enquiries": ("enquiries", "spam", "letters", "openings"),
    "visits": ("visits",),
    "rights": ("cases", "case_requests", "case_letters", "exports", "suppressions", "incidents"),
    "accounts": ("usernames", "accounts", "actions"),
    "contacts": ("contacts",),
    "newsletters": ("newsletter_consents",),
    "partners": ("logins",),
    "cookies": ("cookie_choices",),
    "disclosures": ("disclosures",),
}
"""The categories that a module seals under: without them it would refuse everything."""


def built(promise: str) -> bool:
    """Return whether this release carries the promise out."""
    return all(module in BUILT for module in MECHANISMS[promise])
