#include "fuzz/disorder/programs.hpp"

#include "base/random.hpp"
#include "fuzz/disorder/disorder.hpp"

namespace tollgate::fuzz {

namespace {

std::string word(Action action, std::string_view choices = {}) {
  std::string out(1, static_cast<char>(action));
  return out.append(choices);
}

std::string joined(std::initializer_list<std::string_view> words) {
  std::string out;
  for (auto const one : words) out += one;
  return out;
}

constexpr std::string_view zeros("\0\0\0\0\0\0\0\0", 8);

/// Steps 1 to 6 for `messages` messages, and the connection bound.
std::string up_to_the_session(std::size_t messages) {
  std::string out;
  for (std::size_t i = 0; i < messages; ++i) out += word(Action::deposits, zeros.substr(0, 4));
  out += word(Action::registers, std::string("\0\x0a\0", 3));
  out += word(Action::charging_answers, std::string("\0\0\x07\0", 4));
  out += word(Action::accepts, zeros.substr(0, 4));
  out += word(Action::msrp_connects, zeros.substr(0, 1));
  return out + word(Action::msrp_sends, zeros.substr(0, 4));
}

}  // namespace

std::vector<std::string> orders() {
  std::vector<std::string> all;
  auto const ok = word(Action::msrp_answers, zeros.substr(0, 3));
  auto const older_ok = word(Action::msrp_answers, std::string("\0\x01\0", 3));
  auto const refused = word(Action::msrp_answers, std::string("\0\0\x05", 3));
  auto const charge = word(Action::charging_answers, std::string("\0\0\x07\0", 4));
  auto const bye_ok = word(Action::answers_sip, zeros.substr(0, 5));
  auto const hang_up = word(Action::hangs_up, zeros.substr(0, 2));
  auto const closed = word(Action::msrp_closes, zeros.substr(0, 3));
  auto const lost = word(Action::charging_closes, zeros.substr(0, 6));
  auto const wait_1s = word(Action::time_passes, "\x03");
  auto const wait_30s = word(Action::time_passes, "\x06");
  auto const one = up_to_the_session(1) + ok;  // to the SEND without content that opens the server's side
  auto const two = up_to_the_session(2) + ok;
  for (char reading = 0; reading < 6; ++reading) {
    std::string const start(1, reading);
    all.push_back(joined({start, one, ok, charge, bye_ok}));
    all.push_back(joined({start, two, refused, older_ok, charge, bye_ok}));
    all.push_back(joined({start, two, wait_30s, charge, bye_ok}));
    all.push_back(joined({start, one, closed, charge, bye_ok}));
    all.push_back(joined({start, one, hang_up, charge}));
    all.push_back(joined({start, one, lost, ok, wait_1s, charge}));
  }
  return all;
}

std::vector<std::string> event_rows() {
  std::vector<std::string> all;
  Random random(1);
  for (int i = 0; i < 64; ++i) {
    std::string row;
    for (auto left = 20 + random.below(300); left > 0; --left) row += static_cast<char>(random.below(16));
    all.push_back(row);
  }
  return all;
}

}  // namespace tollgate::fuzz
