// The exercises of the course: their list, what one asks for, and what became of an answer.
#pragma once

#include <functional>
#include <string>

#include "checker/exercise.hpp"
#include "render/json.hpp"
#include "render/layout.hpp"

namespace funpass::render {

/// All exercises by lesson; with a number, that lesson's.
std::string exercisesText();
boost::json::object exercisesJson();

/// What one exercise asks for, and how an answer is graded.
std::string exerciseText(const Exercise& exercise, const Style& style);
boost::json::object exerciseJson(const Exercise& exercise);

/// A demand in words: "the result of a is 20 in every run, with at most 1 crash among r1,r2".
std::string demandText(const Demand& demand);

/// What there is to show of a demand's schedule: the run (as text only), and the command that takes the same steps.
struct ShownRun {
  std::string text;
  std::string replay;
};
using ShowRun = std::function<ShownRun(const DemandReport&)>;

/// The verdict on an answer that could be read. Of a wrong one each demand that is not met, with the run that shows it.
std::string gradeText(const Exercise& exercise, const Grade& grade, const ShowRun& show, const Style& style);
/// {"schema": 1, "exercise", "file", "verdict", "demands": […]}
boost::json::object gradeJson(const Exercise& exercise, const Grade& grade, const ShowRun& show,
                              const std::string& file);

}  // namespace funpass::render
