#pragma once
/// AVPs by the names that scenario files use: the dictionary's, or "avp(CODE,VENDOR,FLAGS)" for one that it does not know.
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "codec/diameter/message.hpp"
#include "fields/fields.hpp"

namespace tollgate::fields {

/// The AVP of that name without data, its flags as the dictionary or the brackets say; nothing for an unknown name.
[[nodiscard]] std::optional<diameter::Avp> named_avp(std::string_view name);
/// Nothing when `value` can be written as the data of the path's AVP, or of the header field.
[[nodiscard]] std::expected<void, std::string> check_avp_value(Path const& path, std::string_view value);

}  // namespace tollgate::fields
