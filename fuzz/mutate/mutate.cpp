#include "fuzz/mutate/mutate.hpp"

#include "fuzz/mutate/protocols.hpp"

namespace tollgate::fuzz {

std::span<Mutation const> mutations(Protocol protocol) {
  switch (protocol) {
    case Protocol::sip: return sip_mutations();
    case Protocol::sdp: return sdp_mutations();
    case Protocol::msrp: return msrp_mutations();
    case Protocol::cpim: return cpim_mutations();
    case Protocol::diameter: return diameter_mutations();
    case Protocol::http: return http_mutations();
  }
  return {};
}

std::string mutate(Protocol protocol, std::string_view message, Random& random) {
  auto const all = mutations(protocol);
  auto const first = random.below(all.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    if (auto mutated = all[(first + i) % all.size()].apply(message, random); mutated != message) return mutated;
  return std::string(message);
}

std::string cross_over(Protocol protocol, std::string_view first, std::string_view second, Random& random) {
  switch (protocol) {
    case Protocol::sip: return sip_cross_over(first, second, random);
    case Protocol::sdp: return sdp_cross_over(first, second, random);
    case Protocol::msrp: return msrp_cross_over(first, second, random);
    case Protocol::cpim: return cpim_cross_over(first, second, random);
    case Protocol::diameter: return diameter_cross_over(first, second, random);
    case Protocol::http: return http_cross_over(first, second, random);
  }
  return std::string(first);
}

std::string_view to_string(Protocol protocol) {
  switch (protocol) {
    case Protocol::sip: return "sip";
    case Protocol::sdp: return "sdp";
    case Protocol::msrp: return "msrp";
    case Protocol::cpim: return "cpim";
    case Protocol::diameter: return "diameter";
    case Protocol::http: return "http";
  }
  return "";
}

}  // namespace tollgate::fuzz
