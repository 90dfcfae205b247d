// JSON with a version in front: what every verb prints under `--json`.
#pragma once

#include <string>
#include <string_view>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace funpass::render {

/// The version of every document that is printed; a key may be added without a new one.
inline constexpr int kSchema = 1;

/// {"schema": 1}
inline boost::json::object document() { return {{"schema", kSchema}}; }

/// On one line.
inline std::string line(const boost::json::object& object) { return boost::json::serialize(object) + "\n"; }

/// Boost.JSON knows its own string_view only.
inline boost::json::string_view view(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace funpass::render
