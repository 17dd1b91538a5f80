/// How long it takes to read a SIP message, beside other stacks and beside the least that reading costs: one look at
/// each octet for line feeds and colons by memchr, the floor.
#include <cstring>
#include <fmt/format.h>

#include "bench/allocations.hpp"
#include "bench/peers/peers.hpp"
#include "bench/sip_samples.hpp"
#include "codec/sdp/index.hpp"
#include "codec/sdp/msrp_media.hpp"
#include "codec/sip/index.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/uri.hpp"
#include "codec/sip/views.hpp"

namespace tollgate::bench {
namespace {

/// Every line feed, and the first colon of every line, as memchr finds them.
std::size_t floor_scan(std::string_view octets) {
  std::size_t found = 0;
  char const* at = octets.data();
  char const* const end = at + octets.size();
  while (at < end) {
    auto const left = static_cast<std::size_t>(end - at);
    auto const* const lf = static_cast<char const*>(std::memchr(at, '\n', left));
    auto const* const line_end = lf == nullptr ? end : lf;
    if (std::memchr(at, ':', static_cast<std::size_t>(line_end - at)) != nullptr) ++found;
    ++found;
    at = line_end + 1;
  }
  return found;
}

/// `octets` in memory that the compiler knows nothing of.
std::string_view hidden(std::string_view octets) {
  benchmark::DoNotOptimize(octets);
  return octets;
}

void floor(benchmark::State& state, std::string_view octets) {
  measure(state, octets.size(), [&] { benchmark::DoNotOptimize(floor_scan(hidden(octets))); });
}
void index(benchmark::State& state, std::string_view octets) {
  measure(state, octets.size(), [&] {
    auto const read = sip::Index::parse(hidden(octets));
    benchmark::DoNotOptimize(&read);
  });
}
void keep(auto const& view) {
  benchmark::DoNotOptimize(&view);
}

/// Every header field that the samples have as its typed view, URIs into their parts; of some that they have not, too.
void read_views(sip::Fields fields) {
  using sip::Name;
  auto const keep_each = [&](Name name, auto parse) { keep(sip::each(fields, name, parse, [](auto const& view) { keep(view); })); };
  keep_each(Name::via, sip::parse_via);
  keep(sip::from(fields));
  keep(sip::to(fields));
  keep(sip::call_id(fields));
  keep(sip::cseq(fields));
  keep(sip::max_forwards(fields));
  keep(sip::content_length(fields));
  keep_each(Name::contact, sip::parse_contact);
  keep_each(Name::route, sip::parse_route);
  keep_each(Name::service_route, sip::parse_route);
  keep_each(Name::p_asserted_identity, sip::parse_identity);
  keep_each(Name::accept_contact, sip::parse_accept_contact);
  keep_each(Name::allow, sip::parse_token);
  keep_each(Name::supported, sip::parse_token);
  keep(sip::user_agent(fields));
  keep(sip::content_type(fields));
  keep(sip::expires(fields));
  keep(sip::date(fields));
}

void views(benchmark::State& state, std::string_view octets) {
  measure(state, octets.size(), [&] {
    auto const read = sip::Index::parse(hidden(octets));
    read_views(*read);
  });
}
void views_and_sdp(benchmark::State& state, std::string_view octets) {
  measure(state, octets.size(), [&] {
    auto const read = sip::Index::parse(hidden(octets));
    read_views(*read);
    auto const lines = sdp::Index::parse(read->body());
    auto const media = sdp::msrp_media_view(*lines);
    benchmark::DoNotOptimize(&media);
  });
}
void message(benchmark::State& state, std::string_view octets) {
  measure(state, octets.size(), [&] {
    auto const read = sip::Message::parse(hidden(octets));
    benchmark::DoNotOptimize(&read);
  });
}

struct Row {
  std::string_view name;
  void (*run)(benchmark::State& state, std::string_view octets);
};
constexpr Row ours[] = {{"floor", floor}, {"index", index}, {"index and views", views}, {"message", message}};

struct Peer {
  std::string_view name;
  bool (*parse)(std::string_view octets);
};
constexpr Peer peers[] = {{"oSIP2", osip2_parse}, {"Sofia-SIP", sofia_parse}, {"libre", libre_parse}};
constexpr Peer peers_with_sdp[] = {
    {"oSIP2 and SDP", osip2_parse_with_sdp}, {"Sofia-SIP and SDP", sofia_parse_with_sdp}, {"libre and SDP", libre_parse_with_sdp}};

void add(std::string_view message_name, std::string_view octets, Peer const& peer) {
  benchmark::RegisterBenchmark(fmt::format("{}/{}", message_name, peer.name).c_str(), [=](benchmark::State& state) {
    if (!peer.parse(octets)) return state.SkipWithError("the peer does not take the message");
    measure(state, octets.size(), [&] { benchmark::DoNotOptimize(peer.parse(hidden(octets))); });
  });
}

bool add_all() {
  struct Sample {
    std::string_view name;
    std::string_view octets;
  };
  for (auto const& [name, octets] : {Sample{"INVITE", invite}, Sample{"REGISTER", registration}, Sample{"200", ok}}) {
    for (auto const& row : ours) benchmark::RegisterBenchmark(fmt::format("{}/{}", name, row.name).c_str(), row.run, octets);
    for (auto const& peer : peers) add(name, octets, peer);
  }
  benchmark::RegisterBenchmark("INVITE/index, views and SDP", views_and_sdp, invite);
  for (auto const& peer : peers_with_sdp) add("INVITE", invite, peer);
  return true;
}

bool const added = add_all();

}  // namespace
}  // namespace tollgate::bench
