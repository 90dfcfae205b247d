"""What bench/race has measured, read: figures of a contestant, ratios, and how numbers are shown."""

import statistics

FAMILIES = ("fanout", "fanmap", "drivers", "ring", "replicas", "mapreplicas")
NAMES = {"raw": "Funpass", "bare": "Funpass", "maude": "Maude", "spin": "Spin", "rumur": "Rumur", "default": "default",
         "calm": "with `calm`", "two threads": "two threads"}


def near(number):
    """Three digits, with k, M, G for thousands, millions, billions."""
    for unit, factor in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if number >= factor * 0.9995:
            return f"{number / factor:#.3g}".rstrip(".") + f" {unit}"
    return f"{number:#.3g}".rstrip(".")


def clock(took):
    """Seconds, to two digits."""
    return f"{took:,.0f}" if took >= 9.95 else f"{took:.2g}"


def spread(values, unit=""):
    """The median, and from where to where."""
    def show(value):
        return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"

    middle = show(statistics.median(values)) + unit
    return middle if len(values) == 1 else f"{middle} [{show(min(values))}–{show(max(values))}]"


def program(row):
    """What a row explores, in words."""
    crashes = row.get("crashes")
    return f"{row['family']} {row['size']:,}" + (f", {crashes} crash{'es' * (crashes > 1)}" if crashes else "")


# Figures of one run of a contestant.
def seconds(_record, run):
    return run["seconds"]


def milliseconds(_record, run):
    return 1000 * run["seconds"]


def states_per_second(record, run):
    return record["states"] / run["seconds"]


def transitions_per_second(record, run):
    return record["transitions"] / run["seconds"]


def bytes_per_state(record, run):
    return run["peak"] / record["states"]


def gigabytes(_record, run):
    return run["peak"] / 1e9


def contestant(row, label):
    """What a contestant did in the row; None if it came to no end."""
    record = row and row.get("contestants", {}).get(label)
    return record if record and record.get("runs") else None


def values(row, label, figure):
    """A figure for each run of a contestant; None if there is none."""
    record = contestant(row, label)
    return [figure(record, run) for run in record["runs"]] if record else None


def median(row, label, figure):
    return statistics.median(values(row, label, figure))


def ratios(row, above, below, figure):
    """The figure of `above` over that of `below`, in each round that both ended; None if the race is not one."""
    pair = contestant(row, above), contestant(row, below)
    if None in pair or row.get("problem"):
        return None
    first, second = ({run["round"]: figure(record, run) for run in record["runs"]} for record in pair)
    return [first[number] / second[number] for number in first if number in second] or None


class Results:
    """The rows by group, family and size; `steps` is what bench/run found."""

    def __init__(self, found):
        self.found, self.steps = found, found["rows"].get("run", {}).get("found") or {}
        self.rows = sorted((row for row in found["rows"].values() if row["group"] != "run"),
                           key=lambda row: (FAMILIES.index(row["family"]), row["size"], row.get("crashes", 0)))

    def growth(self, row, label):
        """What a contestant did in a row of growth; what it did with the same program in another race, if not there."""
        others = [self.row(group, row["family"], row["size"]) for group in ("maude", "long") if "crashes" not in row]
        return next((record for each in (row, *others) if (record := contestant(each, label))), None)

    def step_ratios(self):
        """The rows of bench/run that were raced, each with its ratios."""
        raced = {name: [run["ratio"] for run in row.get("runs", []) if "ratio" in run]
                 for name, row in self.steps.items() if isinstance(row, dict)}
        return [(name, found) for name, found in raced.items() if found]

    def group(self, group, family=None):
        return [row for row in self.rows if row["group"] == group and family in (None, row["family"])]

    def row(self, group, family, size):
        return next((row for row in self.group(group, family) if row["size"] == size), None)
