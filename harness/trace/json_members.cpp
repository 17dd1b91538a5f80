#include "trace/json_members.hpp"

#include <boost/json.hpp>

namespace tollgate::trace {

namespace json = boost::json;

std::string text_of(json::object const& json, std::string_view key) {
  auto const* value = json.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t number_of(json::object const& json, std::string_view key) {
  auto const* value = json.if_contains(key);
  if (value == nullptr) return 0;
  boost::system::error_code not_a_number;
  auto const number = value->to_number<std::int64_t>(not_a_number);
  return not_a_number ? 0 : number;
}

json::array const& list_of(json::object const& json, std::string_view key) {
  static json::array const none;
  auto const* value = json.if_contains(key);
  return value != nullptr && value->is_array() ? value->get_array() : none;
}

json::object const& object_of(json::object const& json, std::string_view key) {
  static json::object const none;
  auto const* value = json.if_contains(key);
  return value != nullptr && value->is_object() ? value->get_object() : none;
}

json::object const& as_object(json::value const& json) {
  static json::object const none;
  return json.is_object() ? json.get_object() : none;
}

}  // namespace tollgate::trace
