"""`make bench`: what the design costs, as counts and ratios that repeat on any machine; never as time.

Ends with status 1 when a figure is not what it must be.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.aws import Aws
from nakoming.build import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CALLS, MOST_CALLS_OF_A_MAIL, OF_A_SMALL_MAIL = 3, 5, 2
OF_PEER_AS_PACKAGED, OF_PEER_WITH_BYTECODE = 0.25, 0.5
_SCAN = re.compile(r"\.scan\(|[\"']scan[\"']|dynamodb:(?:Scan|PartiQL\w*|\*)")
_QUIET = {
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    "POWERTOOLS_METRICS_DISABLED": "true",
    "POWERTOOLS_METRICS_NAMESPACE": "nakoming",
    "POWERTOOLS_SERVICE_NAME": "nakoming",
}


class Figure(NamedTuple):
    """One line of the table; `must` is empty for what is only told."""

    what: str
    found: str
    must: str = ""
    holds: bool = True


def main() -> int:
    """Measure what is asked for, all by default, and print the table."""
    parts = {"calls": _calls, "growth": _growth, "cold": _cold, "mails": _mails}
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", nargs="*", choices=[[], *parts], help="what to measure (all)")
    missed = 0
    for name in parser.parse_args().part or parts:
        for figure in parts[name]():
            verdict = ("ok" if figure.holds else "MISSED") if figure.must else ""
            print(f"{figure.what:<58} {figure.found:>24}   {figure.must:<10} {verdict}", flush=True)
            missed += not figure.holds
    return 1 if missed else 0


def _calls() -> Iterator[Figure]:
    """Yield the calls of AWS per flow, and that nothing reads a whole table."""
    with Aws() as aws:
        os.environ.update(_QUIET | aws.environment())
        from benchmarks import flows  # noqa: PLC0415 - the functions read this environment

        found = flows.run(aws)
    for flow in found.all[:-1]:
        most = 1 if flow.name == flows.WARM_VISIT else MOST_CALLS
        must = f"<= {most}" if flow.name.startswith(("form post", "visit")) else ""
        yield Figure(f"calls: {flow.name}", str(len(flow.calls)), must, not must or len(flow.calls) <= most)
        yield Figure(f"       {flow.operations()}", "")
    letter = found.calls(flows.ONE_LETTER) - found.calls(flows.IDLE_LETTERS)
    yield Figure("calls: per letter sent", str(letter))
    yield Figure("calls: per entry destroyed", f"{found.per_destroyed():g}")
    yield Figure("whole tables read, in all these flows", str(found.scans()), "= 0", found.scans() == 0)
    places = _places_that_scan()
    yield Figure("places in code and rights that could", ", ".join(places) or "0", "= 0", not places)


def _places_that_scan() -> list[str]:
    """Return where the code of the functions, or the rights of their roles, know of reading a whole table."""
    sources = [ROOT / "template.yaml", *(ROOT / "functions").glob("*.py"), *(ROOT / "layers").rglob("*.py")]
    return [path.name for path in sources if _SCAN.search(path.read_text("utf-8"))]


def _growth() -> Iterator[Figure]:
    """Yield what the two questions to the vault cost in a small vault and in a large one."""
    with Aws() as aws:
        os.environ.update(aws.environment())
        from benchmarks import growth  # noqa: PLC0415 - asks with this environment

        small, large = growth.measure(aws)
    questions = (("all data of a person", small.person, large.person), ("all that is due", small.due, large.due))
    sizes = f"{growth.SMALL:,} and {growth.LARGE:,} entries"
    for what, few, many in questions:
        yield Figure(
            f"read units: {what}, of {sizes}", f"{few:g} and {many:g}: {many / few:.2f}", "= 1.00", many == few
        )
    days = []
    for size in (growth.SMALL, growth.LARGE):
        with Aws() as aws:
            os.environ.update(aws.environment())
            days.append(growth.end_of_day(aws, size))
    for what, few, many in zip(("destroy", "roll up"), *days, strict=True):
        must = "= 1.00" if what == "destroy" else ""
        counted = f"{few} and {many}: {many / few:.2f}"
        sizes = f"{growth.SMALL:,} and {growth.LARGE:,} visits"
        yield Figure(f"calls: to {what} a day of {sizes}", counted, must, not must or many == few)


def _cold() -> Iterator[Figure]:
    """Yield what a cold form post costs, and what part that is of the peer's."""
    from benchmarks import cold  # noqa: PLC0415 - valgrind may not be there

    if not cold.is_possible():
        print("A cold start is counted by valgrind, which is not installed: apt-get install valgrind")
        yield Figure("cold form post", "not measured", "valgrind", holds=False)
        return
    costs = cold.measure()
    names = {"ours": "ours", "good": "peer with good bytecode", "sam": "peer as SAM packages it"}
    for key, name in names.items():
        yield Figure(
            f"cold form post: {name}, {len(costs[key].operations)} calls", f"{costs[key].millions:,.0f} M instructions"
        )
    yield Figure(
        f"cold visit: ours, {len(costs['visit'].operations)} calls", f"{costs['visit'].millions:,.0f} M instructions"
    )
    ratio = costs["visit"].millions / costs["ours"].millions
    yield Figure("cold visit / cold form post", f"{ratio:.2f}", "< 1", ratio < 1)
    for key, most in (("sam", OF_PEER_AS_PACKAGED), ("good", OF_PEER_WITH_BYTECODE)):
        ratio = costs["ours"].millions / costs[key].millions
        yield Figure(f"cold form post: ours / {names[key]}", f"{ratio:.2f}", f"<= {most}", ratio <= most)


def _mails() -> Iterator[Figure]:
    """Yield what taking in a mail costs: its calls, and that a large one is hardly more to read than a small one."""
    with Aws() as aws:
        os.environ.update(_QUIET | aws.environment())
        from benchmarks import cold, mails  # noqa: PLC0415 - the functions read this environment

        for name, operations in mails.calls(aws).items():
            yield Figure(f"calls: {name}", str(len(operations)), "<= 5", 0 < len(operations) <= MOST_CALLS_OF_A_MAIL)
            yield Figure(f"       {', '.join(operations)}", "")
    if not cold.is_possible():
        yield Figure("mails", "not measured", "valgrind", holds=False)
        return
    costs = mails.measure()
    for size, cost in costs.items():
        yield Figure(f"mail of {size:,} bytes, read and understood", f"{cost.read:,.1f} M instructions")
        yield Figure("       with sealing it", f"{cost.sealed:,.1f} M instructions")
    ratio = costs[mails.LARGE].read / costs[mails.SMALL].read
    yield Figure("mail of 13.5 MB / of 1.4 kB, read and understood", f"{ratio:.2f}", "<= 2", ratio <= OF_A_SMALL_MAIL)


if __name__ == "__main__":
    sys.exit(main())
