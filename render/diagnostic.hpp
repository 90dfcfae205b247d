// What is wrong with the user's input, as text in the shape of rustc's messages and as JSON.
#pragma once

#include <string>

#include "lang/source.hpp"
#include "render/json.hpp"
#include "render/layout.hpp"

namespace funpass::render {

enum class Severity : uint8_t { Error, Note };

/// One diagnostic: what is wrong, the place with its line and carets, notes with the rule's statement, help. `source`
/// may be empty: then no place is shown.
std::string diagnosticText(const Source& source, const Diagnostic& diagnostic, Severity severity, const Style& style);

/// All of them, a blank line between two, and how many they are if there is more than one.
std::string diagnosticsText(const Source& source, const Diagnostics& diagnostics, const Style& style);

/// One entry of "diagnostics".
boost::json::object diagnosticJson(const Source& source, const Diagnostic& diagnostic);

/// {"schema": 1, "diagnostics": […]}
std::string diagnosticsJson(const Source& source, const Diagnostics& diagnostics);

}  // namespace funpass::render
