// How single texts look in each notation: keywords and symbols, names, numbers and strings.
#pragma once

#include <string>
#include <string_view>

#include "lang/print.hpp"

namespace funpass::surface {

/// Keywords and symbols, given in source notation, in another one. `tight`: the text before spaces itself (a LaTeX
/// operator or punctuation); afterwards the same of this text.
std::string spelled(std::string_view text, Notation notation, bool& tight);

/// A variable's, host's or record's name.
std::string spelledName(std::string_view name, Notation notation);

/// A string literal with the given contents.
std::string spelledString(std::string_view contents, Notation notation);

}  // namespace funpass::surface
