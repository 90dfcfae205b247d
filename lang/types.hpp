// Types as text.
#pragma once

#include <cstddef>
#include <string>

#include "lang/term.hpp"

namespace funpass {

/// A type in source notation, on one line: `SiloRef[Int] => (Int => Int { type C = (Host) })`. What is not known is
/// `_`. Types share parts and may be far larger than their nodes are many, so the text ends in `…` after about `most`
/// bytes.
std::string typeText(const Arena& arena, Handle type, std::size_t most = 4000);

}  // namespace funpass
