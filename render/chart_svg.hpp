// A run as a space-time chart, as a picture.
#pragma once

#include <string>
#include <vector>

#include "semantics/step.hpp"

namespace funpass::render {

/// The chart that `chart` prints (render/chart.hpp) as one `svg` element: black on white, without ids, scripts or fonts
/// of its own, so that a page may have several. Time runs downwards; a message is an arrow from where it is sent to
/// where it is taken, dashed and marked (LOST) if it never is. Each row is a `g` with the class "row", and the steps it
/// belongs to in `data-first` and `data-last`. `title` is what a screen reader says first.
std::string chartSvg(const Arena& arena, const Configuration& initial, const std::vector<Step>& steps,
                     const std::string& title, bool everyStep = false);

}  // namespace funpass::render
