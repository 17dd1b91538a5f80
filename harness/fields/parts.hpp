#pragma once
/// Which names and parts of fields there are: a scenario that misspells one must not load, for it would check nothing, or blame the
/// SUT for what no message has.
#include <expected>
#include <string>

#include "fields/fields.hpp"

namespace tollgate::fields {

/// Nothing when messages of the path's protocol can have that field, and the field that part; else a sentence. AVPs are the
/// dictionary's to know.
[[nodiscard]] std::expected<void, std::string> check_name(Path const& path);

}  // namespace tollgate::fields
