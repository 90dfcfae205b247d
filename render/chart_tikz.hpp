// A run as a space-time chart, for a paper.
#pragma once

#include <string>
#include <vector>

#include "semantics/step.hpp"

namespace funpass::render {

/// The chart that `chartSvg` draws (render/chart_svg.hpp) as one `tikzpicture`, to be put into a document that uses the
/// package tikz. It is as wide as the text of an article. `title` becomes a comment.
std::string chartTikz(const Arena& arena, const Configuration& initial, const std::vector<Step>& steps,
                      const std::string& title, bool everyStep = false);

}  // namespace funpass::render
