// What the makers of questions share; each kind has its own.
#pragma once

#include "checker/predict.hpp"
#include "lang/random.hpp"

namespace funpass {

/// A program about which a question is to be made. Makers give false if they find no question.
class QuestionMaker {
 public:
  QuestionMaker(Arena& arena, const Program& program, Random& random, const QuestionOptions& options)
      : arena_(arena),
        program_(program),
        random_(random),
        options_(options),
        semantics_(arena, options.rules, options.among) {}

  /// Makes one of this kind.
  bool make(Question& question);

  bool limit() const { return limit_; }
  const std::string& none() const { return none_; }
  const std::string& reached() const { return reached_; }

 private:
  bool inConfiguration(Question& question, bool (QuestionMaker::*maker)(Question&));
  void walk(Question& question);
  bool moves(Question& question);
  bool rule(Question& question);
  bool redex(Question& question);
  bool message(Question& question);
  bool result(Question& question);
  bool crash(Question& question);

  /// One more step of a run in which hosts take turns; nothing if there is none.
  std::optional<Step> turn(Configuration& configuration, uint32_t& turn, Schedule& schedule);
  /// Puts choices into a random order.
  void shuffle(std::vector<QuestionChoice>& choices);
  bool no(std::string why) { return none_ = std::move(why), false; }

  Arena& arena_;
  const Program& program_;
  Random& random_;
  const QuestionOptions& options_;
  Semantics semantics_;
  uint32_t tries_ = 0;  // walks that led to no question
  uint32_t last_ = 0;   // the host that moved last on the walk, plus 1
  bool limit_ = false;
  std::string none_, reached_;
};

}  // namespace funpass
