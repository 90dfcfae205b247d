"""Makes docs/performance.md and its plots from what bench/race has measured."""

import os
import shutil
import statistics
import subprocess

TOOLS = {"raw": "Funpass", "bare": "Funpass", "maude": "Maude", "spin": "Spin", "rumur": "Rumur", "default": "default",
         "calm": "with `calm`", "two threads": "Funpass, two threads"}
# Why a goal is not met, by the name of its row: shown where it is not.
REASONS = {}


def near(number):
    """Three digits, with k, M, G for thousands, millions, billions."""
    for unit, factor in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if number >= factor * 0.9995:
            number /= factor
            return (f"{number:.0f}" if number >= 99.95 else f"{number:#.3g}") + f" {unit}"
    return f"{number:.3g}"


def clock(took):
    """Seconds, to two digits."""
    return f"{took:,.0f}" if took >= 9.95 else f"{took:.2g}"


def spread(values, unit="", digits=3):
    """The median, and from where to where."""
    def show(value):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.{digits}g}"

    middle = f"{show(statistics.median(values))}{unit}"
    return middle if len(values) == 1 else f"{middle} [{show(min(values))}–{show(max(values))}]"


def program(row):
    crashes = row.get("crashes")
    return f"{row['family']} {row['size']:,}" + (f", {crashes} crash{'es' * (crashes > 1)}" if crashes else "")


class Results:
    def __init__(self, found):
        order = {family: number for number, family in enumerate(("fanout", "fanmap", "drivers", "ring", "replicas"))}
        self.all = sorted((row for row in found["rows"].values() if row["group"] != "run"),
                          key=lambda row: (order.get(row["family"], 9), row["size"], row.get("crashes", 0)))
        self.found, self.running = found, found["rows"].get("run", {}).get("found")

    def group(self, group, family=None):
        return [row for row in self.all if row["group"] == group and family in (None, row["family"])]

    def row(self, group, family, size):
        return next((row for row in self.group(group, family) if row["size"] == size), None)


def contestant(row, label):
    """What a contestant did in the row; None if it came to no end."""
    record = row and row.get("contestants", {}).get(label)
    return record if record and record.get("runs") else None


def values(row, label, figure):
    """A figure for each run of a contestant; None if there is none."""
    record = contestant(row, label)
    return [figure(record, run) for run in record["runs"]] if record else None


def seconds(_record, run):
    return run["seconds"]


def states_per_second(record, run):
    return record["states"] / run["seconds"]


def transitions_per_second(record, run):
    return record["transitions"] / run["seconds"]


def bytes_per_state(record, run):
    return run["peak"] / record["states"]


def peak(_record, run):
    return run["peak"]


def ratios_of(row, above, below, figure):
    """The figure of `above` over that of `below`, in each round that both ended; None if the race is not one."""
    pair = contestant(row, above), contestant(row, below)
    if None in pair or row.get("problem"):
        return None
    first, second = ({run["round"]: figure(record, run) for run in record["runs"]} for record in pair)
    return [first[number] / second[number] for number in first if number in second] or None


# ---- goals

class Goal:
    """`values` are what was measured, one for each round; it is met if their median is `ok`."""

    def __init__(self, row, what, goal, found, ok, unit="×"):
        self.row, self.what, self.goal, self.values, self.unit = row, what, goal, found, unit
        self.met = None if not found else bool(ok(statistics.median(found)))

    def measured(self):
        return spread(self.values, self.unit) if self.values else "not measured"


class Counts(Goal):
    """A bound on how many states are stored, for every size that was explored."""

    def __init__(self, results, what, goal, family, label, bound, crashes=None):
        found = []
        for row in results.group("growth", family):
            record = contestant(row, label)
            limit = bound(row)
            if record and limit is not None and (crashes is None or bool(row["crashes"]) == crashes):
                found.append((row, record["states"], limit))
        super().__init__(f"growth-{family}", what, goal, None, None)
        self.over = [item for item in found if item[1] > item[2]]
        self.count, self.met = len(found), not self.over if found else None

    def measured(self):
        if not self.count:
            return "not measured"
        if self.over:
            return "; ".join(f"{program(row)}: {states:,} > {limit:,}" for row, states, limit in self.over)
        return f"so for all {self.count} that were explored"


# Stored configurations, by replicas 2N and crashes.
REPLICAS = {"replicas": {(1, 0): 2, (1, 1): 9, (2, 1): 13, (2, 2): 36, (2, 3): 59},
            "mapreplicas": {(1, 0): 3, (1, 1): 22, (2, 1): 28, (2, 2): 104, (2, 3): 217}}


def goals(results):
    found = []

    def race(group, family, size, what, goal, pair, figure, ok):
        row = results.row(group, family, size)
        found.append(Goal(f"{group}-{family}-{size}", f"{what}: {family} {size}", goal, ratios_of(row, *pair, figure), ok))

    same = [("fanout", 5), ("fanout", 6), ("fanmap", 3)]
    for family, size in same:
        race("maude", family, size, "states/s, over Maude's on the same program", "≥ 50×", ("raw", "maude"), states_per_second,
             lambda ratio: ratio >= 50)
    for family, size in same:
        race("maude", family, size, "Maude's bytes/state, over Funpass's", "≥ 60×", ("maude", "raw"), bytes_per_state,
             lambda ratio: ratio >= 60)
    for size, least in ((10, 2), (12, 4)):
        race("spin", "ring", size, "states/s, one thread, over Spin's exact search", f"≥ {least}×", ("bare", "spin"),
             states_per_second, lambda ratio, least=least: ratio >= least)
    found.append(Goal("spin-ring-12", "bytes/state, the whole process, exact, with what traces need: ring 12", "≤ 20",
                      values(results.row("spin", "ring", 12), "bare", bytes_per_state), lambda size: size <= 20, ""))
    for row in results.group("threads"):
        large = (contestant(row, "raw") or {"states": 0})["states"] >= 10 ** 7
        least = 1.3 if large else 1
        race("threads", row["family"], row["size"], "two threads over one", f"≥ {least}×", ("two threads", "raw"),
             states_per_second, lambda ratio, least=least: ratio >= least)
    for row in results.group("properties"):
        race("properties", row["family"], row["size"], "time with every property on, over all off", "≤ 1.05×", ("raw", "bare"),
             seconds, lambda ratio: ratio <= 1.05)
    found += [
        Counts(results, "reduced states: fanout k", "≤ 3k + 1", "fanout", "default", lambda row: 3 * row["size"] + 1),
        Counts(results, "reduced states: fanmap k", "≤ 6k + 1", "fanmap", "default", lambda row: 6 * row["size"] + 1),
        Counts(results, "reduced states: drivers n, with `calm`", "≤ n + 1", "drivers", "calm", lambda row: row["size"] + 1)]
    for family, table in REPLICAS.items():
        for crashes, label, how in ((False, "calm", "with `calm`"), (True, "default", "within crashes")):
            listed = ", ".join(str(most) for (_, failing), most in table.items() if bool(failing) == crashes)
            found.append(Counts(results, f"reduced states: {family}, {how}", f"≤ {listed}", family, label,
                                lambda row, table=table: table.get((row["size"], row["crashes"])), crashes))
    for family, size, label, most in (("fanout", 1000, "default", 2), ("fanout", 1000, "calm", 2), ("drivers", 200, "calm", 2),
                                      ("drivers", 7, "calm", 0.1), ("fanmap", 4, "default", 0.1)):
        found.append(Goal(f"large-{family}-{size}", f"verdict: {family} {size:,}, {TOOLS[label]}", f"≤ {most} s",
                          values(results.row("large", family, size), label, seconds), lambda took, most=most: took <= most, " s"))
    for family, size in (("drivers", 7), ("fanmap", 4)):
        row = results.row("long", family, size)
        found.append(Goal(f"long-{family}-{size}", f"the raw graph of {family} {size}: time", "≤ 300 s", values(row, "raw", seconds),
                          lambda took: took <= 300, " s"))
        memory = values(row, "raw", peak)
        found.append(Goal(f"long-{family}-{size}", f"the raw graph of {family} {size}: memory", "≤ 6 GB",
                          memory and [size / 1e9 for size in memory], lambda size: size <= 6, " GB"))
    plus = (results.running or {}).get("plus", {}).get("runs", [])
    found.append(Goal("run", "`run`: reduction steps/s, over Maude's", "≥ 10×", [run["ratio"] for run in plus if "ratio" in run],
                      lambda ratio: ratio >= 10))
    start = values(results.row("start", "fanout", 8), "default", seconds)
    found.append(Goal("start", "`check` of a program of 20 lines, the whole process", "≤ 20 ms",
                      start and [1000 * took for took in start], lambda took: took <= 20, " ms"))
    return found


def verdict(goal):
    if goal.met is None:
        return ""
    return "met" if goal.met else f"**not met.** {REASONS.get(goal.row, '')}".strip()


def ratios(found):
    """The goals as a table for the terminal."""
    listed = goals(Results(found))
    cells = [(goal.what.replace("`", ""), goal.goal, goal.measured(), {None: "", True: "met", False: "NOT MET"}[goal.met])
             for goal in listed if goal.met is not None]
    if not cells:
        return "nothing that a goal is about was measured"
    widths = [max(len(cell[column]) for cell in cells) for column in range(4)]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(cell, widths)).rstrip() for cell in cells)


# ---- tables

def table(head, lines):
    """Markdown; the first column left, the others right."""
    return "\n".join(["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1),
                      *("| " + " | ".join(line) + " |" for line in lines)])


def raced(rows, ours, names=None, compared="Funpass over it", figure=states_per_second):
    """Every contestant of these rows; `ours` is compared with the others by `figure`."""
    lines = []
    for row in rows:
        for label, record in row["contestants"].items():
            name = {**TOOLS, **(names or {})}[label]
            if not record.get("runs"):
                lines.append((program(row), name, *[""] * 5, f"left out: {record.get('problem', 'not run')}"))
                continue

            def median(measure, show=near, label=label, row=row):
                return show(statistics.median(values(row, label, measure)))

            ratio = None if label == ours else ratios_of(row, ours, label, figure)
            lines.append((program(row), name, f"{record['states']:,}", median(seconds, clock), median(states_per_second),
                          median(transitions_per_second) if "transitions" in record else "",
                          median(bytes_per_state) if record["states"] >= 10 ** 5 else "",
                          row.get("problem", spread(ratio, "×") if ratio else "")))
    return table(("program", "", "states", "s", "states/s", "transitions/s", "bytes/state", compared), lines)


def grown(rows, labels):
    lines = []
    for row in rows:
        line = [program(row)]
        for label in labels:
            record = contestant(row, label)
            line.append(f"{record['states']:,}" if record else "–")
            line.append(clock(record["runs"][0]["seconds"]) if record else "–")
        lines.append(line)
    names = {"raw": "raw", "maude": "Maude"}
    head = [text for label in labels for text in (names.get(label, TOOLS[label]), "s")]
    return table(["program", *head], lines)


def steps(running):
    lines = []
    for name, row in (running or {}).items():
        ratio = [run["ratio"] for run in row.get("runs", []) if "ratio" in run] if isinstance(row, dict) else []
        if ratio:
            lines.append((f"{name} {row.get('operands', '')}".strip(), near(row["median"]["funpass_steps_per_second"]),
                          near(row["median"]["maude_steps_per_second"]), spread(ratio, "×")))
    return table(("program", "Funpass, steps/s", "Maude, steps/s", "Funpass over it"), lines) if lines else "Not measured."


# ---- plots

STYLE = """set terminal svg size 760,{height} dynamic font "sans-serif,13" background "#ffffff"
set output "{path}"
set border 3 lc rgb "#666666"
set tics nomirror textcolor rgb "#333333"
set grid y lc rgb "#dddddd" lw 1 dt 1
set key top right Left reverse samplen 2 spacing 1.2 textcolor rgb "#333333"
set format y "10^{{%T}}"
set logscale y
"""
COLOURS = {"raw": "#d1495b", "maude": "#7a7a7a", "default": "#00798c", "calm": "#edae49", "bare": "#00798c", "spin": "#edae49",
           "rumur": "#8d6a9f"}


def growth_plot(results):
    """Stored configurations as k grows, a panel for each family."""
    families = [family for family in ("fanout", "fanmap", "drivers", "replicas") if results.group("growth", family)]
    if not families:
        return None
    lines = ["set multiplot layout 2,2 margins 0.08,0.985,0.08,0.94 spacing 0.09,0.13", "set yrange [1:2e8]", "set ytics 1,100", "unset mytics",
             "set xrange [0.5:12.5]", "set xtics 1"]
    styles = {"raw": "with linespoints pt 7 ps 0.6 lw 2", "default": "with linespoints pt 7 ps 0.6 lw 2",
              "calm": "with linespoints pt 7 ps 0.6 lw 2", "maude": "with points pt 6 ps 1.1 lw 1.6"}
    for family in families:
        blocks, curves = [], []
        for label, style in styles.items():
            # Of the replicas, those of which all but N + 1 crash.
            points = [(row["size"], contestant(row, label)["states"]) for row in results.group("growth", family)
                      if contestant(row, label) and row.get("crashes", row["size"] - 1) == row["size"] - 1]
            if points and not (family == "replicas" and label == "calm"):
                blocks.append(f"${label} << EOD\n" + "\n".join(f"{x} {y}" for x, y in points) + "\nEOD")
                name = {"raw": "raw", "maude": "Maude", "default": "reduced (default)", "calm": "with calm"}[label]
                curves.append(f'${label} {style} lc rgb "{COLOURS[label]}" title "{name}"')
        title = f"{family} k" + (": 2k replicas, k − 1 crash" if family == "replicas" else "")
        size = 'set xrange [0.5:4.5]' if family == "replicas" else ""
        lines += [*blocks, f'set title "{title}" textcolor rgb "#222222"', size, "plot " + ", ".join(curves)]
    return 620, "\n".join([*lines, "unset multiplot"])


def bars_plot(results, figure, label, low):
    """A cluster of bars for each program, one for each tool."""
    rows = [row for row in results.group("maude") + results.group("spin") if any(
        contestant(row, tool) for tool in row["labels"]) and not row.get("problem")]
    if not rows:
        return None
    blocks, plots, named = [], [], set()
    for number, row in enumerate(rows):
        tools = [tool for tool in row["labels"] if contestant(row, tool)]
        for place, tool in enumerate(tools):
            value = statistics.median(values(row, tool, figure))
            tool = "bare" if tool == "raw" else tool
            name = "" if tool in named else TOOLS[tool]
            named.add(tool)
            left = number + 0.5 + (place - len(tools) / 2) * 0.25
            blocks.append(f"set object rectangle from {left:.3f},{low} to {left + 0.23:.3f},{value:.6g} fc rgb "
                          f'"{COLOURS[tool]}" fs solid noborder')
            blocks.append(f'set label "{near(value)}" at {left + 0.115:.3f},{value * 1.15:.6g} center font ",10" '
                          'textcolor rgb "#333333"')
            if name:
                plots.append(f'1/0 with boxes fs solid noborder lc rgb "{COLOURS[tool]}" title "{name}"')
    ticks = ", ".join(f'"{program(row)}" {number + 0.5}' for number, row in enumerate(rows))
    top = max(statistics.median(values(row, tool, figure)) for row in rows for tool in row["labels"] if contestant(row, tool))
    return 380, "\n".join([f'set ylabel "{label}"', f"set xrange [0:{len(rows)}]", f"set yrange [{low}:{top * 12:.3g}]",
                           f"set xtics ({ticks}) scale 0", "set key horizontal top right", *blocks, "plot " + ", ".join(plots)])


def plots(results):
    """The plots that there is something for, by the name of their file: what they show, height, commands."""
    every = {"growth": ("stored configurations as k grows", growth_plot(results)),
             "speed": ("states per second", bars_plot(results, states_per_second, "states per second", 1000)),
             "memory": ("bytes per state", bars_plot(results, bytes_per_state, "bytes per state, peak of the process", 1))}
    return {name: (what, *plot) for name, (what, plot) in every.items() if plot}


def draw(results, folder, note):
    if not shutil.which("gnuplot"):
        note("plots left as they are: gnuplot is not installed (Debian: gnuplot-nox)")
        return
    os.makedirs(folder, exist_ok=True)
    for name, (_, height, commands) in plots(results).items():
        script = STYLE.format(height=height, path=os.path.join(folder, f"{name}.svg")) + commands + "\n"
        done = subprocess.run(["gnuplot"], input=script, capture_output=True, text=True, check=False,
                              env={**os.environ, "LC_ALL": "C.UTF-8"})
        if done.returncode != 0 or done.stderr.strip():
            note(f"gnuplot, {name}: {done.stderr.strip()[:300]}")


# ---- the page

def head(found):
    dates = sorted({row["date"] for row in found["rows"].values()})
    machine, versions = found["machine"], found["versions"]
    cache = machine["cache"].replace("KB", "kB")
    rounds = sorted({len(record["runs"]) for row in found["rows"].values() if row["group"] in ("maude", "spin", "threads", "properties")
                     for record in row["contestants"].values() if record.get("runs")})
    names = [("maude", "Maude"), ("spin", "Spin"), ("rumur", "Rumur"), ("gcc", "gcc"), ("gnuplot", "gnuplot"), ("python", "Python")]
    others = sorted({row["funpass"] for row in found["rows"].values()} - {versions["funpass"]})
    lines = [("date", " to ".join(dict.fromkeys((dates[0], dates[-1]))) if dates else "–"),
             ("machine", f"{machine['processor']}, {machine['processors']} processors, {cache} of cache, "
                         f"{machine['memory'] / 2 ** 30:.0f} GiB"),
             ("system", f"{machine['system']}, Linux {machine['kernel']}"),
             ("rounds", " to ".join(str(number) for number in dict.fromkeys((rounds[:1] + rounds[-1:])) or "–")
                        + "; growth and the largest raw graphs 1"),
             ("Funpass", versions["funpass"] + (f"; some rows with {', '.join(others)}" if others else "")),
             *((shown, versions[name] or "not installed") for name, shown in names)]
    return "| | |\n|---|---|\n" + "\n".join(f"| {name} | {text} |" for name, text in lines)


def text(found):
    results = Results(found)
    images = plots(results)
    figures = {name: f"![{what}](performance/{name}.svg)" for name, (what, *_) in images.items()}
    bare = {record["command"] for row in results.group("spin") if (record := contestant(row, "bare"))}
    checked = "no properties judged" if all("--properties none" in command for command in bare) else "every property judged"
    listed = [(goal.what, goal.goal, goal.measured(), verdict(goal)) for goal in goals(results)]
    growth = [figures.get("growth")] + [
        grown(results.group("growth", family), labels) for family, labels in (
            ("fanout", ("raw", "default", "calm", "maude")), ("fanmap", ("raw", "default", "calm", "maude")),
            ("drivers", ("raw", "default", "calm", "maude")), ("replicas", ("raw", "default", "calm")),
            ("mapreplicas", ("raw", "default", "calm"))) if results.group("growth", family)]
    sections = [
        ("Goals", ["| what | goal | measured | |\n|---|---|---|---|\n" + "\n".join("| " + " | ".join(line) + " |" for line in listed)]),
        ("Beside Maude, on the same programs", [
            "The raw graph (`--reduction none`), one thread, every property judged; Maude searches the same graph for stuck "
            "configurations. Both have to find the same number of states.", figures.get("speed"), figures.get("memory"),
            raced(results.group("maude"), "raw")]),
        ("Beside Spin and Rumur, on systems of the same size", [
            "`ring N` is a configuration in which each of N hosts holds a number that the next one has asked for. Spin and Rumur "
            f"explore models of the same exchange; all three have to find 4^N states. Funpass: one thread, {checked}. Spin: exact, "
            "without partial-order reduction, a table of 4^N slots. Rumur: one thread, no look for deadlocks.",
            raced(results.group("spin"), "bare")]),
        ("How graphs grow", [
            "One run each: stored configurations, and seconds for the whole process. `default` and `calm` are those of "
            "[reductions.md](reductions.md).", *growth]),
        ("Large programs, reduced", [raced_times(results.group("large"))]),
        ("The raw graphs of the largest", [raced(results.group("long"), "raw")]),
        ("Threads", [raced(results.group("threads"), "two threads", {"two threads": "two threads", "raw": "one thread"}, "two over one")]),
        ("Properties", [raced(results.group("properties"), "raw", {"raw": "all judged", "bare": "none"}, "time, all over none",
                              seconds)]),
        ("Reduction steps", ["`run` beside Maude's `rewrite`, on the same steps, without the time to read the program.",
                             steps(results.running)])]
    parts = ["# Performance", "Generated by `bench/race --long`; do not edit. A figure is the median of the rounds, with the least and the "
             "greatest in brackets; without brackets there was one round. A round is one run of each contestant, one right after the "
             "other, and a ratio is taken within a round. Time is that of the whole process by the clock, and bytes/state is "
             "the peak memory of the whole process by its states. [How](../bench/README.md).", head(found)]
    for title, content in sections:
        content = [part for part in content if part]
        parts += [f"## {title}", *content]
    return "\n\n".join(parts) + "\n"


def raced_times(rows):
    lines = [(program(row), TOOLS[label], f"{record['states']:,}" if record.get("runs") else "–",
              spread(values(row, label, seconds), " s") if record.get("runs") else f"left out: {record.get('problem', 'not run')}")
             for row in rows for label, record in row["contestants"].items()]
    return table(("program", "reduction", "states", "time"), lines)


def write(found, path, note):
    """The page and its plots, beside the results."""
    base = path[:-len(".json")] if path.endswith(".json") else path
    draw(Results(found), base if os.path.isabs(base) else os.path.abspath(base), note)
    with open(f"{base}.md", "w", encoding="utf-8") as file:
        file.write(text(found))
