// One row a sentence: where the AVP `when` has one of the values, so many of the `counted` AVPs have to be there.
#include "codec/diameter/conditions.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "codec/diameter/avp_cursor.hpp"
#include "codec/diameter/big_endian.hpp"

namespace tollgate::diameter {

namespace {

using Kind = Holder::Kind;

constexpr std::uint32_t any_code = 0, always = 0;
constexpr unsigned no_bound = std::numeric_limits<unsigned>::max();

/// The command, and AVPs of vendor 0, as the dictionary names them.
namespace code {
constexpr std::uint32_t credit_control = 272;
constexpr std::uint32_t filter_id = 11, auth_application_id = 258, acct_application_id = 259, vendor_specific_application_id = 260,
                        result_code = 268, failed_avp = 279, cc_request_type = 416, final_unit_indication = 430, redirect_server = 434,
                        requested_action = 436, restriction_filter_rule = 438, final_unit_action = 449, redirect_server_extension = 665;
}  // namespace code

struct Condition {
  Holder in;
  std::uint32_t when = always;
  std::uint32_t value = 0;
  std::array<std::uint32_t, 4> counted = {};  ///< all together; 0, which is no AVP's code, for none
  unsigned least = 0, most = no_bound;
  Unmet unmet = {};
};

/// The Result-Codes 5001 and 5004 go with the AVPs that they are about.
constexpr Condition names_its_avp(std::uint32_t result) {
  return {.in = {Kind::answer, any_code},
          .when = code::result_code,
          .value = result,
          .counted = {code::failed_avp},
          .least = 1,
          .unmet = {.rule = "Failed-AVP",
                    .clause = "RFC 6733 7.1.5",
                    .outcome = Outcome::either,
                    .detail = "is missing: this Result-Code goes with the AVPs that it is about"}};
}

constexpr std::uint32_t event_request = 4, terminate = 0, redirect = 1;
constexpr std::array conditions{
    Condition{.in = {Kind::request, code::credit_control},
              .when = code::cc_request_type,
              .value = event_request,
              .counted = {code::requested_action},
              .least = 1,
              .unmet = {.rule = "Requested-Action", .clause = "RFC 8506 8.3", .answer = 5005, .detail = "is missing in an EVENT_REQUEST"}},
    names_its_avp(5001),
    names_its_avp(5004),
    Condition{.in = {Kind::group, code::vendor_specific_application_id},
              .counted = {code::auth_application_id, code::acct_application_id},
              .least = 1,
              .unmet = {.rule = "Auth-Application-Id",
                        .clause = "RFC 6733 6.11",
                        .answer = 5005,
                        .detail = "is missing, and so is Acct-Application-Id: exactly one is there"}},
    Condition{.in = {Kind::group, code::vendor_specific_application_id},
              .counted = {code::auth_application_id, code::acct_application_id},
              .most = 1,
              .unmet = {.rule = "Acct-Application-Id",
                        .clause = "RFC 6733 6.11",
                        .outcome = Outcome::either,
                        .answer = 5009,
                        .detail = "there are Auth-Application-Id and Acct-Application-Id: exactly one is there"}},
    Condition{.in = {Kind::group, code::final_unit_indication},
              .when = code::final_unit_action,
              .value = redirect,
              .counted = {code::redirect_server, code::redirect_server_extension},
              .least = 1,
              .unmet = {.rule = "Redirect-Server",
                        .clause = "RFC 8506 8.34",
                        .answer = 5005,
                        .detail = "is missing where the action is REDIRECT"}},
    Condition{.in = {Kind::group, code::final_unit_indication},
              .when = code::final_unit_action,
              .value = terminate,
              .counted = {code::restriction_filter_rule, code::filter_id, code::redirect_server, code::redirect_server_extension},
              .most = 0,
              .unmet = {.rule = "Final-Unit-Indication",
                        .clause = "RFC 8506 8.34",
                        .outcome = Outcome::either,
                        .answer = 5008,
                        .detail = "nothing stands beside the action TERMINATE"}},
};

/// What is looked at before all AVPs are: in most commands the first `when` says that the condition is about another.
bool applies(Condition const& condition, std::string_view avps, std::size_t base) {
  if (condition.when == always) return true;
  for (AvpCursor cursor(avps, base); !cursor.at_end();) {
    auto const avp = cursor.next();
    if (!avp) return false;
    if (avp->vendor == 0 && avp->code == condition.when) return avp->data.size() == 4 && read_u32(avp->data) == condition.value;
  }
  return false;
}

/// What a pass over the AVPs finds for one condition.
struct Count {
  unsigned number = 0;
  std::optional<AvpView> too_many;  ///< the first above `most`
};

Count count(Condition const& condition, std::string_view avps, std::size_t base) {
  Count found;
  for (AvpCursor cursor(avps, base); !cursor.at_end();) {
    auto const avp = cursor.next();
    if (!avp) break;
    if (avp->vendor != 0 || avp->code == 0 || std::ranges::find(condition.counted, avp->code) == condition.counted.end()) continue;
    if (++found.number > condition.most && !found.too_many) found.too_many = *avp;
  }
  return found;
}

bool is_of(Condition const& condition, Holder holder) {
  return condition.in.kind == holder.kind && (condition.in.code == any_code || condition.in.code == holder.code);
}

}  // namespace

void check_conditions(Holder holder, std::string_view avps, std::size_t base, std::function<void(Unmet const&)> const& note) {
  for (auto const& condition : conditions) {
    if (!is_of(condition, holder) || !applies(condition, avps, base)) continue;
    auto const found = count(condition, avps, base);
    if (found.number >= condition.least && !found.too_many) continue;
    auto unmet = condition.unmet;
    unmet.offset = found.too_many ? found.too_many->offset : base + avps.size();
    unmet.size = found.too_many ? found.too_many->length() : 0;
    note(unmet);
  }
}

}  // namespace tollgate::diameter
