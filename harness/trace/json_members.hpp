#pragma once
/// Members of JSON objects that anybody may have written: what is missing, or of another kind, reads as nothing.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace tollgate::trace {

/// A text; "" where it is none.
[[nodiscard]] std::string text_of(boost::json::object const& json, std::string_view key);
/// A whole number; 0 where it is none.
[[nodiscard]] std::int64_t number_of(boost::json::object const& json, std::string_view key);
/// A list; an empty one where it is none.
[[nodiscard]] boost::json::array const& list_of(boost::json::object const& json, std::string_view key);
/// An object; an empty one where it is none.
[[nodiscard]] boost::json::object const& object_of(boost::json::object const& json, std::string_view key);
/// The value as an object; an empty one where it is none.
[[nodiscard]] boost::json::object const& as_object(boost::json::value const& json);

}  // namespace tollgate::trace
