"""The plots of docs/performance.md, drawn by gnuplot."""

import os
import shutil
import subprocess

from results import bytes_per_state, contestant, median, near, program, states_per_second

HEAD = """set terminal svg size 760,{height} dynamic font "sans-serif,13" background "#ffffff"
set output "{path}"
set border 3 lc rgb "#666666"
set tics nomirror textcolor rgb "#333333"
set grid y lc rgb "#dddddd" lw 1 dt 1
set key top right Left reverse samplen 2 spacing 1.2 textcolor rgb "#333333"
set format y "10^{{%T}}"
set logscale y
unset mytics
"""
LINE = "with linespoints pt 7 ps 0.6 lw 2 lc rgb"
CURVES = {"raw": ("raw", f'{LINE} "#d1495b"'), "default": ("reduced (default)", f'{LINE} "#00798c"'),
          "calm": ("with calm", f'{LINE} "#edae49"'),
          "maude": ("Maude", 'with points pt 6 ps 1.1 lw 1.6 lc rgb "#7a7a7a"')}
BARS = {"raw": ("Funpass", "#00798c"), "bare": ("Funpass", "#00798c"), "maude": ("Maude", "#9a9a9a"),
        "spin": ("Spin", "#edae49"), "rumur": ("Rumur", "#8d6a9f")}


def growth(results):
    """Stored configurations as k grows, a panel for each family."""
    lines = []
    for family in ("fanout", "fanmap", "drivers", "replicas"):
        curves = []
        for label, (name, style) in CURVES.items():
            rows = [row for row in results.group("growth", family)
                    if row.get("crashes", row["size"] - 1) == row["size"] - 1]
            points = [(row["size"], record["states"]) for row in rows if (record := results.growth(row, label))]
            if points and (family, label) != ("replicas", "calm"):  # that is only for those without crashes
                lines += [f"${label} << EOD", *(f"{size} {states}" for size, states in points), "EOD"]
                curves.append(f'${label} {style} title "{name}"')
        if curves:
            title = "replicas k: 2k replicas, k − 1 crash" if family == "replicas" else f"{family} k"
            lines += [f"set xrange [0.5:{4.5 if family == 'replicas' else 12.5}]",
                      f'set title "{title}" textcolor rgb "#222222"', "set key" if family == "fanmap" else "unset key",
                      "plot " + ", ".join(curves)]
    if not lines:
        return None
    return ["set multiplot layout 2,2 margins 0.08,0.985,0.06,0.94 spacing 0.09,0.14", "set yrange [1:1e9]",
            "set ytics 1,100", "set xtics 1", *lines, "unset multiplot"]


def bars(results, figure, label, low):
    """A cluster of bars for each program, one for each tool."""
    rows = [row for row in results.group("maude") + results.group("spin") if not row.get("problem")]
    clusters = [(row, [tool for tool in row["labels"] if contestant(row, tool)]) for row in rows]
    lines, legend, top = [], {}, low
    for number, (row, tools) in enumerate(clusters):
        for place, tool in enumerate(tools):
            height, left = median(row, tool, figure), number + 0.5 + (place - len(tools) / 2) * 0.27
            name, colour = BARS[tool]
            legend[name], top = colour, max(top, height)
            lines += [f'set object rectangle from {left:.3f},{low} to {left + 0.25:.3f},{height:.6g} fc rgb "{colour}" '
                      "fs solid noborder",
                      f'set label "{near(height)}" at {left + 0.125:.3f},{height * 1.2:.6g} center font ",10" '
                      'textcolor rgb "#333333"']
    if not legend:
        return None
    ticks = ", ".join(f'"{program(row)}" {number + 0.5}' for number, (row, _) in enumerate(clusters))
    return [f'set ylabel "{label}"', f"set xrange [0:{len(clusters)}]", f"set yrange [{low}:{top * 12:.3g}]",
            f"set xtics ({ticks}) scale 0", "set key horizontal", *lines,
            "plot " + ", ".join(f'1/0 with boxes fs solid noborder lc rgb "{colour}" title "{name}"'
                                for name, colour in legend.items())]


# The file's name, what it shows, its height, gnuplot's commands.
PLOTS = (("growth", "stored configurations as k grows", 620, growth),
         ("speed", "states per second, by program and tool", 380,
          lambda results: bars(results, states_per_second, "states per second", 1000)),
         ("memory", "bytes per state, by program and tool", 380,
          lambda results: bars(results, bytes_per_state, "bytes per state, the whole process", 1)))


def plots(results):
    """Those for which something was measured: name, what it shows, height, commands."""
    return [(name, what, height, commands) for name, what, height, make in PLOTS if (commands := make(results))]


def draw(results, folder, note):
    """Writes NAME.svg for each into the folder."""
    if not shutil.which("gnuplot"):
        note("plots left as they are: gnuplot is not installed (Debian: gnuplot-nox)")
        return
    os.makedirs(folder, exist_ok=True)
    for name, _, height, commands in plots(results):
        script = HEAD.format(height=height, path=os.path.join(folder, f"{name}.svg")) + "\n".join(commands) + "\n"
        done = subprocess.run(["gnuplot"], input=script, capture_output=True, text=True, check=False,
                              env={**os.environ, "LC_ALL": "C.UTF-8"})
        if done.returncode != 0:
            note(f"gnuplot, {name}: {done.stderr.strip()[:300]}")
