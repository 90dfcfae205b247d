// A run as a space-time chart: time downwards, one column per host.
#pragma once

#include <string>
#include <vector>

#include "render/layout.hpp"
#include "semantics/step.hpp"

namespace funpass::render {

/// The run from `initial` by `steps`. Each host has a column with its lifeline; each step is a row with its number and
/// its rule; a message is an arrow from its sender, and its number (m1, m2, …) says where it is taken. Local steps of
/// one host in a row are one row. A crash is an X that ends the lifeline, a message that is gone is marked (LOST),
/// those that nobody took are listed below. Within the style's width: columns get what they need, and are cut (…) if
/// that is too much; beyond one host for every four columns of the screen it gets wider. `everyStep`: a row for each
/// local step.
std::string chart(const Arena& arena, const Configuration& initial, const std::vector<Step>& steps, const Style& style,
                  bool everyStep = false);

}  // namespace funpass::render
