"""What the runners in these folders share: calling the tool two at a time, reading expectations, reporting."""

import concurrent.futures
import json
import os
import re
import shlex
import subprocess
import sys
import unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Output:
    """What one call of the tool gave."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def json(self):
        return json.loads(self.out)


class Suite:
    """Collects cases, runs them in a pool of two, and prints one line for each that fails."""

    def __init__(self, description=""):
        arguments = sys.argv[1:]
        self.update = "--update" in arguments
        arguments = [a for a in arguments if a != "--update"]
        if len(arguments) != 1:
            print(f"usage: {sys.argv[0]} FUNPASS [--update]\n{description}")
            sys.exit(2)
        self.tool = os.path.abspath(arguments[0])
        if not os.access(self.tool, os.X_OK):
            print(f"{self.tool}: no such program")
            sys.exit(2)
        self.passed = self.failed = self.skipped = 0
        self.cases = []
        os.chdir(ROOT)

    def call(self, *arguments, stdin=b"", timeout=120, cwd=None, env=None):
        environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "80", "LC_ALL": "C.UTF-8"}
        environment.update(env or {})
        try:
            done = subprocess.run([self.tool, *arguments], input=stdin, capture_output=True, timeout=timeout, cwd=cwd,
                                  env=environment)
        except subprocess.TimeoutExpired:
            return Output(None, "", f"no end after {timeout} s")
        return Output(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    def command(self, *arguments):
        return shlex.join([os.path.relpath(self.tool), *arguments])

    def add(self, name, function, *arguments):
        """`function(*arguments)` returns None, or (what is wrong, command that shows it)."""
        self.cases.append((name, function, arguments))

    def skip(self, name, why):
        self.skipped += 1
        print(f"skipped: {name}: {why}")

    def finish(self):
        def one(case):
            name, function, arguments = case
            try:
                return name, function(*arguments)
            except Exception as error:  # noqa: BLE001: a test that breaks is a test that fails
                return name, (f"{type(error).__name__}: {error}", "")

        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            for name, problem in pool.map(one, self.cases):
                if problem is None:
                    self.passed += 1
                else:
                    self.failed += 1
                    print(f"FAILED {name}: {problem[0]}" + (f"   [{problem[1]}]" if problem[1] else ""), flush=True)
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        sys.exit(1 if self.failed else 0)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def columns(text):
    """The columns that a line takes on a terminal."""
    return sum(0 if unicodedata.category(c) in ("Mn", "Me") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in text)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def jsonl(path):
    return [json.loads(line) for line in read(path).splitlines() if line.strip()]


def programs(folder):
    """All .fp files below a folder, sorted."""
    found = []
    for path, folders, files in os.walk(folder):
        folders.sort()
        found += [os.path.join(path, name) for name in sorted(files) if name.endswith(".fp")]
    return found


class Expectation:
    """The `// key: …` comments of a program: rule, expect, expect-error, expect-outcome, expect-check, flags."""

    def __init__(self, path):
        self.rule, self.results, self.error, self.position, self.outcome, self.flags = None, {}, None, None, "final", []
        self.checks, self.stated = {}, False
        for line in read(path).lstrip("\ufeff").splitlines():
            match = re.match(r"\s*(?://|/\*|\*)\s*(rule|expect|expect-error|expect-outcome|expect-check|flags): (.*)", line)
            if not match:
                continue
            key, value = match[1], match[2].strip()
            if key == "rule":
                self.rule = value
            elif key == "expect":
                host, result = value.split(" = ", 1)
                self.results[host] = result
            elif key == "expect-error":
                place = re.fullmatch(r"(.*) at (\d+):(\d+)", value)
                self.error = place[1] if place else value
                self.position = (int(place[2]), int(place[3])) if place else None
            elif key == "expect-outcome":
                self.outcome = value
            elif key == "expect-check":
                name, self.checks[name] = value.split(" ")[0], value.split(" ")[1]
            elif key == "flags":
                self.flags = value.split()
            self.stated |= key not in ("rule", "flags")


def check_errors(suite, path, expected, verb="type"):
    """The first diagnostic is the expected one."""
    arguments = [verb, "--json", *expected.flags, path]
    got, command = suite.call(*arguments), suite.command(*arguments)
    if got.code != 2:
        return f"exit code {got.code}, expected 2 ({expected.error})", command
    found = [(d["rule"], d["line"], d["column"]) for d in got.json()["diagnostics"]]
    first = found[0] if found else None
    if first is None or first[0] != expected.error or (expected.position and first[1:] != expected.position):
        place = " at {}:{}".format(*expected.position) if expected.position else ""
        return f"expected {expected.error}{place}, got " + ", ".join(f"{r} at {l}:{c}" for r, l, c in found), command
    return None


def check_run(suite, path, expected, rule=None):
    """Runs round robin to the expected results, and fires `rule`."""
    arguments = ["run", "--json", *expected.flags, path]
    got, command = suite.call(*arguments), suite.command(*arguments)
    if got.code not in (0, 1):
        return f"exit code {got.code}: {(got.out + got.err).strip()[:300]}", command
    answer = got.json()
    if answer["outcome"] != expected.outcome:
        return f"outcome {answer['outcome']}, expected {expected.outcome}", command
    if answer["results"] != expected.results:
        return f"results {answer['results']}, expected {expected.results}", command
    if rule and not answer["rules"].get(rule):
        return f"{rule} did not fire: {answer['rules']}", command
    return None


def check_verdicts(suite, path, expected):
    """Explores, finds the expected verdicts, and replays what violates them."""
    arguments = ["check", "--json", *expected.flags, path]
    got, command = suite.call(*arguments), suite.command(*arguments)
    if got.code not in (0, 1):
        return f"exit code {got.code}: {(got.out + got.err).strip()[:300]}", command
    properties = {p["name"]: p for p in got.json()["properties"]}
    for name, verdict in expected.checks.items():
        found = properties[name]["verdict"] if name in properties else "not there"
        if found != verdict:
            return f"{name}: {found}, expected {verdict}", command
    for found in properties.values():
        problem = replays(suite, path, expected.flags, found)
        if problem:
            return problem
    return None


def replays(suite, path, flags, found):
    """The schedule of a violated property leads to what it says, with the flags of its failures."""
    if found["verdict"] != "violated" or "schedule" not in found:
        return None
    failures = found["failures"]
    arguments = ["run", "--json", *flags, "--schedule", found["schedule"]]
    for name in ("crashes", "restarts", "drops", "duplicates"):
        if failures[name]:
            arguments += [f"--{name}", str(failures[name])]
    if failures["among"]:
        arguments += ["--among", ",".join(failures["among"])]
    got, command = suite.call(*arguments, path), suite.command(*arguments, path)
    stands = found["name"].split(":")[0] in ("progress", "resilient")
    ends = ("stuck", "lost") if stands else ("final", "stuck", "lost", "limit")
    outcome = got.json().get("outcome")
    if outcome not in ends:
        return f"{found['name']}: the schedule ends {outcome}, expected one of {ends}", command
    return None


def golden(suite, path, arguments, cwd=None, stdin=b"", shown=None, env=None, expected_code=None):
    """Compares what a call prints, and its exit code, with a file; `--update` writes the file instead."""
    got = suite.call(*arguments, cwd=cwd, stdin=stdin, env=env)
    command = suite.command(*(shown or arguments))
    if expected_code is not None and got.code != expected_code:
        return f"exit code {got.code}, expected {expected_code}: {(got.out + got.err).strip()[:300]}", command
    text = shlex.join(["funpass", *(shown or arguments)])
    text = f"$ {text}\n{got.out}"
    text += ("" if text.endswith("\n") else "\n") + got.err
    text += ("" if text.endswith("\n") else "\n") + f"[exit code {got.code}]\n"
    text = re.sub(r"\b\d+(\.\d+)? (ms|µs|s)\b", "TIME", text)
    if suite.update:
        if got.code is None or got.code >= 70 or got.code < 0:
            return f"exit code {got.code}, not written: {got.err.strip()[:300]}", command
        write(path, text)
        return None
    if not os.path.exists(path):
        return f"there is no {path}; --update writes it", command
    before, after = read(path).splitlines(), text.splitlines()
    for number, (old, new) in enumerate(zip(before + [None] * len(after), after + [None] * len(before)), 1):
        if old != new:
            return f"{path}:{number}: expected {old!r}, got {new!r}", command
    return None
