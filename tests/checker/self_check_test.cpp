// --self-check: right rules commute where reductions say so, and a rule that looks at another host is found out.
#include <doctest/doctest.h>

#include <stdexcept>

#include "checker/check.hpp"
#include "tests/support/comparison.hpp"
#include "tests/support/support.hpp"

using namespace funpass;
using namespace funpass::test;

namespace {

const std::string kRemote = "host a, b at a { val r = populate(b, 1); await(send(r)) }";

// A wrong R-Send: it sends nothing while host b has a message.
Outcome nosySend(const Scene& c) {
  const Node redex = c.arena[c.state().focus];
  if (!redex.is(Tag::Send) || !c.arena.is(redex[0], Tag::Ref)) return refuse(Rule::RSend, 0);
  const Handle ref = redex[0];
  const Handle ident = c.arena.idOf(c.arena[ref][0]);
  Step step(Rule::RSend);
  step.host = c.host;
  step.redex = c.state().focus;
  step.contractum = ident;
  step.after = withTerm(c.arena, c.state(), ident, c.state().context);
  if (c.configuration.hosts[1].inbox == 0) step.sent.push_back({1, c.arena.make(Tag::Req, c.host, ref, ident)});
  return step;
}

CheckReport checked(const std::string& text, const CheckOptions& given) {
  Arena arena;
  const Program program = load(arena, text);
  CheckOptions options = given;
  options.selfCheck = true;
  options.limits.maxStates = 2'000;
  if (options.rules.local.empty()) options.rules = rules(true);
  options.failures.among = program.among;
  return check(arena, program, options);
}

}  // namespace

TEST_CASE(
    "self-check: steps of different hosts commute, and what is taken at once does so with what could come first") {
  for (uint64_t n = 0; n < 20; ++n) {
    Random random(31'000'000 + n);
    const std::string text = randomConcurrent(random, {});
    CAPTURE(text);
    for (const bool raw : {true, false}) {
      CheckOptions options;
      if (!raw) options.reductions.reset();
      CHECK_NOTHROW(checked(text, options));
      options.failures.budget.crashes = 1;
      CHECK_NOTHROW(checked(text, options));
    }
  }
}

TEST_CASE("self-check: a send that looks at another host is found out") {
  CheckOptions options;
  options.rules = rules(true);
  for (DistributedRow& row : options.rules.distributed) {
    if (row.rule == Rule::RSend) row.apply = nosySend;
  }
  CHECK_THROWS_AS(checked(kRemote, options), std::logic_error);
  options.reductions.reset();
  CHECK_THROWS_AS(checked(kRemote, options), std::logic_error);
}
