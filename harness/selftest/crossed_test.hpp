#pragma once
/// What crossed the wire in a case of a run, as its trace has it.
#include <set>
#include <string>

#include "selftest/program_test.hpp"
#include "trace/trace.hpp"

namespace tollgate::selftest {

/// What a trace of a run holds of one channel: the octets, and over what.
struct Crossed {
  std::string octets;
  std::set<trace::Transport> over;
  std::set<std::string> hosts;
};

inline Crossed crossed(std::filesystem::path const& file, trace::Channel channel) {
  Crossed out;
  auto const trace = trace::load(read_file(file));
  if (!trace) return out;
  for (auto const& event : trace->events()) {
    if (event.kind != trace::Kind::message || event.channel != channel) continue;
    out.octets += event.octets;
    out.over.insert(event.transport);
    for (auto const& end : {event.local, event.remote})
      if (auto const address = Address::parse(end)) out.hosts.insert(address->host);
  }
  return out;
}

}  // namespace tollgate::selftest
