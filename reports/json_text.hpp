#pragma once
/// JSON as the reports print it: `{ "a": 1, "b": 0.62 }` on one line, numbers as people write them.
#include <boost/json/value.hpp>
#include <string>

namespace tollgate::reports {

/// Strings go through `legible`, so that the text is valid UTF-8 whatever a SUT sent.
[[nodiscard]] std::string json_text(boost::json::value const& value);

}  // namespace tollgate::reports
