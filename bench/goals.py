"""What Funpass is to reach, and whether it does."""

import statistics

from results import (NAMES, Results, bytes_per_state, contestant, gigabytes, milliseconds, program, ratios, seconds,
                     spread, states_per_second, values)

# Why a goal is not met, by its name: shown where it is not.
BASE = "The process takes some 6 MB before it explores anything, and a graph of {} states cannot spread that thin."
SMALL = "The graph is small: Maude slows down as graphs grow, and is several times as fast here as on the next two."
STEPS = ("`run` takes every step by the rules that `check` uses: a redex in its context, nodes that are made once each and "
         "shared. A faster machine for `run` alone would be a second semantics.")
REASONS = {"maude-fanout-5": SMALL, **{f"run-{name}": STEPS for name in ("plus", "calls", "spores", "pingpong")},
           "maude-fanout-5-memory": BASE.format("86,163"), "maude-fanout-6-memory": BASE.format("678,452")}

# Stored configurations of N with a number of crashes.
REPLICAS = {"replicas": {(1, 0): 2, (1, 1): 9, (2, 1): 13, (2, 2): 36, (2, 3): 59},
            "mapreplicas": {(1, 0): 3, (1, 1): 22, (2, 1): 28, (2, 2): 104, (2, 3): 217}}


class Goal:
    """`measured` and `met` (None: not measured) for a bound on something; `name` is where its reason stands."""

    def __init__(self, name, what, bound, measured=None, met=None):
        self.name, self.what, self.bound, self.measured, self.met = name, what, bound, measured or "not measured", met

    def verdict(self):
        if self.met is None:
            return ""
        return "met" if self.met else " ".join(("**not met.**", REASONS.get(self.name, ""))).strip()


def at_least(name, what, bound, found, unit="×"):
    """The median is to be no less."""
    met = found and statistics.median(found) >= bound
    return Goal(name, what, f"≥ {bound}{unit}", found and spread(found, unit), met)


def at_most(name, what, bound, found, unit="×"):
    """The median is to be no more."""
    met = found and statistics.median(found) <= bound
    return Goal(name, what, f"≤ {bound}{unit}", found and spread(found, unit), met)


def counts(results, what, shown, family, label, bound):
    """How many configurations are stored, for every row of the family for which there is a bound."""
    found = [(row, contestant(row, label)["states"], bound(row)) for row in results.group("growth", family)
             if contestant(row, label) and bound(row) is not None]
    if not found:
        return Goal(f"growth-{family}", what, shown)
    over = [f"{program(row)}: {states:,}" for row, states, limit in found if states > limit]
    stored = [f"{states:,}" for _, states, _ in found]
    stored = stored if len(stored) <= 5 else [*stored[:3], "…", stored[-1]]
    return Goal(f"growth-{family}", what, shown, "; ".join(over) or ", ".join(stored), not over)


def beside_maude(results):
    rows = [(f"maude-{family}-{size}", f"{family} {size}", results.row("maude", family, size))
            for family, size in (("fanout", 5), ("fanout", 6), ("fanmap", 3))]
    for name, what, row in rows:
        yield at_least(name, f"states/s, over Maude's on the same program: {what}", 50,
                       ratios(row, "raw", "maude", states_per_second))
    for name, what, row in rows:
        yield at_least(f"{name}-memory", f"Maude's bytes/state, over those of Funpass: {what}", 60,
                       ratios(row, "maude", "raw", bytes_per_state))


def beside_spin(results):
    for size, bound in ((10, 2), (12, 4)):
        yield at_least(f"spin-ring-{size}", f"states/s, one thread, over Spin's exact search: ring {size}", bound,
                       ratios(results.row("spin", "ring", size), "bare", "spin", states_per_second))


def beside_itself(results):
    yield at_most("threads-ring-12-memory", "bytes/state, the whole process, exact, with what traces need: ring 12", 20,
                  values(results.row("threads", "ring", 12), "raw", bytes_per_state), "")
    for row in results.group("threads"):
        large = (contestant(row, "raw") or {"states": 0})["states"] >= 10 ** 7
        yield at_least(f"threads-{row['family']}-{row['size']}", f"states/s, two threads over one: {program(row)}",
                       1.3 if large else 1, ratios(row, "two threads", "raw", states_per_second))
    for row in results.group("properties"):
        yield at_most(f"properties-{row['family']}-{row['size']}",
                      f"time, every property judged over none: {program(row)}", 1.05,
                      ratios(row, "raw", "bare", seconds))


def reduced(results):
    yield counts(results, "reduced states: fanout k", "≤ 3k + 1", "fanout", "default", lambda row: 3 * row["size"] + 1)
    yield counts(results, "reduced states: fanmap k", "≤ 6k + 1", "fanmap", "default", lambda row: 6 * row["size"] + 1)
    yield counts(results, "reduced states: drivers n", "≤ n + 1", "drivers", "default", lambda row: row["size"] + 1)
    for family, table in REPLICAS.items():
        for crashes, label, how in ((False, "calm", ", with `calm`"), (True, "default", "")):
            bounds = {key: most for key, most in table.items() if (key[1] > 0) == crashes}
            sizes = ", ".join(f"{size} with {failing}" for size, failing in bounds)
            yield counts(results, f"reduced states: {family} {sizes} crashes{how}",
                         f"≤ {', '.join(str(most) for most in bounds.values())}", family, label,
                         lambda row, bounds=bounds: bounds.get((row["size"], row["crashes"])))
    for family, size, label, bound in (("fanout", 1000, "default", 2), ("drivers", 200, "default", 2),
                                       ("drivers", 7, "default", 0.1), ("fanmap", 4, "default", 0.1)):
        yield at_most(f"large-{family}-{size}-{label}", f"verdict: {family} {size:,}, {NAMES[label]}", bound,
                      values(results.row("large", family, size), label, seconds), " s")


def unreduced(results):
    for family, size in (("drivers", 7), ("fanmap", 4)):
        row, name = results.row("long", family, size), f"long-{family}-{size}"
        yield at_most(name, f"the raw graph of {family} {size}: time", 300, values(row, "raw", seconds), " s")
        yield at_most(f"{name}-memory", f"the raw graph of {family} {size}: memory", 6, values(row, "raw", gigabytes),
                      " GB")


def alone(results):
    for name, found in results.step_ratios() or [("plus", None)]:
        yield at_least(f"run-{name}", f"`run`: reduction steps/s, over Maude's on the same steps: {name}", 10, found)
    yield at_most("start", "`check` of a program of 20 lines, the whole process", 20,
                  values(results.row("start", "fanout", 8), "default", milliseconds), " ms")


def goals(found):
    """All goals, measured or not."""
    results = Results(found)
    parts = (beside_maude, beside_spin, beside_itself, reduced, unreduced, alone)
    return [goal for part in parts for goal in part(results)]


def listed(found):
    """Those that were measured, as a table for the terminal."""
    words = {True: "met", False: "NOT MET"}
    cells = [(goal.what.replace("`", ""), goal.bound, goal.measured, words[goal.met])
             for goal in goals(found) if goal.met is not None]
    widths = [max(map(len, column)) for column in zip(*cells)]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(line, widths)).rstrip() for line in cells)
