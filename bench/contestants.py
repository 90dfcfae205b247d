"""Those who take part in a race: how each tool is made ready for a program, called, and what it says that it saw."""

import contextlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from importlib.machinery import SourceFileLoader

HERE = os.path.dirname(os.path.abspath(__file__))
run = importlib.util.module_from_spec(importlib.util.spec_from_loader("run", SourceFileLoader("run", f"{HERE}/run")))
run.__loader__.exec_module(run)
CALM = "local,sends,quiet,names,answers,calm"
RAW = ("--reduction", "none", "--threads", "1")
# How Funpass takes part: `check` with these options.
FUNPASS = {
    "raw": RAW,
    "bare": (*RAW, "--properties", "none"),
    "two threads": ("--reduction", "none", "--threads", "2"),
    "default": (),
    "calm": ("--reduction", CALM),
}


class Left(Exception):
    """Why somebody cannot take part, or gave nothing to count."""


def ended(process):
    """Ends a process and what it called, if it still runs."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def measured(contestant, folder, limit):
    """Runs a contestant: what it printed, seconds by the clock, peak memory in bytes. Linux counts the peak of the
    process that forks for that of the new one, too; so /usr/bin/time, which is small, forks."""
    if not os.access("/usr/bin/time", os.X_OK):
        raise Left("/usr/bin/time is not installed (Debian: time)")
    used, printed = os.path.join(folder, "used"), os.path.join(folder, "printed")
    with open(printed, "wb") as out:
        begin = time.monotonic()
        process = subprocess.Popen(["/usr/bin/time", "--quiet", "-o", used, "-f", "%M", *contestant.command],
                                   stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, cwd=folder,
                                   start_new_session=True, preexec_fn=run.unlimited_stack if contestant.deep else None)
        late = threading.Timer(limit, ended, (process,))  # wait(limit) looks every 50 ms only
        late.start()
        try:
            code = process.wait()
        finally:
            late.cancel()
            if process.poll() is None:
                ended(process)
                process.wait()
        seconds = time.monotonic() - begin
    if seconds >= limit:
        raise Left(f"no end after {limit} s")
    with open(printed, encoding="utf-8", errors="replace") as file:
        text = file.read()
    if code not in contestant.codes:
        raise Left(f"exit code {code}: {text.strip()[-300:]}")
    with open(used, encoding="utf-8") as file:
        return text, seconds, int(file.read().split()[-1]) * 1024


def make(command, folder):
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Left(f"{command[0]}: {(done.stderr + done.stdout).strip()[:300]}")


def needs(command, package):
    if not shutil.which(command):
        raise Left(f"{command} is not installed (Debian: {package})")


def integer(pattern, text, what):
    found = re.findall(pattern, text, re.M)
    if not found:
        raise Left(f"prints no {what}: {text.strip()[-300:]}")
    return int(float(found[-1]))


class Contestant:
    """A tool that is ready for one program: `command` explores it (`shown`: in words), exits with one of `codes`, and
    `read` finds the counts in what it prints. `deep`: it recurses on terms."""

    def __init__(self, shown, command, read, codes=(0,), deep=False):
        self.shown, self.command, self.read, self.codes, self.deep = shown, command, read, codes, deep


def funpass(tool, label, row, program, folder):
    text = subprocess.run([tool, "check", "--help"], capture_output=True, text=True, check=False).stdout
    known = set(re.findall(r"^\s+(--[a-z-]+)", text, re.M))
    essential = {"threads": "--threads", "properties": "--properties"}.get(row["group"])
    if essential and essential not in known:
        raise Left(f"this funpass has no {essential}")
    wanted = [*FUNPASS[label], *row.get("options", ())]
    options = [part for pair in zip(wanted[::2], wanted[1::2]) if pair[0] in known for part in pair]

    def read(text):
        try:
            answer = json.loads(text)
        except ValueError:
            raise Left(f"prints no JSON: {text.strip()[-300:]}") from None
        if not answer["complete"]:
            raise Left(f"came to no end: {answer['states']:,} states in {answer['seconds']:.0f} s")
        return {"states": answer["states"], "transitions": answer["transitions"]}

    shown = ["funpass", "check", *options, f"{row['family']}-{row['size']}.fp"]
    return Contestant(" ".join(shown), [tool, "check", "--json", *options, program], read, (0, 1, 3))


def maude(tool, _label, row, program, folder):
    search = "search init =>! C:Conf such that fin(C:Conf) == nofin ."
    module, why = run.maude_module(tool, program, folder, search)
    if why:
        raise Left(why)
    return Contestant(search, ["maude", "-no-banner", "-no-advise", module],
                      lambda text: {"states": integer(r"states: (\d+)", text, "number of states")}, deep=True)


def spin(_tool, _label, row, _program, folder):
    needs("spin", "spin")
    needs("gcc", "gcc")
    hosts = row["size"]
    make(["spin", f"-DN={hosts}", "-DK=1", "-a", f"{HERE}/peers/reqres.pml"], folder)
    flags = ["-O2", "-march=native", "-DSAFETY", "-DNOREDUCE"]
    make(["gcc", *flags, "-w", "-o", "pan", "pan.c"], folder)
    options = ["-n", "-m1000", f"-w{2 * hosts}"]  # 4^N slots for 4^N states

    def read(text):
        # Spin counts the initial state as a transition, too.
        return {"states": integer(r"^\s*([0-9.e+]+) states, stored", text, "number of states"),
                "transitions": integer(r"^\s*([0-9.e+]+) transitions", text, "number of transitions") - 1}

    return Contestant(f"gcc {' '.join(flags)} pan.c; ./pan {' '.join(options)}", ["./pan", *options], read)


def rumur(_tool, _label, row, _program, folder):
    needs("rumur", "rumur")
    needs("gcc", "gcc")
    with open(f"{HERE}/peers/reqres.m", encoding="utf-8") as file:
        model = re.sub(r"^const N: \d+; K: \d+;", f"const N: {row['size']}; K: 1;", file.read(), flags=re.M)
    with open(os.path.join(folder, "reqres.m"), "w", encoding="utf-8") as file:
        file.write(model)
    options = ["--deadlock-detection", "off", "--threads", "1"]
    make(["rumur", *options, "--output", "reqres.c", "reqres.m"], folder)
    flags = ["-O3", "-march=native", "-std=c11", "-mcx16"]
    make(["gcc", *flags, "-w", "-o", "reqres", "reqres.c", "-lpthread"], folder)

    def read(text):
        return {"states": integer(r"(\d+) states", text, "number of states"),
                "transitions": integer(r"(\d+) rules fired", text, "number of rules fired")}

    return Contestant(f"rumur {' '.join(options)}; gcc {' '.join(flags)} reqres.c", ["./reqres"], read)


def ready(tool, label, row, program, folder):
    """The contestant of this label, made ready in the folder; Left if it cannot take part."""
    return {"maude": maude, "spin": spin, "rumur": rumur}.get(label, funpass)(tool, label, row, program, folder)


def first_line(*command):
    if not shutil.which(command[0]):
        return None
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    return (done.stdout + done.stderr).strip().split("\n")[0]


def versions(tool):
    """Of everything that a figure depends on; None for what is not installed."""
    commit = first_line("git", "-C", HERE, "describe", "--always", "--dirty")
    found = {"funpass": first_line(tool, "--version") + (f" ({commit})" if commit else "")}
    for name in ("Maude", "Spin", "Rumur", "gcc", "gnuplot"):
        found[name] = first_line(name.lower(), "-V" if name == "Spin" else "--version")
    return {name: line and re.sub(rf"^{name}( version)? ", "", line, flags=re.I) for name, line in found.items()}


def machine():
    def field(path, pattern):
        try:
            with open(path, encoding="utf-8") as file:
                found = re.search(pattern, file.read(), re.M)
        except OSError:
            return "unknown"
        return found[1].strip() if found else "unknown"

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"processor": field("/proc/cpuinfo", r"^model name\s*: (.*)"), "processors": len(os.sched_getaffinity(0)),
            "cache": field("/proc/cpuinfo", r"^cache size\s*: (.*)"), "memory": memory,
            "system": field("/etc/os-release", r'^PRETTY_NAME="(.*)"'), "kernel": os.uname().release}
