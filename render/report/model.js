"use strict";
// What is known of a run at each step. Nothing here touches the page.

// A number's text.
const data = JSON.parse(document.getElementById("data").textContent);
const text = (number) => data.texts[number];
const hostName = (host) => data.hosts[host].name;

// The state of a host: its term as a redex in a context, its store and what it asked for as maps of numbers of texts.
class Host {
  constructor(from) {
    this.focus = from ? from.focus : null;
    this.context = from ? from.context : null;
    this.result = from ? from.result : null;
    this.store = new Map(from ? from.store : []);
    this.asked = new Map(from ? from.asked : []);
  }
  take(change) {
    // Without a context the term is a value.
    if ("focus" in change) [this.focus, this.context] = [change.focus, "context" in change ? change.context : null];
    if ("result" in change) this.result = change.result;
    for (const name of ["store", "asked"])
      for (const [key, value] of change[name] || [])
        value === undefined ? this[name].delete(key) : this[name].set(key, value);
  }
}

const keepEvery = 250;

// A run: `at(n)` are the hosts after its n-th recorded step; every so often their states are kept, so that it is a short
// way to any step.
class Run {
  constructor(raw) {
    this.raw = raw;
    this.first = raw.first || 0;
    this.steps = raw.steps || [];
    this.messages = raw.messages || [];
    this.views = raw.views || [];
    this.step = raw.kind === "sample" || raw.kind === "without" ? 0 : this.steps.length;
    this.kept = new Map();
    const start = data.hosts.map(() => new Host());
    for (const change of raw.start || []) start[change.host].take(change);
    this.kept.set(0, start);
    // By the step at which it was sent, for the chart; the longest tells how far to look back.
    this.longest = 0;
    this.messages.forEach((m, i) => {
      m.number = i + 1;
      if (m.end !== undefined) this.longest = Math.max(this.longest, m.end - m.sent);
    });
  }
  get length() { return this.steps.length; }
  at(n) {
    let from = n - (n % keepEvery);
    while (!this.kept.has(from)) from -= keepEvery;
    let hosts = this.kept.get(from).map((host) => new Host(host));
    for (let i = from; i < n; ++i) {
      for (const change of this.steps[i].changes) hosts[change.host].take(change);
      if ((i + 1) % keepEvery === 0 && !this.kept.has(i + 1)) this.kept.set(i + 1, hosts.map((host) => new Host(host)));
    }
    return hosts;
  }
  // Per host the stretches of steps in which it is not crashed.
  lives() {
    if (this.alive) return this.alive;
    this.alive = data.hosts.map(() => []);
    const begin = (host, n) => this.alive[host].push([n, this.length + 1]);
    this.kept.get(0).forEach((host, i) => host.focus !== null && begin(i, 0));
    this.steps.forEach((step, i) => {
      const last = this.alive[step.host][this.alive[step.host].length - 1];
      for (const change of step.changes) {
        if (change.host !== step.host || !("focus" in change)) continue;
        if (change.focus === null) last[1] = i + 1;
        else if (!last || last[1] <= i) begin(step.host, i + 1);
      }
    });
    return this.alive;
  }
  // Messages under way to a host after step n.
  inbox(host, n) {
    return this.messages.filter((m) => m.to === host && m.sent <= n && !(m.end <= n));
  }
  // The last look at the lineages that is not after step n.
  view(n) {
    let low = 0, high = this.views.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      this.views[middle].step <= n ? (low = middle + 1) : (high = middle);
    }
    return this.views[low - 1];
  }
  number(n) { return this.first + n; }

  // What a person searches in.
  words(n) {
    const step = this.steps[n - 1];
    const labels = [...(step.gone || []), ...(step.sent || [])]
      .map((m) => "m" + (m + 1) + " " + text(this.messages[m].text));
    return [text(step.rule), hostName(step.host), ...labels].join(" ").toLowerCase();
  }
  // The next step from n on, in that direction, in which all words occur.
  find(query, n, direction) {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    for (let i = 1; words.length && i <= this.length; ++i) {
      const at = (((n - 1 + direction * i) % this.length) + this.length) % this.length + 1;
      const found = this.words(at);
      if (words.every((word) => found.includes(word))) return at;
    }
    return null;
  }
}

const runs = data.runs.map((raw) => new Run(raw));

// For each step of a run with failures the step of the run without them that is the same one; null for a failure, and
// undefined from the first step on that is not there. By number 0 both start.
function aligned(run) {
  if (run.pairs) return run.pairs;
  const other = runs[run.raw.without];
  run.pairs = [0];
  let taken = 0;
  for (const step of run.steps) {
    run.pairs.push(step.failure !== undefined ? null : taken < other.length ? ++taken : undefined);
    if (run.pairs[run.pairs.length - 1] === undefined) taken = other.length;
  }
  return run.pairs;
}
const canAlign = (run) => run.raw.without !== undefined && run.first === 0;
// The step of the other run to look at together with step n.
function counterpart(run, n) {
  const pairs = aligned(run);
  for (let i = n; i >= 0; --i) if (typeof pairs[i] === "number") return pairs[i];
  return 0;
}
