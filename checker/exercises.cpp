// The table of exercises, by lesson. Lesson N is docs/course/N-….md.
#include "checker/exercise.hpp"

namespace funpass {

namespace {

using Kind = Demand::Kind;

// Demands as the table writes them. Without a setting: the right rules, no failures.
Demand hosts(std::vector<std::string_view> names, ExerciseSetting setting = {}) {
  return {Kind::Hosts, {}, std::move(names), setting};
}
Demand uses(std::string_view construct) { return {Kind::Uses, construct}; }
Demand avoids(std::string_view construct) { return {Kind::Avoids, construct}; }
Demand type(std::string_view host, std::string_view type) { return {Kind::Type, host, {type}}; }
Demand result(std::string_view host, std::string_view value, ExerciseSetting setting = {}) {
  return {Kind::Result, host, {value}, setting};
}
Demand results(std::string_view host, std::vector<std::string_view> values, ExerciseSetting setting = {}) {
  return {Kind::Results, host, std::move(values), setting};
}
Demand reaches(std::string_view host, std::string_view value, ExerciseSetting setting = {}) {
  return {Kind::Reaches, host, {value}, setting};
}
Demand holds(std::string_view property, ExerciseSetting setting = {}) { return {Kind::Holds, property, {}, setting}; }
Demand violated(std::string_view property, ExerciseSetting setting = {}) {
  return {Kind::Violated, property, {}, setting};
}
Demand fires(std::string_view rule) { return {Kind::Fires, rule}; }
Demand never(std::string_view rule) { return {Kind::Never, rule}; }
Demand counts(std::string_view rule, uint32_t least, uint32_t most) {
  return {.kind = Kind::Counts, .what = rule, .least = least, .most = most};
}
Demand counts(std::string_view host, std::string_view rule, uint32_t least, uint32_t most) {
  return {.kind = Kind::Counts, .what = rule, .least = least, .most = most, .host = host};
}
Demand sent(std::string_view host, std::vector<std::string_view> values) {
  return {Kind::Sent, host, std::move(values)};
}
Demand refused(std::string_view rule) { return {Kind::Refused, rule}; }

ExerciseSetting mutant(std::string_view name) { return {.mutant = name}; }
ExerciseSetting crashes(uint32_t number, std::string_view among) {
  return {.failures = {.crashes = number}, .among = among};
}
ExerciseSetting with(int64_t replaced, int64_t literal) { return {.literal = literal, .replaced = replaced}; }
ExerciseSetting oneDrop(bool recovery) { return {.recovery = recovery, .failures = {.drops = 1}}; }
const ExerciseSetting kNoMobility = {.mobility = false};

std::vector<Exercise> table() {
  return {
      // ---- 1 values and spores
      {"1.1",
       "A spore that captures",
       "Write a program of one host a whose result is 42. The 42 has to come out of a spore that captures 40 "
       "in its header and is applied to 2.",
       {uses("spore"), uses("capture"), type("a", "Int"), fires("R-AppSpore"), result("a", "42"),
        result("a", "52", with(50, 40)), result("a", "43", with(3, 2))}},
      {"1.2",
       "A function that makes spores",
       "Write a program of one host a whose result is a spore, one that has captured 5 and adds it "
       "to its argument. The spore has to be the result of applying a function.",
       {type("a", "Int => Int { type C = (Int) }"), fires("R-AppAbs"), never("R-AppSpore"),
        result("a", "7", {.argument = 2}), result("a", "8", {.literal = 5, .replaced = 6, .argument = 2})}},
      {"1.3",
       "What the body may see",
       "docs/course/programs/1-outer.fp is refused: the spore's body uses a name from outside. Repair it, so "
       "that its result is [20, 30]; the limit has to stay a `val`, outside the spore.",
       {uses("spore"), uses("capture"), uses("filter"), result("a", "[20, 30]"), result("a", "[30]", with(25, 18))}},
      // ---- 2 silos and lineages
      {"2.1",
       "Staged, not forced",
       "Hosts a and b. Put an integer into a silo on b and apply two spores to it, one after the other, so "
       "that the result of a is a reference. Nothing may be computed and nobody may be asked.",
       {hosts({"a", "b"}), type("a", "SiloRef[Int]"), counts("R-Apply", 2, 2), never("R-Send"), never("R-AppSpore"),
        holds("progress")}},
      {"2.2",
       "Forced",
       "Hosts a and b. Put 15 into a silo on b, and let a spore double it there. The result of a is 30.",
       {hosts({"a", "b"}), counts("b", "P-App", 1, 100), counts("b", "R-AppSpore", 1, 100), sent("a", {"30"}),
        result("a", "30"), result("a", "32", with(16, 15))}},
      {"2.3",
       "Where does it run?",
       "Hosts a and b. Put 0 into a silo on b, and apply a spore to it. The result of a is the host on which "
       "the spore ran, b, found out with `currentHost` in that spore: the spore may neither name a host nor "
       "capture anything.",
       {hosts({"a", "b"}),
        counts("b", "P-App", 1, 100),
        counts("b", "R-Here", 1, 100),
        avoids("capture"),
        {Kind::NoHosts, {}},
        sent("b", {"0", "b"}),
        result("a", "b")}},
      {"2.4",
       "A join without a detour",
       "Hosts a, b and c. A list on b, [1, 2, 3, 4], and a list on c, [2, 4, 6]. The result of a is [2, 4], "
       "the numbers that are in both. The lists may not pass through a: one spore visits b, takes what it "
       "finds to c, and a second one does the rest there.",
       {hosts({"a", "b", "c"}), uses("capture"), counts("b", "R-AppSpore", 1, 1), counts("c", "R-AppSpore", 1, 1),
        sent("a", {"[2, 4]"}), result("a", "[2, 4]"), result("a", "[2, 3, 4]", with(3, 6))}},
      // ---- 3 futures
      {"3.1",
       "Ask once, read twice",
       "Hosts a and b. Put 10 into a silo on b. The result of a is 20, the sum of two awaits, and b is asked "
       "only once.",
       {hosts({"a", "b"}), counts("R-Send", 1, 1), counts("R-Await", 2, 2), fires("R-Respond"), result("a", "20"),
        result("a", "22", with(11, 10))}},
      {"3.2",
       "Do not wait",
       "Hosts a and b. a asks b for data and does not wait for the answer. Its result is 7, and the answer "
       "comes in every run all the same.",
       {hosts({"a", "b"}), uses("send"), avoids("await"), fires("R-Respond"), result("a", "7"), holds("progress")}},
      {"3.3",
       "One host alone",
       "One host a, which populates a silo on itself, asks itself for the data, and has it, 5, as its "
       "result. Nobody else is there to answer.",
       {hosts({"a"}), uses("populate"), uses("send"), fires("R-Respond"), result("a", "5"),
        result("a", "6", with(6, 5))}},
      // ---- 4 interleavings
      {"4.1",
       "A race",
       "Hosts a and b. The result of a is 1 in some runs, 2 in others, 3 in others again, and nothing else in "
       "any. (Completing a future by hand, with `respond`, makes a race.)",
       {hosts({"a", "b"}), results("a", {"1", "2", "3"}), violated("confluence"), holds("progress")}},
      {"4.2",
       "A race that nobody sees",
       "Hosts a and b. Two answers race for one future, as in 4.1, but every run ends with the same result of a: 3.",
       {hosts({"a", "b"}), uses("respond"), uses("await"), counts("R-Respond", 2, 100), result("a", "3"),
        holds("confluence")}},
      {"4.3",
       "Two drivers, one server",
       "Hosts a, b and s. a puts 10 on s, b puts 20 there, and each lets a spore add 1 to its own there: the "
       "result of a is 11 and that of b is 21, in every run.",
       {hosts({"a", "b", "s"}), counts("s", "P-App", 2, 2), counts("s", "R-AppSpore", 2, 2), sent("a", {"11"}),
        sent("b", {"21"}), result("a", "11"), result("b", "21"), result("a", "31", with(30, 10)),
        result("b", "41", with(40, 20)), holds("confluence")}},
      // ---- 5 typing and mobility
      {"5.1",
       "Refused for mobility alone",
       "Write a program that T-Spore refuses, and that is well typed without the premises about mobility and "
       "then works: no run of it gets stuck, and the result of a is 3.",
       {refused("T-Spore"), holds("subject-reduction", kNoMobility), holds("progress", kNoMobility),
        result("a", "3", kNoMobility)}},
      {"5.2",
       "What mobility is for",
       "Write a program of two hosts, a and b, that T-Spore refuses and that gets stuck, in some run, when it "
       "is run all the same (--no-mobility).",
       {hosts({"a", "b"}, kNoMobility), refused("T-Spore"), violated("progress", kNoMobility)}},
      {"5.3",
       "Capture the reference",
       "Repair docs/course/programs/5-future.fp: hosts a, b and c, 1 in a silo on c, 2 in a silo on b, and a "
       "spore that runs at b and needs both. The result of a is 3, with the premises about mobility.",
       {hosts({"a", "b", "c"}), uses("capture"), counts("b", "P-App", 1, 100), counts("b", "R-AppSpore", 1, 100),
        sent("c", {"1"}), result("a", "3"), result("a", "12", with(10, 1)), result("a", "21", with(20, 2)),
        holds("safe")}},
      // ---- 6 subject reduction and how to break it
      {"6.1",
       "An answer of the wrong type",
       "Find a program that shows the wrong rule respond-sends-unit (`respond` sends unit): subject reduction is "
       "violated with it, nothing is without it, and the result of a is true.",
       {result("a", "true"), holds("safe"), violated("subject-reduction", mutant("respond-sends-unit"))}},
      {"6.2",
       "One identifier, two types",
       "Find a program that shows the wrong rule populate-reuses-index: subject reduction is violated with "
       "it, and nothing is without it. One host, a, is enough.",
       {hosts({"a"}), holds("safe"), violated("subject-reduction", mutant("populate-reuses-index"))}},
      {"6.3",
       "Well typed, and still wrong",
       "With the wrong rule seq-keeps-first (`v ; t` becomes `v`) find a program in which all four properties hold "
       "and the result of a is 1, where the right rules give 2.",
       {result("a", "2"), holds("safe"), holds("safe", mutant("seq-keeps-first")),
        result("a", "1", mutant("seq-keeps-first"))}},
      {"6.4",
       "A type checker that sleeps",
       "Find a program that T-Apply refuses, that the wrong rule t-apply-ignores-parameter (the spore may take "
       "another type than that of the silo's data) lets through, and that then gets stuck.",
       {refused("T-Apply"), violated("progress", mutant("t-apply-ignores-parameter"))}},
      // ---- 7 progress and deadlock
      {"7.1",
       "Sometimes",
       "Write a program that, without the premises about mobility, gets stuck in some run and has the result "
       "3 at host a in another. (Let a race decide, and `if` choose between a captured future and 3.)",
       {violated("progress", kNoMobility), reaches("a", "3", kNoMobility)}},
      {"7.2",
       "A chain of two",
       "The wrong rule app-forgets-parent awaits the parent's data and does not ask for it. Find a program "
       "that it stops for ever; with the right rules the result of a is 42.",
       {result("a", "42"), holds("safe"), violated("progress", mutant("app-forgets-parent"))}},
      {"7.3",
       "A chain of one",
       "Find a program that forces an applied reference, so that P-App is used, and has the result 10 at "
       "host a even with the wrong rule app-forgets-parent, in every run. Why does it work there?",
       {uses("apply"), fires("P-App"), result("a", "10"), result("a", "10", mutant("app-forgets-parent"))}},
      {"7.4",
       "Overtaken",
       "The wrong rule mat-does-not-answer drops a request that comes before the data. Find a program that "
       "gets stuck with it in some run and has the result 5 at host a in another.",
       {holds("safe"), violated("progress", mutant("mat-does-not-answer")),
        reaches("a", "5", mutant("mat-does-not-answer"))}},
      // ---- 8 crashes and lineages
      {"8.1",
       "One of two may fail",
       "Hosts a, r1 and r2. The result of a is 51, computed by a spore from 50 in a silo, and stays so if "
       "r1 or r2 crashes, at whatever moment. If both crash the data is lost: a itself has no copy.",
       {hosts({"a", "r1", "r2"}), fires("P-App"), result("a", "51"), result("a", "61", with(60, 50)),
        result("a", "51", crashes(1, "r1,r2")), violated("progress", crashes(2, "r1,r2"))}},
      {"8.2",
       "Lost",
       "Hosts a and r1. Write a program that has a result without failures, and loses its data if r1 crashes.",
       {hosts({"a", "r1"}), holds("safe"), violated("progress", crashes(1, "r1"))}},
      {"8.3",
       "Where a lineage starts",
       "docs/course/programs/8-inner.fp does not survive a crash of r1: the silo that its spore makes is on "
       "one host. Repair it: the result of a is 21, also if r1 or r2 crashes, and the spore still makes the "
       "silo of 7 that a second spore is applied to. If both crash the data is lost.",
       {hosts({"a", "r1", "r2"}), counts("R-Populate", 3, 100), counts("R-Apply", 2, 2), counts("P-App", 2, 2),
        result("a", "21"), result("a", "24", with(8, 7)), result("a", "21", crashes(1, "r1,r2")),
        violated("progress", crashes(2, "r1,r2"))}},
      {"8.4",
       "A crash that shows",
       "Hosts a, r1 and r2. The result of a is r1 without failures; if one of r1 and r2 crashes it is r1 or "
       "r2, and no run gets stuck.",
       {hosts({"a", "r1", "r2"}), result("a", "r1"), results("a", {"r1", "r2"}, crashes(1, "r1,r2"))}},
      {"8.5",
       "Ask again",
       "Hosts a and b. A program that survives one lost message, thanks to recovery: without it (--recovery "
       "off) it gets stuck. (The data may be on two hosts.)",
       {hosts({"a", "b"}), holds("progress", oneDrop(true)), violated("progress", oneDrop(false))}},
      {"8.6",
       "The open project's floor",
       "Hosts a, r1, r2, s1 and s2; a list on r1 and r2, another on s1 and s2. The result of a is [2, 4], "
       "the numbers that are in both of [1, 2, 3, 4] and [2, 4, 6], found by a spore, and stays so if one of "
       "the four replicas crashes. If both of one list crash, it is lost. The lists may not pass through a.",
       {hosts({"a", "r1", "r2", "s1", "s2"}), uses("capture"), fires("P-App"), sent("a", {"[2, 4]"}),
        result("a", "[2, 4]"), result("a", "[2, 3, 4]", with(3, 6)), result("a", "[2, 4]", crashes(1, "r1,r2,s1,s2")),
        violated("progress", crashes(2, "r1,r2")), violated("progress", crashes(2, "s1,s2"))}},
  };
}

}  // namespace

const std::vector<Exercise>& exercises() {
  static const std::vector<Exercise> all = table();
  return all;
}

}  // namespace funpass
