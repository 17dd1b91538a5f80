#pragma once
/// Feature parameters of a Contact, and Accept-Contact, Reject-Contact and Request-Disposition (RFC 3840 9, RFC 3841
/// 9): what a UA says it can, and what a caller wants of it and of the proxies before it.
#include <optional>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"
#include "codec/sip/parameters.hpp"

namespace tollgate::sip {

/// Whether a parameter is a feature-param by its name: "+g.oma.sip-im" or one of the base tags of RFC 3840 9.
[[nodiscard]] bool is_feature_tag(std::string_view name);
/// Whether a value, with its quotes, is one that a feature tag takes: tag-value-list = tag-value *( "," tag-value ),
/// tag-value = ["!"] ( token-nobang / boolean / numeric ), string-value = "<" ... ">" (RFC 3840 9).
[[nodiscard]] bool is_feature_value(std::string_view value);
/// feature-param = enc-feature-tag [ EQUAL LDQUOT ( tag-value-list / string-value ) RDQUOT ]: what its quotes hold, ""
/// for a flag, which is the same as "TRUE"; nothing if absent. string-value keeps its < and >.
[[nodiscard]] std::optional<std::string_view> feature(Parameters const& parameters, std::string_view tag);
/// Whether the feature's tag-value-list holds `value`, without case; a flag holds "TRUE". Negations are not read.
[[nodiscard]] bool has_feature_value(Parameters const& parameters, std::string_view tag, std::string_view value);

/// ac-value = "*" *( SEMI ( feature-param / "require" / "explicit" ) ); Reject-Contact likewise (RFC 3841 9.2)
struct AcceptContact {
  Parameters features;  ///< "require" and "explicit" among them
  bool is_required = false;
  bool is_explicit = false;
};
[[nodiscard]] Parsed<AcceptContact> parse_accept_contact(std::string_view text);
[[nodiscard]] Parsed<std::vector<AcceptContact>> accept_contacts(Fields fields);
[[nodiscard]] Parsed<std::vector<AcceptContact>> reject_contacts(Fields fields);

/// directive = proxy / redirect, cancel / no-cancel, fork / no-fork, recurse / no-recurse, parallel / sequential, queue
/// / no-queue: what a caller wants its proxies to do (RFC 3841 9.1, 10). The whole text, in any case.
[[nodiscard]] Parsed<std::string_view> parse_directive(std::string_view text);
/// Every directive of Request-Disposition, in order.
[[nodiscard]] Parsed<std::vector<std::string_view>> request_disposition(Fields fields);

}  // namespace tollgate::sip
