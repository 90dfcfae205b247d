"use strict";
// The page: it draws the current step of the current run, and what of the list is on the screen.

const $ = (id) => document.getElementById(id);

// An element with attributes, handlers (functions) and children; null and false are left out.
function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}
const put = (where, ...children) => where.replaceChildren(...children.flat(Infinity).filter(Boolean));
const plural = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
const names = (hosts) => hosts.map(hostName).join(", ");
const code = (content) => el("code", null, content);

let current = 0; // the run
const run = () => runs[current];

// ---- verdicts

const marks = { holds: "✓", violated: "✗", unknown: "?", "not-checked": "–", implied: "✗" };
const verdict = (name) => el("span", { class: "verdict " + name }, el("b", { "aria-hidden": "true" }, marks[name]), " " + name);

function table(where, heads, rows) {
  put(where, el("thead", null, el("tr", null, heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", null, rows.map((cells) => el("tr", null, cells.map((cell) => el("td", null, cell))))));
}

function drawVerdicts() {
  const check = data.check;
  $("file").textContent = data.file;
  $("summary").append(
    check.complete ? "Every run " : el("b", { class: "warn" }, `Incomplete (${check.limit}): runs `), data.budget + ": ",
    plural(check.states, "configuration"), ", ", plural(check.transitions, "transition"), `, depth ${check.depth}; `,
    `${check.final} final, ${check.stuck} stuck` + (check.lost ? `, ${check.lost} of them lost data` : "") + ". ",
    check.reduction.length ? `Reduced by ${check.reduction.join(", ")}. ` : "", copyable(data.command));
  const budgets = data.properties.some((property) => property.budget !== data.budget);
  table($("properties"), ["verdict", "property", ...(budgets ? ["within"] : []), "why"], data.properties.map((property) => [
    verdict(property.verdict), code(property.name), ...(budgets ? [property.budget] : []),
    [property.message, ...(property.runs || []).map((i) =>
      el("a", { href: "#run", click: () => select(i, runs[i].length) }, `see run ${i + 1}`)).flatMap((link) => [" ", link])],
  ]));
  put($("results"), data.results.map((result) => el("p", null, "Result of ", code(result.host), ": ",
    [...result.values.map((value) => code(value.text)), ...(result.none ? ["no result"] : [])]
      .flatMap((value, i) => (i ? [" or ", value] : [value])))));
  if (!data.budgets) return;
  const grid = el("table");
  table(grid, ["budget of failures", "verdict", "configurations", "property"], data.budgets.map((cell) => [
    cell.budget, verdict(cell.verdict), cell.verdict === "implied" ? "" : String(cell.states), cell.property || cell.limit || ""]));
  put($("budgets"), el("h3", null, "Budgets"), el("div", { class: "scroll" }, grid),
    el("p", { class: "muted" }, "Implied: a smaller budget is broken, and each of its runs is one of this. " +
      "Verdicts and runs here are those of the first broken budget, if there is one."));
}

function drawCoverage() {
  const rule = (name, count) => el("li", { title: data.rules[name] }, code(name), count === undefined ? null : " " + count.toLocaleString("en"));
  const list = (title, rules) => rules.length ? [el("h3", null, title), el("ul", { class: "chips" }, rules)] : [];
  put($("rules"),
    list("applied, how often", Object.entries(data.check.rules).map(([name, count]) => rule(name, count))),
    list(data.coverage.why, data.coverage.never.map((name) => rule(name))),
    list("switched off", data.coverage.off.map((name) => rule(name))));
}

function drawSource() {
  const lines = data.source.split(/\r\n|\r|\n/);
  if (lines[lines.length - 1] === "") lines.pop();
  put($("program"), el("ol", { class: "lines" }, lines.map((line) => el("li", null, el("code", null, line || " ")))));
}
function markSource(host) {
  const lines = host === null ? null : data.hosts[host].lines;
  [...$("program").firstChild.children].forEach((line, i) =>
    line.classList.toggle("moves", Boolean(lines) && i + 1 >= lines[0] && i + 1 <= lines[1]));
}

function copyable(content) {
  const button = el("button", { type: "button", class: "copy", click: () => {
    const done = () => { button.textContent = "copied"; setTimeout(() => { button.textContent = "copy"; }, 1500); };
    const byHand = () => {
      const area = el("textarea", null, content);
      document.body.append(area);
      area.select();
      if (document.execCommand("copy")) done();
      area.remove();
    };
    navigator.clipboard ? navigator.clipboard.writeText(content).then(done, byHand) : byHand();
  } }, "copy");
  return el("span", { class: "copyable" }, code(content), " ", button);
}

// ---- the list of steps and the chart beside it: only what is on the screen is there

const rowHeight = 26;
const layout = { column: 120, text: 250 };

function measure() {
  const narrow = $("scroll").clientWidth < 560;
  const host = narrow ? 0 : 8 + Math.min(10, Math.max(...data.hosts.map((it) => it.name.length))) * 8;
  layout.text = (narrow ? 166 : 190) + host;
  $("steps").style.setProperty("--host", host + "px");
  const room = $("scroll").clientWidth - layout.text - 44;
  layout.column = Math.max(narrow ? 64 : 84, Math.min(170, Math.floor(room / data.hosts.length)));
  const width = layout.text + layout.column * data.hosts.length + 36; // "(LOST)" beside the last lifeline
  $("steps").style.minWidth = $("heads").style.minWidth = width + "px";
  put($("heads"), el("span", { style: `width:${layout.text - 10}px` }, "step, rule, host"),
    data.hosts.map((host) => el("b", { style: `width:${layout.column}px` }, host.name)));
}

const short = (rule) => rule.split("/").pop();
function rowText(n) {
  if (n === 0) return run().first ? `after ${plural(run().first, "step")}` : "start";
  const step = run().steps[n - 1];
  return short(text(step.rule));
}
function spoken(n) {
  if (n === 0) return "start";
  const step = run().steps[n - 1];
  const label = (m) => `m${m + 1} ${text(run().messages[m].text)}`;
  return `step ${run().number(n)}: ${text(step.rule)} at ${hostName(step.host)}` +
    (step.failure !== undefined ? `, ${text(step.failure)}` : "") +
    (step.gone || []).map((m) => `, ${run().messages[m].lost ? "loses" : "takes"} ${label(m)}`).join("") +
    (step.sent || []).map((m) => `, sends ${label(m)}`).join("");
}

function drawList(all) {
  const scroll = $("scroll"), count = run().length + 1;
  const overscan = 6, top = Math.max(0, scroll.scrollTop);
  const from = all ? 0 : Math.max(0, Math.floor(top / rowHeight) - overscan);
  const to = all ? count : Math.min(count, Math.ceil((top + scroll.clientHeight) / rowHeight) + overscan);
  $("steps").style.height = count * rowHeight + "px";
  const rows = [];
  for (let n = from; n < to; ++n) {
    const step = n ? run().steps[n - 1] : null;
    rows.push(el("div", {
      role: "option", id: "step-" + n, class: "row" + (step && step.failure !== undefined ? " failure" : ""), style: `top:${n * rowHeight}px`,
      "aria-selected": n === run().step ? "true" : "false", "aria-posinset": n + 1, "aria-setsize": count, "aria-label": spoken(n),
      click: () => go(n),
    }, el("span", { class: "number" }, String(run().number(n))),
      el("span", { class: "rule" }, rowText(n)), el("span", { class: "host" }, step ? hostName(step.host) : "")));
  }
  put($("steps"), drawChart(from, to), rows);
  $("steps").setAttribute("aria-activedescendant", "step-" + run().step);
}

// The part of the space-time chart from step `from` to before step `to`.
function drawChart(from, to) {
  const holder = el("div", { class: "chart", "aria-hidden": "true", style: `top:${from * rowHeight}px;left:${layout.text}px` });
  holder.innerHTML = "<svg></svg>";
  const svg = holder.firstChild;
  const height = (to - from) * rowHeight;
  svg.setAttribute("width", layout.column * data.hosts.length);
  svg.setAttribute("height", height);
  const add = (tag, attributes, content) => {
    const made = document.createElementNS(svg.namespaceURI, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (content) made.textContent = content;
    svg.append(made);
  };
  const x = (host) => layout.column * (host + 0.5);
  const y = (n) => (n - from + 0.5) * rowHeight;
  run().lives().forEach((lives, host) => {
    for (const [begin, end] of lives)
      if (begin < to && end >= from)
        add("line", { class: "life", x1: x(host), x2: x(host), y1: Math.max(0, y(begin)), y2: Math.min(height, y(end)) });
  });
  const limit = Math.floor(layout.column / 6.4);
  run().messages.forEach((m, i) => {
    const end = m.end === undefined ? m.sent + 0.9 : m.end === m.sent ? m.sent + 0.45 : m.end;
    if (end < from || m.sent >= to) return;
    const now = run().step, involved = m.sent === now || m.end === now;
    const kind = "message" + (m.lost ? " lost" : m.end === undefined ? " waiting" : "") + (involved ? " now" : "");
    const x1 = m.from === undefined ? x(m.to) - 18 : x(m.from), x2 = x(m.to), y1 = y(m.sent), y2 = y(end);
    const bulge = m.from === m.to ? Math.min(34, layout.column * 0.35) : 0;
    // One that is long under way waits beside the lifeline of the host that it is for.
    const side = Math.sign(x1 - x2) || 1, lane = x2 + side * (12 + (i % 4) * 5), bend = y1 + rowHeight * 1.5;
    const waits = !bulge && end - m.sent > 14;
    add("path", { class: kind, d: bulge ? `M${x1} ${y1}C${x1 + bulge} ${y1} ${x1 + bulge} ${y2} ${x2} ${y2}`
      : waits ? `M${x1} ${y1}L${lane} ${bend}V${y2 - 10}L${x2} ${y2}` : `M${x1} ${y1}L${x2} ${y2}` });
    const direction = bulge ? -1 : Math.sign(x2 - x1) || 1;
    const head = bulge ? Math.PI : waits ? Math.atan2(10, x2 - lane) : Math.atan2(y2 - y1, x2 - x1);
    // Where a failure took it there is that one's mark.
    const marked = m.lost && run().steps[m.end - 1].failure !== undefined;
    if (m.lost || m.end === undefined) {
      if (!marked) add("text", { class: "cross", x: x2 - direction * 9, y: y2 + 4, "text-anchor": "middle" }, m.lost ? "✕" : "…");
    } else {
      const wing = (turn) => `${x2 - 8 * Math.cos(head + turn)} ${y2 - 8 * Math.sin(head + turn)}`;
      add("path", { class: kind + " head", d: `M${wing(0.4)}L${x2} ${y2}L${wing(-0.4)}` });
    }
    const left = !bulge && x2 < x1;
    const also = m.sent ? (run().steps[m.sent - 1].sent || []) : [i];
    if (also[0] === i || m.from === undefined) {
      const number = also.length > 1 ? `m${i + 1}–m${also[also.length - 1] + 1}` : `m${i + 1}`;
      const label = `${number} ${text(m.label)}`;
      add("text", { class: "label" + (involved ? " now" : ""), x: x1 + (left ? -8 : 8), y: y1 + (bulge ? 4 : -4), "text-anchor": left ? "end" : "start" },
        label.length > limit ? number : label);
    }
    if (m.lost) add("text", { class: "label bad", x: x2 + 10, y: y2 + 4 }, "(LOST)");
  });
  for (let n = Math.max(1, from); n < to; ++n) {
    const step = run().steps[n - 1];
    const at = { cx: x(step.host), cy: y(n) };
    if (n === run().step) add("circle", { class: "ring", ...at, r: 9 });
    if (step.failure !== undefined) add("text", { class: "fault", x: at.cx, y: at.cy + 6, "text-anchor": "middle" }, short(text(step.rule)) === "F-Restart" ? "↑" : "✕");
    else add("circle", { class: text(step.rule).startsWith("R-Local") ? "dot" : "dot big", ...at, r: text(step.rule).startsWith("R-Local") ? 3.2 : 4.6 });
  }
  return holder;
}

// ---- the current step

function term(host) {
  if (host.focus === null) return el("p", { class: "crashed" }, "✕ crashed");
  if (host.context === null) return el("p", { class: "term" }, text(host.focus));
  const [before, after] = text(host.context).split("\u0001");
  return el("p", { class: "term" }, before, el("mark", { title: "the redex" }, "⟦", text(host.focus), "⟧"), after);
}

function drawStep() {
  const n = run().step;
  const step = n ? run().steps[n - 1] : null;
  if (!step) {
    put($("step"), el("h3", null, run().first ? `After ${plural(run().first, "step")}` : "The start"),
      el("p", { class: "muted" }, run().first ? "The steps before are not in this report." : "No step has been taken."));
    return;
  }
  const rule = text(step.rule), inner = short(rule);
  const message = (m) => {
    const it = run().messages[m];
    const lost = it.lost ? ` (${it.end === n ? "" : "later "}LOST: ${it.lost})` : "";
    return el("li", null, it.sent === n ? "sends " : it.lost ? el("b", { class: "bad" }, "✕ loses ") : "takes ",
      el("b", null, `m${m + 1}`), " ", code(`${hostName(it.to)} ← ${text(it.text)}`), lost);
  };
  const lines = [...(step.gone || []), ...(step.sent || [])].map(message);
  for (const [host, ident] of step.again || [])
    lines.push(el("li", null, hostName(host), " has to ask again for ", code(text(ident))));
  put($("step"),
    el("h3", { class: step.failure !== undefined ? "bad" : "" }, `Step ${run().number(n)}: ${rule} at ${hostName(step.host)}`),
    el("p", { class: "statement" }, data.rules[inner] || ""),
    step.failure !== undefined ? el("p", { class: "bad" }, el("b", null, "✕ " + text(step.failure)))
      : el("p", { class: "rewrite" }, code(text(step.redex)), el("span", { class: "arrow" }, " → "), code(text(step.contractum))),
    lines.length ? el("ul", { class: "plain" }, lines) : null);
}

const mostEntries = 40; // of one list of a host

// A list of a host: [mark, key, value] each; what has changed comes first if there are many.
function entries(title, list) {
  if (!list.length) return [];
  const changed = list.filter((entry) => entry[0]);
  const shown = list.length <= mostEntries ? list : [...changed, ...list.filter((entry) => !entry[0]).reverse()].slice(0, mostEntries);
  const said = { "+": "new", "−": "gone" };
  return [el("h4", null, title), el("ul", { class: "entries" },
    shown.map(([mark, key, value]) => el("li", { class: mark === "+" ? "new" : mark ? "gone" : "" },
      el("span", { class: "mark" }, mark ? el("span", { title: said[mark] }, mark) : ""), el("span", null, key, value))),
    shown.length < list.length ? el("li", { class: "muted" }, el("span", { class: "mark" }), `and ${list.length - shown.length} more`) : null)];
}

function mapEntries(title, before, now, change) {
  const fresh = new Set((change || []).filter((c) => c.length > 1).map((c) => c[0]));
  const list = (change || []).filter((c) => c.length === 1).map(([key]) => ["−", code(text(key)), [" ↦ ", code(text(before.get(key)))]]);
  for (const [key, value] of now) list.push([fresh.has(key) ? "+" : "", code(text(key)), [" ↦ ", code(text(value))]]);
  return entries(title, list);
}

function drawHosts() {
  if (!run().raw.start) return put($("hosts"));
  const n = run().step, now = run().at(n), before = n ? run().at(n - 1) : now;
  const changes = new Map((n ? run().steps[n - 1].changes : []).map((change) => [change.host, change]));
  put($("hosts"), now.map((host, i) => {
    const change = changes.get(i) || {};
    const moves = n > 0 && run().steps[n - 1].host === i;
    const messages = run().messages.map((m) => m).filter((m) => m.to === i && m.sent <= n && !(m.end < n) && !(m.end === n && m.sent === n))
      .map((m) => [m.end === n && n ? "−" : m.sent === n && n ? "+" : "", el("b", null, `m${m.number} `), code(text(m.text))]);
    return el("article", { class: "card" + (moves ? " moves" : "") + (host.focus === null ? " down" : ""), "aria-label": "host " + hostName(i) },
      el("h3", null, hostName(i), moves ? el("span", { class: "tag" }, "moves") : null,
        "focus" in change && n ? el("span", { class: "tag" }, "term changed") : null,
        host.result !== null && host.result !== undefined ? el("span", { class: "tag good" }, "result ", code(text(host.result))) : null),
      term(host), mapEntries("store σ", before[i].store, host.store, change.store),
      entries("inbox", messages), mapEntries("asked ρ", before[i].asked, host.asked, change.asked));
  }));
}

// ---- what else there is: folded parts that stay open or shut from step to step

const open = new Map([["Lineages", true], ["Where it stands still", true], ["Without its failures", true]]);
function part(title, ...content) {
  const made = el("details", { open: open.get(title) }, el("summary", null, title), content);
  made.addEventListener("toggle", () => open.set(title, made.open));
  return made;
}

function lineages() {
  const n = run().step, view = run().view(n);
  if (!view || !view.nodes.length) return null;
  const all = run().raw.lineages, most = 60;
  const depth = (node) => (node.parent === undefined ? 0 : 1 + depth(all[node.parent]));
  const name = (i) => [el("b", null, `$${i}`), " ", code(text(all[i].identifier))];
  // Each after its parent, with all that comes of it.
  const seen = new Set(view.nodes.map((entry) => entry.lineage)), children = new Map();
  for (const entry of view.nodes) {
    const parent = all[entry.lineage].parent, under = seen.has(parent) ? parent : null;
    children.set(under, [...(children.get(under) || []), entry]);
  }
  const order = [], rest = [...(children.get(null) || [])].reverse();
  while (rest.length) {
    order.push(rest.pop());
    rest.push(...[...(children.get(order[order.length - 1].lineage) || [])].reverse());
  }
  const rows = order.slice(-most).map((entry) => {
    const node = all[entry.lineage];
    const lost = node.kind === "Mat" && !entry.stores && !entry.coming;
    const where = [entry.stores && "in the store of " + names(entry.stores), entry.coming && "on its way to " + names(entry.coming)]
      .filter(Boolean).join("; ") || (lost ? "✕ lost: it is nowhere" : "computed when it is asked for");
    return el("li", { style: `margin-left:${Math.min(depth(node), 8) * 18}px` },
      depth(node) ? el("span", { class: "muted" }, "└ ") : null, name(entry.lineage), ` ${node.kind} `, code(text(node.type)), ` at ${names(node.hosts)}`,
      node.val ? [" · ", code("val " + node.val)] : null, node.step ? ` · made in step ${node.step}` : null,
      el("div", { class: lost ? "bad" : "muted" }, where, entry.value === undefined ? null : [": ", code(text(entry.value))]),
      node.spore === undefined ? null : el("div", { class: "muted" }, `of $${node.parent} by `, code(text(node.spore))));
  });
  const stores = new Map(view.nodes.map((entry) => [entry.lineage, entry.stores || []]));
  const list = (words, which, more = () => "") => which && which.length ? [words, which.slice(0, 12).flatMap((i, k) => [k ? ", " : "", name(i), more(i)]).flat(), which.length > 12 ? ` and ${which.length - 12} more` : "", "; "] : [];
  const losses = view.crashes.map((crash) => {
    const left = (i) => stores.get(i).filter((host) => host !== crash.host), lost = crash.lost || [];
    const said = [...list("lost ", lost.filter((i) => !left(i).length)),
      ...list("cannot be asked for any more ", lost.filter((i) => left(i).length), (i) => ` (${names(left(i))} still ${left(i).length > 1 ? "have" : "has"} a copy)`),
      ...list("cannot be computed any more ", crash.derived), ...list("computed again when asked for ", crash.again)].flat(2);
    said.pop();
    return el("li", null, "if ", el("b", null, hostName(crash.host)), " crashes: ", said.length ? said : "nothing is lost");
  });
  return [n >= view.stale && el("p", { class: "muted" }, `As of step ${run().number(view.step)}; something changed in step ${run().number(view.stale)}.`),
    view.nodes.length > most ? el("p", { class: "muted" }, `The last ${most} of ${view.nodes.length}.`) : null,
    el("ul", { class: "plain lineages" }, rows), el("ul", { class: "plain losses" }, losses)];
}

// The rows of both runs around the current step, where the same step is in the same row.
function comparison() {
  const raw = run().raw;
  if (raw.difference === undefined) return null;
  const said = el("p", { class: "lines-kept" }, raw.difference.replace(/\n {2}/g, " ").trim());
  if (!canAlign(run())) return said;
  const pairs = aligned(run()), other = runs[raw.without], n = run().step;
  const reach = 6, from = Math.max(1, n - reach), rows = [];
  for (let i = from; i <= Math.min(run().length, n + reach); ++i) {
    const step = run().steps[i - 1];
    const cells = [`${i}  ${text(step.rule)} at ${hostName(step.host)}`,
      typeof pairs[i] === "number" ? `${pairs[i]}  ${text(other.steps[pairs[i] - 1].rule)} at ${hostName(other.steps[pairs[i] - 1].host)}`
        : pairs[i] === null ? "— (the failure is left out)" : "≠ is not there"];
    rows.push(el("tr", { class: i === n ? "now" : "" }, cells.map((cell) => el("td", null, cell))));
  }
  return [said, el("table", null, el("thead", null, el("tr", null, el("th", { scope: "col" }, "with"), el("th", { scope: "col" }, "without"))), el("tbody", null, rows)),
    el("p", null, el("button", { type: "button", click: swap }, "Step through it ", el("kbd", null, "w")))];
}

function drawMore() {
  const raw = run().raw, end = run().step === run().length;
  const tree = lineages(), without = comparison();
  put($("more"),
    raw.problem ? el("p", { class: "bad" }, "Not all of this run could be shown: " + raw.problem) : null,
    raw.of !== undefined ? el("p", null, el("button", { type: "button", click: swap }, "Back to the run with its failures ", el("kbd", null, "w"))) : null,
    raw.standstill && end ? part("Where it stands still", el("pre", null, raw.standstill)) : null,
    tree ? part("Lineages", tree) : null,
    without ? part("Without its failures", without) : null);
}

// What is the same at every step.
function drawFixed() {
  const raw = run().raw;
  put($("fixed"),
    raw.chart ? part("The chart as text", el("pre", null, raw.chart)) : null,
    raw.configuration ? part("The last configuration, to be given to any verb", copyable(raw.configuration)) : null,
    part("Run it again", el("p", null, copyable(raw.command)), el("p", { class: "muted" }, raw.budget), el("p", null, "schedule ", copyable(raw.schedule))));
}

// ---- moving about

function drawRuns() {
  put($("runs"), runs.map((it, i) => el("button", {
    type: "button", "aria-pressed": i === current ? "true" : "false", class: it.raw.kind, click: () => select(i),
  }, i < 9 ? el("kbd", null, String(i + 1)) : null, " ", el("b", { "aria-hidden": "true" }, it.raw.kind === "violation" ? "✗ " : it.raw.kind === "without" ? "↳ " : it.raw.kind === "witness" ? "✓ " : ""), it.raw.title)));
}

function draw(speak) {
  const scroll = $("scroll"), top = run().step * rowHeight, room = scroll.clientHeight - $("heads").offsetHeight;
  if (top < scroll.scrollTop + rowHeight) scroll.scrollTop = Math.max(0, top - rowHeight * 2);
  else if (top + 2 * rowHeight > scroll.scrollTop + room) scroll.scrollTop = top + 3 * rowHeight - room;
  drawList();
  drawStep();
  drawHosts();
  drawMore();
  $("jump").value = run().number(run().step);
  $("of").textContent = "of " + run().number(run().length).toLocaleString("en");
  $("first").disabled = $("back").disabled = run().step === 0;
  $("last").disabled = $("forward").disabled = run().step === run().length;
  markSource(run().step ? run().steps[run().step - 1].host : null);
  if (speak) $("live").textContent = spoken(run().step);
  remember();
}
let remembering = 0;
function remember() {
  clearTimeout(remembering);
  remembering = setTimeout(() => {
    try { history.replaceState(null, "", `#run-${current + 1}-step-${run().number(run().step)}`); } catch (refused) { /* not needed */ }
  }, 300);
}

function go(n) {
  run().step = Math.max(0, Math.min(run().length, n));
  draw(true);
}
function select(i, n) {
  if (!runs[i]) return;
  current = i;
  if (n !== undefined) run().step = n;
  $("steps").style.height = (run().length + 1) * rowHeight + "px";
  drawRuns();
  drawFixed();
  draw(true);
}
function swap() {
  if (canAlign(run())) select(run().raw.without, counterpart(run(), run().step));
  else if (run().raw.of !== undefined && canAlign(runs[run().raw.of])) {
    const at = aligned(runs[run().raw.of]).lastIndexOf(run().step);
    select(run().raw.of, Math.max(0, at));
  }
}
function jump() {
  const n = Number($("jump").value);
  if (Number.isInteger(n)) go(n - run().first);
  $("steps").focus();
}
function find(direction) {
  const found = run().find($("search").value, run().step, direction);
  if (found !== null) go(found);
  else $("live").textContent = "no step has " + $("search").value;
  $("search").classList.toggle("none", found === null);
}

const page = () => Math.max(1, Math.floor($("scroll").clientHeight / rowHeight) - 2);
const keys = new Map(Object.entries({
  ArrowRight: () => go(run().step + 1), j: () => go(run().step + 1), ArrowDown: () => go(run().step + 1),
  ArrowLeft: () => go(run().step - 1), k: () => go(run().step - 1), ArrowUp: () => go(run().step - 1),
  Home: () => go(0), End: () => go(run().length),
  PageDown: () => go(run().step + page()), PageUp: () => go(run().step - page()),
  g: () => { $("jump").focus(); $("jump").select(); },
  "/": () => { $("search").focus(); $("search").select(); },
  n: () => find(1), N: () => find(-1), w: swap, "?": () => $("help").showModal(),
}));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  if (event.target.tagName === "INPUT") {
    if (event.key === "Escape") $("steps").focus();
    if (event.key === "Enter") event.target === $("jump") ? jump() : (find(event.shiftKey ? -1 : 1), $("steps").focus());
    return;
  }
  const act = /^[1-9]$/.test(event.key) ? () => select(Number(event.key) - 1) : keys.get(event.key);
  if (!act) return;
  event.preventDefault();
  act();
});

function start() {
  $("app").hidden = false;
  drawVerdicts();
  drawCoverage();
  drawSource();
  $("first").onclick = keys.get("Home");
  $("back").onclick = keys.get("k");
  $("forward").onclick = keys.get("j");
  $("last").onclick = keys.get("End");
  $("help-button").onclick = keys.get("?");
  $("jump").onchange = jump;
  let frame = 0;
  $("scroll").addEventListener("scroll", () => { cancelAnimationFrame(frame); frame = requestAnimationFrame(() => drawList()); });
  new ResizeObserver(() => requestAnimationFrame(() => { measure(); drawList(); })).observe($("scroll"));
  window.addEventListener("beforeprint", () => drawList(run().length <= 1000));
  window.addEventListener("afterprint", () => drawList());
  measure();
  const place = /^#run-(\d+)-step-(\d+)$/.exec(location.hash);
  const wanted = place ? runs[place[1] - 1] : null;
  if (wanted) wanted.step = Math.max(0, Math.min(wanted.length, place[2] - wanted.first));
  select(wanted ? place[1] - 1 : 0);
}
if (runs.length) start();
