// One pass over the AVPs, groups inside groups, with the counts of each grammar on the stack.
//
//   < X > in its place, { X } as often as it must be, [ X ] as often as it may, AVP for any other      RFC 6733 3.2
#include "codec/diameter/judge_avps.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "codec/diameter/avp_cursor.hpp"
#include "codec/diameter/big_endian.hpp"
#include "codec/diameter/conditions.hpp"
#include "codec/diameter/value.hpp"

namespace tollgate::diameter {

namespace {

constexpr std::uint32_t failed_avp = 279, result_code = 268, auth_application = 258, acct_application = 259;
constexpr std::uint32_t no_holder = 0;  // of another vendor: no condition is about it

/// What the AVPs of one group have to keep to.
struct Group {
  Holder holder;
  Grammar const* grammar = nullptr;  ///< null when the standard does not list the members
  std::span<Occurrence const> members = {};
  std::string_view name;  ///< of the command or Grouped AVP
  std::string_view clause;
  std::size_t depth = 0;
  bool binding = true;  ///< every AVP around has the M flag: its receiver may not ignore what is inside (RFC 6733 4.4)
  bool failed = false;  ///< its members stand inside Failed-AVP
  bool believed = false;  ///< it stands inside Failed-AVP itself: what is missing is what its sender found missing
};

class AvpJudge {
 public:
  AvpJudge(JudgedCommand const& message, Dictionary const& dictionary, Limits const& limits, Deviations& found)
      : message_(message), dictionary_(dictionary), limits_(limits), found_(found) {}

  void message() {
    auto const* const command = message_.command;
    auto const kind = message_.header.is_request() ? Holder::Kind::request : Holder::Kind::answer;
    Group top{.holder = {kind, message_.header.command}};
    if (command != nullptr)
      top = {.holder = top.holder,
             .grammar = &dictionary_.grammar(*command),
             .members = command->avps,
             .name = command->abbreviation,
             .clause = command->clause};
    members(message_.octets.substr(message_header_size), message_header_size, top);
  }

 private:
  void members(std::string_view data, std::size_t base, Group const& group) {
    SlotCounts counts;
    if (group.grammar != nullptr) std::fill_n(counts.begin(), group.grammar->slots().size(), std::uint16_t{0});
    std::size_t place = 0;
    for (AvpCursor cursor(data, base); !cursor.at_end(); ++place) {
      auto const avp = cursor.next();
      if (!avp) return note(avp.error(), base + data.size(), 5014);
      if (++avps_ > limits_.avps) return note({What::limit, avp->offset, "AVP", "RFC 6733 4.1", "too many AVPs"}, base + data.size(), 5004);
      auto const* const rule = dictionary_.avp(avp->code, avp->vendor);
      if (group.grammar != nullptr) count(*avp, rule, place, group, counts);
      judge(*avp, rule, group);
    }
    if (group.grammar != nullptr && !group.believed) missing(base + data.size(), group, counts);
    if (!group.failed) conditions(data, base, group);
  }

  void conditions(std::string_view data, std::size_t base, Group const& group) {
    check_conditions(group.holder, data, base, [&](Unmet const& one) {
      note(one.offset, one.size, one.rule, one.clause, Strength::must, group.binding ? one.outcome : Outcome::either, one.answer,
           std::string(one.detail));
    });
  }

  void judge(AvpView const& avp, AvpRule const* rule, Group const& group) {
    flags(avp, rule);
    padding(avp);
    if (rule == nullptr) return unknown(avp, group);
    if (rule->type == Type::grouped) return grouped(avp, *rule, group);
    if (group.failed) return;
    if (auto const error = check_value(*rule, avp.data))
      value(avp, *rule, *error);
    else if (group.depth == 0)
      command_level(avp, *rule);
  }

  void count(AvpView const& avp, AvpRule const* rule, std::size_t place, Group const& group, SlotCounts& counts) {
    auto const slot = rule != nullptr ? group.grammar->slot(dictionary_.index(*rule)) : group.grammar->any();
    if (slot == Grammar::none) return not_allowed(avp, rule, group);
    auto const& [least, most, fixed] = group.grammar->slots()[slot];
    if (fixed && place != slot) misplaced(avp, group.members[slot]);
    if (counts[slot] < UINT16_MAX) ++counts[slot];
    if (counts[slot] == std::uint64_t{most} + 1) doubled(avp, group.members[slot], group);
  }

  void flags(AvpView const& avp, AvpRule const* rule) {
    constexpr std::uint8_t reserved = 0x1f;
    auto const wrong = [&](std::string_view clause, Strength strength, Outcome outcome, std::string_view detail) {
      note(avp.offset + 4, 1, rule != nullptr ? std::string_view(rule->name) : "AVP Flags", clause, strength, outcome, 3009,
           std::string(detail));
    };
    if ((avp.flags & (reserved | flag_protected)) != 0) {
      if ((avp.flags & reserved) != 0) wrong("RFC 6733 4.1, 7.1.3", Strength::must, Outcome::either, "reserved bits are set");
      if ((avp.flags & flag_protected) != 0) wrong("RFC 6733 4.1", Strength::should, Outcome::accept, "P is set, which nothing defines");
    }
    if (avp.header_size == 12 && avp.vendor == 0) wrong("RFC 6733 4.1.1", Strength::must, Outcome::either, "V is set for vendor 0");
    if (rule == nullptr || rule->mandatory == FlagRule::may) return;
    if (avp.is_mandatory() == (rule->mandatory == FlagRule::must)) return;
    wrong(rule->clause, Strength::must, Outcome::either, avp.is_mandatory() ? "M is set and must not be" : "M is not set and must be");
  }

  void padding(AvpView const& avp) {
    if (avp.padding.find_first_not_of('\0') == std::string_view::npos) return;
    note(avp.data_offset() + avp.data.size(), avp.padding.size(), "AVP padding", "RFC 6733 4", Strength::must, Outcome::accept,
         std::nullopt, "is not zero");
  }

  void unknown(AvpView const& avp, Group const& group) {
    if (!avp.is_mandatory() || group.failed) return;
    note(avp.offset, avp.length(), "AVP Code", "RFC 6733 4.1", Strength::must, group.binding ? Outcome::reject : Outcome::either, 5001,
         fmt::format("AVP {} of vendor {} is unknown and has M set", avp.code, avp.vendor));
  }

  void grouped(AvpView const& avp, AvpRule const& rule, Group const& group) {
    if (group.depth == limits_.depth)
      return note({What::limit, avp.offset, rule.name, "RFC 6733 4.4", "groups too deep"}, avp.offset + avp.length(), 5004);
    members(avp.data, avp.data_offset(),
            {.holder = {.kind = Holder::Kind::group, .code = rule.vendor == 0 ? rule.code : no_holder},
             .grammar = dictionary_.grammar(rule),
             .members = rule.members,
             .name = rule.name,
             .clause = rule.clause,
             .depth = group.depth + 1,
             .binding = group.binding && avp.is_mandatory(),
             .failed = group.failed || rule.code == failed_avp,
             .believed = group.failed});
  }

  /// Values without M may be ignored where they are not understood (RFC 6733 4.1), and vendors add values with each
  /// release; a wrong length never is let pass.
  void value(AvpView const& avp, AvpRule const& rule, ValueError const& error) {
    bool const is_open = rule.type == Type::enumerated && rule.vendor != 0;
    bool const is_bound = rule.type == Type::unsigned64;
    bool const is_length = error.answer == 5014;
    bool const may_pass = !is_length && (!avp.is_mandatory() || is_open || is_bound);
    auto const strength = !is_length && (is_open || is_bound) ? Strength::should : Strength::must;
    auto const begin = avp.data.empty() ? avp.offset : avp.data_offset() + error.at;
    note(begin, avp.data_offset() + avp.data.size() - begin, rule.name, error.clause, strength,
         may_pass ? Outcome::either : Outcome::reject, error.answer, std::string(error.detail));
  }

  /// What AVPs of the command say about the message as a whole.
  void command_level(AvpView const& avp, AvpRule const& rule) {
    auto const& header = message_.header;
    if (rule.vendor != 0 || rule.type != Type::unsigned32) return;
    bool const is_application = rule.code == auth_application || rule.code == acct_application;
    if (is_application && header.application != 0 && read_u32(avp.data) != header.application)
      note(avp.data_offset(), 4, rule.name, "RFC 6733 3", Strength::must, Outcome::either, 3007, "is not the Application-ID of the header");
    if (rule.code != result_code || header.is_request()) return;
    bool const is_protocol_error = read_u32(avp.data) / 1000 == 3;
    if (is_protocol_error != ((header.flags & flag_error) != 0))
      note(avp.data_offset(), 4, rule.name, "RFC 6733 7.2", Strength::must, Outcome::either, std::nullopt,
           is_protocol_error ? "a protocol error without the E flag" : "no protocol error, but the E flag is set");
  }

  void not_allowed(AvpView const& avp, AvpRule const* rule, Group const& group) {
    if (group.failed) return;
    note(avp.offset, avp.length(), rule != nullptr ? std::string_view(rule->name) : "AVP", group.clause, Strength::must,
         avp.is_mandatory() && group.binding ? Outcome::reject : Outcome::either, 5008, fmt::format("may not stand in {}", group.name));
  }

  void misplaced(AvpView const& avp, Occurrence const& member) {
    note(avp.offset, avp.length(), member.avp, "RFC 6733 3.2", Strength::must, Outcome::either, 5005,
         "is not in the place that is fixed for it");
  }

  void doubled(AvpView const& avp, Occurrence const& member, Group const& group) {
    if (group.failed) return;
    note(avp.offset, avp.length(), member.avp, group.clause, Strength::must, Outcome::reject, 5009,
         fmt::format("stands more than {} in {}", member.most == 1 ? "once" : fmt::format("{} times", member.most), group.name));
  }

  void missing(std::size_t end, Group const& group, SlotCounts const& counts) {
    auto const slots = group.grammar->slots();
    for (auto const slot : group.grammar->required()) {
      if (counts[slot] >= slots[slot].least) continue;
      auto const& member = group.members[slot];
      note(end, 0, member.avp, group.clause, Strength::must, group.binding ? Outcome::reject : Outcome::either, 5005,
           fmt::format("is missing in {}", group.name));
    }
  }

  /// What cannot be read: the AVP Length, or all from the error's offset up to `end`.
  void note(ParseError const& error, std::size_t end, std::uint32_t result) {
    constexpr std::size_t length_size = 3;
    auto const size = error.rule == "AVP Length" ? length_size : end - error.offset;
    found_.note(error, Outcome::reject, answer(result), size);
  }
  void note(std::size_t offset, std::size_t size, std::string_view rule, std::string_view clause, Strength strength, Outcome outcome,
            std::optional<std::uint32_t> result, std::string detail) {
    found_.note({offset, size, rule, clause, strength, std::move(detail)}, outcome,
                outcome == Outcome::accept ? std::nullopt : answer(result));
  }
  [[nodiscard]] std::optional<std::uint32_t> answer(std::optional<std::uint32_t> result) const {
    return message_.header.is_request() ? result : std::nullopt;
  }

  JudgedCommand const& message_;
  Dictionary const& dictionary_;
  Limits const& limits_;
  Deviations& found_;
  std::size_t avps_ = 0;
};

}  // namespace

void judge_avps(JudgedCommand const& message, Dictionary const& dictionary, Limits const& limits, Deviations& found) {
  AvpJudge(message, dictionary, limits, found).message();
}

}  // namespace tollgate::diameter
