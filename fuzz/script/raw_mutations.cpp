#include "fuzz/script/raw_mutations.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "codec/sip/characters.hpp"

namespace tollgate::fuzz {

namespace {

/// A place in a message that has octets: a line, and so far in it. What a peer writes, a port or an identifier, makes lines longer or
/// shorter each time; the place stays where it is among them.
std::size_t place_in(std::string_view message, Random& random) {
  constexpr std::size_t parts = 1 << 16;
  if (message.front() < ' ') return random.below(message.size());  // Diameter has no lines
  auto const lines = static_cast<std::size_t>(std::ranges::count(message.substr(0, message.size() - 1), '\n')) + 1;
  auto const nth = random.below(lines), part = random.below(parts);
  std::size_t from = 0;
  for (std::uint64_t i = 0; i < nth; ++i) from = message.find('\n', from) + 1;
  auto const end = std::min(message.find('\n', from), message.size() - 1) + 1;
  return from + ((end - from) * part / parts);
}

std::string flip_bit(std::string_view message, Random& random) {
  std::string out(message);
  if (out.empty()) return out;
  auto& octet = out[place_in(message, random)];
  octet = static_cast<char>(static_cast<unsigned char>(octet) ^ (1U << random.below(8)));
  return out;
}

std::string put_octet(std::string_view message, Random& random) {
  std::string out(message);
  if (!out.empty()) out[place_in(message, random)] = static_cast<char>(random.below(256));
  return out;
}

std::string cut_off(std::string_view message, Random& random) {
  return std::string(message.substr(0, message.empty() ? 0 : place_in(message, random)));
}

std::string lose_some(std::string_view message, Random& random) {
  std::string out(message);
  if (out.empty()) return out;
  auto const from = place_in(message, random);
  constexpr std::uint64_t most = 64;
  return out.erase(from, 1 + random.below(most));
}

std::string insert_noise(std::string_view message, Random& random) {
  std::string out(message);
  std::string noise;
  constexpr std::uint64_t most = 64;
  for (auto n = 1 + random.below(most); n > 0; --n) noise += static_cast<char>(random.below(256));
  return out.insert(out.empty() ? 0 : place_in(message, random), noise);
}

/// One stretch of it again and again: what is long, nested or many.
std::string stretch(std::string_view message, Random& random) {
  std::string out(message);
  if (out.empty()) return out;
  constexpr std::uint64_t longest = 16, most_octets = 16'000;
  auto const from = place_in(message, random);
  auto const part = out.substr(from, 1 + random.below(longest));
  auto const room = most_octets / part.size();
  std::string many;
  for (auto n = 1 + random.below(room); n > 0; --n) many += part;
  return out.insert(from, many);
}

std::string twice_in_one(std::string_view message, Random& /*random*/) {
  return std::string(message) + std::string(message);
}

/// It is a word, or the end of one that has letters alone before it, as "user17": identifiers, other ones each time, hold digits by chance.
bool is_number(std::string_view message, std::size_t from, std::size_t end) {
  if (end < message.size() && sip::alpha_set.contains(message[end])) return false;
  while (from > 0 && sip::alpha_set.contains(message[from - 1])) --from;
  return from == 0 || !sip::digit_set.contains(message[from - 1]);
}

/// A number becomes another one.
std::string other_number(std::string_view message, Random& random) {
  constexpr std::array<std::string_view, 14> edges{
      "0",     "1",     "-1",         "127",        "128",        "255",        "256",
      "65535", "65536", "2147483647", "2147483648", "4294967295", "4294967296", "18446744073709551616"};
  std::vector<std::pair<std::size_t, std::size_t>> runs;
  for (std::size_t at = 0; at < message.size();) {
    auto const from = message.find_first_of("0123456789", at);
    if (from == std::string_view::npos) break;
    at = std::min(message.find_first_not_of("0123456789", from), message.size());
    if (is_number(message, from, at)) runs.emplace_back(from, at - from);
  }
  std::string out(message);
  if (runs.empty()) return out;
  auto const [from, length] = runs[random.below(runs.size())];
  return out.replace(from, length, edges[random.below(edges.size())]);
}

constexpr std::array all{
    Mutation{"flip_bit", "a bit is the other way", Framing::broken, flip_bit},
    Mutation{"put_octet", "an octet is another one", Framing::broken, put_octet},
    Mutation{"cut_off", "the end is missing", Framing::broken, cut_off},
    Mutation{"lose_some", "1 to 64 octets are missing", Framing::broken, lose_some},
    Mutation{"insert_noise", "1 to 64 octets of noise stand in it", Framing::broken, insert_noise},
    Mutation{"stretch", "a part of it stands there again and again", Framing::broken, stretch},
    Mutation{"twice_in_one", "it stands there twice", Framing::kept, twice_in_one},
    Mutation{"other_number", "a number is another one, at an edge of its range", Framing::broken, other_number},
};

}  // namespace

std::span<Mutation const> raw_mutations() {
  return all;
}

}  // namespace tollgate::fuzz
