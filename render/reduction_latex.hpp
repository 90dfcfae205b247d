// A run as a reduction, typeset.
#pragma once

#include <string>
#include <vector>

#include "semantics/run.hpp"

namespace funpass::render {

/// A LaTeX document (packages amsmath, amssymb, graphicx): the hosts' terms at the start, then each of the steps `from`
/// to `to` (numbered from 1) with its number, host and rule, what the redex became, the message taken, messages sent,
/// changes of the store and results; last what each host came to. `title` is its heading. Terms are broken into lines;
/// of a very large one the deep parts are left out.
std::string reductionLatex(Arena& arena, const Configuration& initial, const std::vector<Step>& steps,
                           const std::string& title, uint64_t from, uint64_t to);

}  // namespace funpass::render
