// How to meet what is planted in the handling of Diameter.
#include "refserver/defects/planted/bed_test.hpp"

namespace tollgate::refserver::defects {
namespace {

constexpr std::uint32_t code_session_id = 263, code_granted_units = 431;

bool is_cca(diameter::Message const& message) {
  return message.header.command == diameter::command_credit_control;
}

/// The AVP Length of the first AVP of every message of that command.
void writes_length(Bed& bed, std::uint32_t command, std::string const& length) {
  bed.charging.change_octets = [=](Octets& octets) {
    constexpr std::size_t length_at = 25;
    if (static_cast<unsigned char>(octets[6]) * 256U + static_cast<unsigned char>(octets[7]) == command)
      octets.replace(length_at, length.size(), length);
  };
}

void capabilities_overrun(Bed& bed) {
  writes_length(bed, diameter::command_capabilities, std::string("\x00\x20\x00", 3));
  bed.starts();
  (void)bed.until([&] { return bed.server->has_ended(); }, 200ms);
}

/// The reserve answer with a change.
void reserves_with(Bed& bed, std::function<void(diameter::Message&)> const& change) {
  bed.charging.change = [&](diameter::Message& message) {
    if (is_cca(message)) change(message);
  };
  bed.is_pushed_to();
  (void)bed.until([&] { return !bed.alice().all("INVITE").empty(); }, 300ms);
  bed.charging.change = [](auto&) {};
}

void short_avp(Bed& bed) {
  writes_length(bed, diameter::command_credit_control, std::string("\x00\x00\x04", 3));
  bed.is_pushed_to();
  bed.charging.change_octets = [](auto&) {};
}

void no_session_id(Bed& bed) {
  reserves_with(
      bed, [](diameter::Message& message) { std::erase_if(message.avps, [](auto const& avp) { return avp.code == code_session_id; }); });
}

void nested_groups(Bed& bed) {
  reserves_with(bed, [](diameter::Message& message) {
    diameter::Avp group{.code = code_granted_units, .flags = diameter::flag_mandatory};
    for (int depth = 0; depth < 17; ++depth) group.data = diameter::write_avps({group});
    message.avps.push_back(group);
  });
}

void empty_group(Bed& bed) {
  reserves_with(
      bed, [](diameter::Message& message) { message.avps.push_back({.code = code_granted_units, .flags = diameter::flag_mandatory}); });
}

void many_units(Bed& bed) {
  bed.charging.on_ccr = [](ch2::Request const&) { return ch2::Answer{.result = 2001, .granted = 4'294'967'295}; };
  bed.is_pushed_to();
}

void second_answer(Bed& bed) {
  bed.is_debited();
  bed.answers_debit();
  bed.answers_debit();
}

void abort_in_debit(Bed& bed) {
  bed.is_debited();
  constexpr std::uint32_t command_abort = 274, application = 4;
  diameter::Message request;
  request.header = {.flags = diameter::flag_request | diameter::flag_proxiable,
                    .command = command_abort,
                    .application = application,
                    .hop_by_hop = 7,
                    .end_to_end = 7};
  request.avps = {{.code = code_session_id, .flags = diameter::flag_mandatory, .data = bed.charging.ccrs.back().session_id}};
  bed.charging.send(request);
}

void bad_debit_answer(Bed& bed) {
  bed.is_debited();
  bed.charging.change = [](diameter::Message& message) {
    constexpr std::uint32_t nobody_knows = 99'999;
    message.avps.push_back({.code = nobody_knows, .flags = diameter::flag_mandatory, .data = "what"});
  };
  auto const asked = bed.debits();
  bed.answers_debit();
  (void)bed.until([&] { return bed.debits() > asked; }, 300ms);
}

}  // namespace

Trigger diameter_trigger(Defect defect) {
  switch (defect) {
    case Defect::D08_capabilities_overread: return capabilities_overrun;
    case Defect::D12_avp_length_wrap: return short_avp;
    case Defect::D13_session_id_null: return no_session_id;
    case Defect::D14_group_depth_overflow: return nested_groups;
    case Defect::D15_empty_group_recursion: return empty_group;
    case Defect::D16_granted_units_wrap: return many_units;
    case Defect::D30_second_debit_answer_use_after_free: return second_answer;
    case Defect::D32_abort_in_debit_deadlock: return abort_in_debit;
    case Defect::D33_bad_debit_answer_double_debit: return bad_debit_answer;
    default: return nullptr;
  }
}

}  // namespace tollgate::refserver::defects
