// `why`: for every rule of reduction a configuration in which it is enabled, and for each of its premises one in which
// that is the first to fail. Asked at host a. A premise without a case makes the last test fail.
#include "render/why.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <doctest/doctest.h>

#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::render;

namespace {

// What is asked: a term, which host a evaluates, or a configuration literal; or a term that no typing rule accepts.
struct Asked {
  Asked(const char* text) : written(text) {}             // NOLINT: cases are written as texts
  Asked(std::string text) : written(std::move(text)) {}  // NOLINT
  Asked(Handle (*term)(Arena&)) : made(term) {}          // NOLINT
  std::string written;
  Handle (*made)(Arena&) = nullptr;
  bool processes = true;  // false: the P- rules are taken away
};

struct Fails {
  const char* premise;
  Asked asked;
  const char* because;  // a part of what is said
};

struct Case {
  Rule rule;
  Asked enabled;
  std::vector<Fails> fails;
};

// Host a with its store, and more; b is idle.
std::string at(const std::string& a, const std::string& rest, const std::string& asked = "") {
  const std::string rho = asked.empty() ? "" : " asked { " + asked + " }";
  return "config { host a: " + a + " next 3" + rho + " host b: unit | { (b,0) -> 4 } next 1" +
         (asked.empty() ? "" : " asked { }") + " messages: " + rest +
         " types: (a,0): Int, (a,1): Int, (a,2): Int, (b,0): Int }";
}
std::string budget(const std::string& budgets, const std::string& messages = "") {
  return at("1 + 1 | { }", messages + " budgets: " + budgets + " among a");
}
Asked withoutProcess(std::string literal) {
  Asked asked(std::move(literal));
  asked.processes = false;
  return asked;
}

const std::string kRes = "a <- Res((a,0), 7)";
const std::string kReqMat = "a <- Req(b, Ref(Mat((a,0)), a), (a,0))";
const std::string kSpore = "spore { (x: Int) => populate(currentHost, x) }";
const std::string kReqApplied = "a <- Req(b, Ref(Applied((a,1), Mat((a,0)), " + kSpore + "), a), (a,1))";
const std::string kSaved = "Saved(Mat((currentHost,0)), (currentHost,0) -> 5)";
const std::string kLost = "(a,0) -> Ref(Mat((a,0)), b) at nobody";

Handle function(Arena& arena) { return arena.make(Tag::Lambda, arena.make(Tag::TInt), arena.make(Tag::Var, 0)); }
template <Tag tag>
Handle ofFunctions(Arena& arena) {
  return arena.make(tag, function(arena), function(arena));
}
Handle sortedByHosts(Arena& arena) {
  const Handle list = arena.list({arena.make(Tag::Host, 0)}, arena.make(Tag::THost));
  return arena.make(Tag::SortByKeys, list, list);
}
Handle fieldThatIsNotThere(Arena& arena) {
  const Handle type = arena.make(Tag::TRecord, arena.symbol("Empty"), 0);
  return arena.make(Tag::Field, arena.make(Tag::Record, type, 0), arena.symbol("size"));
}

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      // ---- 2: local reduction
      {Rule::RIntOp,
       "1 + 2",
       {{"the redex is n ⊕ n'", "currentHost", "it is currentHost"},
        {"n'' fits 64 bits", "9223372036854775807 + 1", "n = 9223372036854775807, n' = 1"}}},
      {Rule::RAppAbs,
       "((x: Int) => x)(1)",
       {{"the redex is ((x:T) ⇒ t) v", "(spore { (x: Int) => x })(1)", "it is spore"}}},
      {Rule::RAppSpore,
       "(spore { (x: Int) => x })(1)",
       {{"the redex is (spore { x̄:T̄ = v̄ ; (x:T) ⇒ t }) v", "((x: Int) => x)(1)", "it is "}}},
      {Rule::RAwait,
       at("await((a,0)) | { (a,0) -> 7 }", ""),
       {{"the redex is await(ι)", "1", "the term of a is a value, 1"},
        {"ι ∈ dom(σ)", at("await((a,0)) | { }", ""), "(a,0) ∉ dom(σ) of a"}}},
      {Rule::RApply,
       at("apply(Ref(Mat((a,0)), a), " + kSpore + ") | { }", ""),
       {{"the redex is apply(Ref(l,h̄), p)", at("send(Ref(Mat((a,0)), a)) | { }", ""), "it is send("}}},
      {Rule::RSeq, "1; 2", {{"the redex is v ; t", "1 + 2; 2", "it is 1 + 2"}}},
      {Rule::RHere, "currentHost", {{"the redex is currentHost", "a", "the term of a is a value, a"}}},

      // ---- 3: distributed reduction
      {Rule::RLocal,
       "1 + 2",
       {{"t | σ →ʰ t' | σ' by a local rule", "populate(a, 1)", "no local rule applies to populate(a, 1)"}}},
      {Rule::RSend,
       at("send(Ref(Mat((a,0)), b)) | { }", ""),
       {{"the redex is send(Ref(l,h̄))", at("await((a,0)) | { }", ""), "it is await((a,0))"}}},
      {Rule::RPopulate, "populate(a, 1)", {{"the redex is populate(h̄,v)", "populate(a, 1 + 2)", "it is 1 + 2"}}},
      {Rule::RRespond,
       at("respond(b, (a,0), 1) | { }", ""),
       {{"the redex is respond(h',ι,v)", at("respond(b, (a,0), 1 + 2) | { }", ""), "it is 1 + 2"}}},
      {Rule::RProcess,
       at("await((a,0)) | { }", kRes),
       {{"the redex is await(ι)", at("unit | { }", kRes), "the term of a is a value, unit"},
        {"ι ∉ dom(σ)", at("await((a,0)) | { (a,0) -> 7 }", kRes), "(a,0) ∈ dom(σ) of a"},
        {"h ← m ∈ M", at("await((a,0)) | { }", ""), "no message is addressed to a"},
        {"process(h, m, σ) is defined", withoutProcess(at("await((a,0)) | { }", kRes)), "m = Res((a,0), 7)"}}},
      {Rule::RProcessVal,
       at("unit | { }", kRes),
       {{"the host's term is a value v", at("await((a,0)) | { }", kRes), "the term of a is await((a,0))"},
        {"h ← m ∈ M", at("unit | { }", ""), "no message is addressed to a"},
        {"process(h, m, σ) is defined", withoutProcess(at("unit | { }", kRes)), "m = Res((a,0), 7)"}}},

      // ---- 3: what a host does with a message
      {Rule::PRes, at("unit | { }", kRes), {{"m = Res(ι, v)", at("unit | { }", kReqMat), "is no Res(ι, v)"}}},
      {Rule::PHit,
       at("unit | { (a,0) -> 7 }", kReqMat),
       {{"m = Req(h', Ref(l,h̄), ι)", at("unit | { }", kRes), "the message Res((a,0), 7) is no Req(h', Ref(l,h̄), ι)"},
        {"id(l) ∈ dom(σ)", at("unit | { }", kReqMat), "(a,0) ∉ dom(σ) of a"}}},
      {Rule::PMat,
       at("unit | { }", kReqMat),
       {{"m = Req(h', Ref(Mat(ι₀),h̄), ι)", at("unit | { }", kReqApplied), "is no Req(h', Ref(Mat(ι₀),h̄), ι)"},
        {"ι₀ ∉ dom(σ)", at("unit | { (a,0) -> 7 }", kReqMat), "(a,0) ∈ dom(σ) of a"}}},
      {Rule::PApp,
       at("unit | { }", kReqApplied),
       {{"m = Req(h', Ref(Applied(ι₀,l,p),h̄), ι)", at("unit | { }", ""), "no message is addressed to a"},
        {"ι₀ ∉ dom(σ)", at("unit | { (a,1) -> 7 }", kReqApplied), "(a,1) ∈ dom(σ) of a"}}},

      // ---- 7: failures, recovery, lineages that travel
      {Rule::FCrash,
       budget("crashes 1, restarts 0, drops 0, duplicates 0"),
       {{"h ∈ S", at("1 + 1 | { }", " budgets: crashes 1, restarts 0, drops 0, duplicates 0 among b"),
         "a is not one of the hosts that may fail"},
        {"a crash is left", budget("crashes 0, restarts 1, drops 0, duplicates 0"), "--crashes N allows N crashes"},
        {"h is live", at("crashed", " budgets: crashes 1, restarts 1, drops 0, duplicates 0 among a"),
         "a has crashed already"}}},
      {Rule::FRestart,
       at("crashed", " budgets: crashes 0, restarts 1, drops 0, duplicates 0 among a"),
       {{"h ∈ S", at("crashed", " budgets: crashes 0, restarts 1, drops 0, duplicates 0 among b"),
         "a is not one of the hosts that may fail"},
        {"a restart is left", at("crashed", ""), "--restarts N allows N restarts"},
        {"h has crashed", budget("crashes 0, restarts 1, drops 0, duplicates 0"), "a is live"}}},
      {Rule::FDrop,
       budget("crashes 0, restarts 0, drops 1, duplicates 0", kRes),
       {{"h ∈ S", at("unit | { }", kRes + " budgets: crashes 0, restarts 0, drops 1, duplicates 0 among b"),
         "a is not one of the hosts that may fail"},
        {"a drop is left", at("unit | { }", kRes), "--drops N allows N drops"},
        {"h ← m ∈ M", budget("crashes 0, restarts 0, drops 1, duplicates 0"), "no message is addressed to a"}}},
      {Rule::FDup,
       budget("crashes 0, restarts 0, drops 0, duplicates 1", kRes),
       {{"h ∈ S", at("unit | { }", kRes + " budgets: crashes 0, restarts 0, drops 0, duplicates 1 among b"),
         "a is not one of the hosts that may fail"},
        {"a duplicate is left", at("unit | { }", kRes), "--duplicates N allows N duplicates"},
        {"h ← m ∈ M", budget("crashes 0, restarts 0, drops 0, duplicates 1"), "no message is addressed to a"}}},
      {Rule::RFailover,
       at("await((a,0)) | { }", "b <- Res((a,0), 7)", kLost),
       {{"the redex is await(ι)", at("unit | { }", "", kLost), "the term of a is a value, unit"},
        {"ι ∉ dom(σ)", at("await((a,0)) | { (a,0) -> 7 }", "", kLost), "(a,0) ∈ dom(σ) of a"},
        {"ρ(ι) = (r, ⊥)", at("await((a,0)) | { }", "", "(a,0) -> Ref(Mat((a,0)), b) at b"), "it was asked for at b"},
        {"src(r) ≠ ⊥", at("await((a,0)) | { }", "", kLost), "no live host has (a,0)"}}},
      {Rule::RFromLineage,
       at("fromLineage(a, " + kSaved + ") | { }", ""),
       {{"the redex is fromLineage(h̄, Saved(l,σ₀))", at("fromLineage(currentHost, " + kSaved + ") | { }", ""),
         "it is currentHost"}}},

      // ---- 8: local reduction of data
      {Rule::RIfTrue,
       "if (true) 1 else 2",
       {{"the redex is if (true) t else t'", "if (false) 1 else 2", "if (false)"}}},
      {Rule::RIfFalse,
       "if (false) 1 else 2",
       {{"the redex is if (false) t else t'", "if (true) 1 else 2", "if (true)"}}},
      {Rule::RAndTrue, "true && true", {{"the redex is true && t", "false && true", "false && true"}}},
      {Rule::RAndFalse, "false && true", {{"the redex is false && t", "true && true", "true && true"}}},
      {Rule::ROrTrue, "true || true", {{"the redex is true || t", "false || true", "false || true"}}},
      {Rule::ROrFalse, "false || true", {{"the redex is false || t", "true || true", "true || true"}}},
      {Rule::RNot, "!true", {{"the redex is !b", "true", "the term of a is a value, true"}}},
      {Rule::REq,
       "1 == 2",
       {{"the redex is v == v'", "1 < 2", "it is 1 < 2"},
        {"v and v' are comparable", ofFunctions<Tag::Eq>, "v = (x: Int) => x, v' = (x: Int) => x"}}},
      {Rule::RLt,
       "1 < 2",
       {{"the redex is v < v'", "1 <= 2", "it is 1 <= 2"},
        {"v and v' are two integers or two strings", ofFunctions<Tag::Lt>, "v = (x: Int) => x"}}},
      {Rule::RLe,
       "1 <= 2",
       {{"the redex is v <= v'", "1 < 2", "it is 1 < 2"},
        {"v and v' are two integers or two strings", ofFunctions<Tag::Le>, "v = (x: Int) => x"}}},
      {Rule::RGt,
       "1 > 2",
       {{"the redex is v > v'", "1 >= 2", "it is 1 >= 2"},
        {"v and v' are two integers or two strings", ofFunctions<Tag::Gt>, "v = (x: Int) => x"}}},
      {Rule::RGe,
       "1 >= 2",
       {{"the redex is v >= v'", "1 > 2", "it is 1 > 2"},
        {"v and v' are two integers or two strings", ofFunctions<Tag::Ge>, "v = (x: Int) => x"}}},
      {Rule::RConcat,
       "[1] ++ [2]",
       {{"the redex is v ++ v'", "1 + 2", "it is 1 + 2"},
        {"v and v' are two lists or two strings", ofFunctions<Tag::Concat>, "v = (x: Int) => x"}}},
      {Rule::RSize, "size([1])", {{"the redex is size([v₁, …, vₙ])", "[1]", "the term of a is a value, [1]"}}},
      {Rule::RRange, "range(1, 3)", {{"the redex is range(n, n')", "range(1, 1 + 2)", "it is 1 + 2"}}},
      {Rule::RSplit,
       R"(split("a b", " "))",
       {{"the redex is split(s, s')", R"(split("a" ++ "b", " "))", R"(it is "a" ++ "b")"}}},
      {Rule::RMapNil,
       "map(([]: List[Int]), (x: Int) => x)",
       {{"the redex is map([], f)", "map([1], (x: Int) => x)", "it is map([1]"}}},
      {Rule::RMapCons,
       "map([1], (x: Int) => x)",
       {{"the redex is map([v, v̄], f)", "map(([]: List[Int]), (x: Int) => x)", "it is map("}}},
      {Rule::RFilterNil,
       "filter(([]: List[Int]), (x: Int) => true)",
       {{"the redex is filter([], f)", "filter([1], (x: Int) => true)", "it is filter([1]"}}},
      {Rule::RFilterCons,
       "filter([1], (x: Int) => true)",
       {{"the redex is filter([v, v̄], f)", "filter(([]: List[Int]), (x: Int) => true)", "it is filter("}}},
      {Rule::RFlatMapNil,
       "flatMap(([]: List[Int]), (x: Int) => [x])",
       {{"the redex is flatMap([], f)", "flatMap([1], (x: Int) => [x])", "it is flatMap([1]"}}},
      {Rule::RFlatMapCons,
       "flatMap([1], (x: Int) => [x])",
       {{"the redex is flatMap([v, v̄], f)", "flatMap(([]: List[Int]), (x: Int) => [x])", "it is flatMap("}}},
      {Rule::RExistsNil,
       "exists(([]: List[Int]), (x: Int) => true)",
       {{"the redex is exists([], f)", "exists([1], (x: Int) => true)", "it is exists([1]"}}},
      {Rule::RExistsCons,
       "exists([1], (x: Int) => true)",
       {{"the redex is exists([v, v̄], f)", "exists(([]: List[Int]), (x: Int) => true)", "it is exists("}}},
      {Rule::RFoldNil,
       "fold(([]: List[Int]), 0, (n: Int) => (x: Int) => n + x)",
       {{"the redex is fold([], v, f)", "fold([1], 0, (n: Int) => (x: Int) => n + x)", "it is fold([1]"}}},
      {Rule::RFoldCons,
       "fold([1], 0, (n: Int) => (x: Int) => n + x)",
       {{"the redex is fold([v, v̄], v', f)", "fold(([]: List[Int]), 0, (n: Int) => (x: Int) => n + x)",
         "it is fold("}}},
      {Rule::RSortBy,
       "sortBy([2, 1], (x: Int) => x)",
       {{"the redex is sortBy([v̄], f)", "sortBy([2] ++ [1], (x: Int) => x)", "it is [2] ++ [1]"}}},
      {Rule::RSortByKeys,
       at("sortByKeys([2, 1], [2, 1]) | { }", ""),
       {{"the redex is sortByKeys([v̄], [v̄'])", at("sortByKeys([2] ++ [1], [2, 1]) | { }", ""), "it is [2] ++ [1]"},
        {"v̄ and v̄' are equally long", at("sortByKeys([2, 1], [2]) | { }", ""), "v̄ = [2, 1], v̄' = [2]"},
        {"v̄' are all integers or all strings", sortedByHosts, "v̄' = [a]"}}},
      {Rule::RField,
       "host a record P(name: String) at a { P(\"Ann\").name }",
       {{"the redex is R(v̄).a", "host a record P(name: String) at a { P(\"Ann\" ++ \"e\").name }", "\"Ann\" ++ \"e\""},
        {"R has the field a", fieldThatIsNotThere, "the redex is Empty().size"}}},
  };
  return all;
}

// The configuration that is asked about, and its semantics.
struct Question {
  Arena arena{std::vector<std::string>{"a"}};
  Configuration configuration;
  std::optional<Semantics> semantics;

  explicit Question(const Asked& asked) {
    RuleSet set;
    std::vector<uint32_t> among;
    if (asked.made != nullptr) {
      configuration = initialConfiguration(arena, {asked.made(arena)});
      set = rules(true);
    } else {
      const bool whole = asked.written.rfind("host ", 0) == 0 || asked.written.rfind("config ", 0) == 0;
      const Program program = test::load(arena, whole ? asked.written : "host a at a {\n" + asked.written + "\n}");
      configuration = program.initial;
      among = program.among;
      set = rules(true, program.recovery);
    }
    if (!asked.processes) set.process.clear();
    semantics.emplace(arena, set, among);
  }
};

bool isReduction(const RuleInfo& rule) {
  return rule.judgement == Judgement::Local || rule.judgement == Judgement::Distributed ||
         rule.judgement == Judgement::Process;
}

}  // namespace

TEST_CASE("why: each rule is enabled where it should be, with what its metavariables are bound to") {
  for (const Case& c : cases()) {
    CAPTURE(info(c.rule).name);
    Question question(c.enabled);
    const Why answer = why(*question.semantics, question.configuration, c.rule, {0}).at(0);
    CHECK(answer.remark == "");
    REQUIRE(answer.steps.size() == 1);
    CHECK(answer.refusals.empty());
    CHECK_FALSE(answer.steps[0].bound.empty());
    for (const Bound& bound : answer.steps[0].bound) {
      CAPTURE(bound.variable);
      CHECK(occurs(info(c.rule).statement, bound.variable));
      CHECK(boundText(question.arena, bound, Form::Source, 80) != "");
    }
  }
}

TEST_CASE("why: all metavariables of a rule's statement are bound, but for those that range over something") {
  constexpr std::array names{"E",  "n", "n'", "n''", "⊕",  "x",  "T",  "t",  "t'", "v", "v'", "v''", "x̄",
                             "T̄",  "v̄", "v̄'", "v̄''", "ι",  "ι₀", "l",  "l'", "p",  "h", "h'", "h̄",   "r",
                             "r'", "i", "m",  "b",   "b'", "s",  "s'", "f",  "R",  "σ", "σ'", "ρ",   "M''"};
  const std::set<std::pair<Rule, std::string>> ranging{
      {Rule::RPopulate, "h'"},                         // h' ∈ h̄
      {Rule::PMat, "v"},                               // for some v
      {Rule::FCrash, "ι"},                             // every ρ(ι)
      {Rule::FCrash, "r"},       {Rule::FDrop, "h'"},  // of Req, and the case has a Res
      {Rule::FDrop, "r"},        {Rule::FDrop, "r'"},        {Rule::FRestart, "t"},
      {Rule::RFromLineage, "ι"},  // σ₀(ι) = v, h' ∈ h̄
      {Rule::RFromLineage, "v"}, {Rule::RFromLineage, "h'"}, {Rule::RFromLineage, "i"},
  };
  for (const Case& c : cases()) {
    CAPTURE(info(c.rule).name);
    Question question(c.enabled);
    const Why answer = why(*question.semantics, question.configuration, c.rule, {0}).at(0);
    REQUIRE(answer.steps.size() == 1);
    for (const char* name : names) {
      CAPTURE(name);
      const std::vector<Bound>& bound = answer.steps[0].bound;
      const bool isBound =
          std::any_of(bound.begin(), bound.end(), [&](const Bound& one) { return one.variable == name; });
      const bool isWanted = occurs(info(c.rule).statement, name) && ranging.count({c.rule, name}) == 0;
      CHECK(isBound == isWanted);
    }
  }
}

TEST_CASE("why: each premise of each rule is named where it is the first to fail, with its instance") {
  for (const Case& c : cases()) {
    for (const Fails& fails : c.fails) {
      CAPTURE(info(c.rule).name);
      CAPTURE(fails.premise);
      Question question(fails.asked);
      const std::vector<Why> answers = why(*question.semantics, question.configuration, c.rule, {0});
      CHECK(answers[0].remark == "");
      CHECK(answers[0].steps.empty());
      REQUIRE(answers[0].refusals.size() == 1);
      const Refusal& refusal = answers[0].refusals[0].refusal;
      CHECK(refusal.rule == c.rule);
      CHECK(info(c.rule).premises[refusal.premise] == fails.premise);
      Style wide;
      wide.width = 400;
      const std::string text = whyText(*question.semantics, question.configuration, c.rule, answers, wide);
      CAPTURE(text);
      CHECK(text.find(std::string(fails.premise) + " fails: ") != std::string::npos);
      CHECK(text.find(fails.because) != std::string::npos);
    }
  }
}

TEST_CASE("why: every premise of every rule of reduction has its case") {
  std::set<Rule> seen;
  for (const Case& c : cases()) {
    CAPTURE(info(c.rule).name);
    CHECK(seen.insert(c.rule).second);
    std::vector<std::string_view> failing;
    for (const Fails& fails : c.fails) failing.emplace_back(fails.premise);
    const auto premises = info(c.rule).premises;
    CHECK(std::equal(premises.begin(), premises.end(), failing.begin(), failing.end()));
  }
  for (const RuleInfo& rule : allRules()) {
    CAPTURE(rule.name);
    CHECK(seen.count(rule.rule) == (isReduction(rule) ? 1 : 0));
  }
}
