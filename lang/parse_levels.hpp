// The entry points of the grammar's parts: each parses the level that the state has begun.
#pragma once

#include "lang/parse_state.hpp"

namespace funpass::surface::parsing {

void parseTermLevel(State& state);         // parse_terms.cpp
void parseTypeLevel(State& state);         // parse_types.cpp
void parseDeclarationLevel(State& state);  // parse_declarations.cpp
void parseLiteralLevel(State& state);      // parse_literals.cpp

}  // namespace funpass::surface::parsing
