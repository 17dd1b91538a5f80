// record_seeds OUT: writes what the fuzz targets start from to OUT/<kind>/<number>: each message of each case of the
// suite, played in simulated time over UDP and TCP against the faultless server and its variants, the texts of the
// scenario files, and inputs that are programs. `ci/fuzz --distil` keeps of them what reaches something that the others
// do not. Ends with 1 where a kind that a target starts from has no seed.
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include "codec/ch2/binding.hpp"
#include "codec/ch2/http.hpp"
#include "codec/cpim/message.hpp"
#include "codec/msrp/message.hpp"
#include "codec/sip/message.hpp"
#include "fuzz/disorder/programs.hpp"
#include "runner/plan.hpp"
#include "runner/simulated_run.hpp"
#include "scenarios/scenario_files.hpp"
#include "scenarios/suite.hpp"
#include "trace/capture/pcapng.hpp"

namespace tollgate {
namespace {

/// Seeds by kind, each once.
class Seeds {
 public:
  explicit Seeds(std::filesystem::path out) : out_(std::move(out)) {}

  void add(std::string const& kind, std::string_view octets) {
    auto& known = seeds_[kind];
    if (octets.empty() || !known.emplace(octets).second) return;
    std::filesystem::create_directories(out_ / kind);
    std::ofstream(out_ / kind / fmt::format("{:05}", known.size()), std::ios::binary) << octets;
  }
  [[nodiscard]] std::map<std::string, std::set<std::string, std::less<>>> const& all() const { return seeds_; }

 private:
  std::filesystem::path out_;
  std::map<std::string, std::set<std::string, std::less<>>> seeds_;
};

void add_sip(Seeds& seeds, std::string_view octets) {
  seeds.add("sip", octets);
  auto const message = sip::Message::parse(octets);
  if (message && message->value(sip::Name::content_type) == "application/sdp") seeds.add("sdp", message->body());
}

void add_msrp(Seeds& seeds, std::string_view octets) {
  seeds.add("msrp", octets);
  auto const message = msrp::Message::parse(octets);
  if (message && message->value("Content-Type") == "message/cpim") seeds.add("cpim", message->body());
}

/// The name of its kind.
std::string add_charging(Seeds& seeds, std::string_view octets) {
  std::string const kind = ch2::binding_of(octets) == ch2::Binding::http ? "http" : "diameter";
  seeds.add(kind, octets);
  if (kind == "http")
    if (auto const message = ch2::parse_http(octets)) seeds.add("ch2", message->body);
  return kind;
}

/// The beginning of it, as a file for Wireshark: what follows is new to no reader of captures.
void add_capture(Seeds& seeds, trace::Trace const& trace) {
  constexpr std::size_t events_most = 12;
  trace::Trace beginning;
  for (auto const& event : trace.events())
    if (event.id <= events_most) beginning.record(event);
  seeds.add("capture", trace::pcapng(beginning));
}

void add(Seeds& seeds, trace::Trace const& trace) {
  add_capture(seeds, trace);
  std::map<std::string, std::string> streams;
  for (auto const& event : trace.events()) {
    if (event.kind != trace::Kind::message) continue;
    std::string kind = event.channel == trace::Channel::sip ? "sip" : "msrp";
    if (event.channel == trace::Channel::sip) add_sip(seeds, event.octets);
    if (event.channel == trace::Channel::msrp) add_msrp(seeds, event.octets);
    if (event.channel == trace::Channel::ch2) kind = add_charging(seeds, event.octets);
    streams[kind] += event.octets;
  }
  constexpr std::size_t stream_most = 6000;
  for (auto const& [kind, stream] : streams)
    if (stream.size() <= stream_most) seeds.add(kind + "_stream", stream);
  auto const text = trace::save(trace);
  seeds.add("trace", text.substr(0, text.rfind('\n', 3'000) + 1));
}

void record(Seeds& seeds, SimulatedOptions const& options) {
  auto const suite = built_in_suite();
  auto plan =
      select(suite, {.prefixes = {"ORD", "REG", "DBT", "INV", "SDP", "MS", "NC", "DI"}});  // the others are long, and new to no parser
  std::erase_if(plan, [](Case const* one) { return one->info.kind == "invariant"; });
  auto results = plan_results(plan, {});
  run_simulated(plan, results, options, {.finished = [](CaseResult&) {}});
  for (auto const& result : results) add(seeds, result.trace);
}

/// Sections of the dictionary, each a dictionary by itself, and the whole grammar of one command with its AVPs.
void add_texts(Seeds& seeds) {
  for (auto const& file : scenario_files()) seeds.add("scenario", file.text);
  for (auto const text : fuzz::sut_files) seeds.add("sut", text);
  for (auto const text : fuzz::dictionaries) seeds.add("dictionary", text);
  for (auto const& program : fuzz::orders()) seeds.add("order", program);
  for (auto const& program : fuzz::event_rows()) seeds.add("events", program);
  seeds.add("canary", "MSRP abcd SEND\r\n");
}

/// What `ci/fuzz` looks for. Says which of them are empty.
bool has_every_kind(Seeds const& seeds) {
  bool is_whole = true;
  for (auto const* const kind : {"canary", "capture", "ch2", "cpim", "diameter", "diameter_stream", "dictionary", "events", "http",
                                 "http_stream", "msrp", "msrp_stream", "order", "scenario", "sdp", "sip", "sip_stream", "sut", "trace"}) {
    if (seeds.all().contains(kind)) continue;
    std::cerr << "record_seeds: there is no seed of the kind " << kind << '\n';
    is_whole = false;
  }
  return is_whole;
}

}  // namespace
}  // namespace tollgate

int main(int argc, char** argv) {
  using namespace tollgate;
  if (argc != 2) {
    std::cerr << "usage: record_seeds OUT\n";
    return 64;
  }
  Seeds seeds(argv[1]);
  using refserver::Fault;
  for (auto const transport : {trace::Transport::udp, trace::Transport::tcp}) record(seeds, {.ways = {.sip = transport}});
  record(seeds, {.server_profile = {refserver::Debit::each, refserver::Credit::split}});
  record(seeds, {.server_profile = {refserver::Debit::each, refserver::Credit::ecuru}});
  record(seeds, {.ways = {.binding = ch2::Binding::http}});
  for (auto const fault : {Fault::M13_reserve_per_message, Fault::M106_no_failure_report}) record(seeds, {.faults = {fault}});
  add_texts(seeds);
  for (auto const& [kind, all] : seeds.all()) std::cout << kind << ' ' << all.size() << '\n';
  return has_every_kind(seeds) ? 0 : 1;
}
