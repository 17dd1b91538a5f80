/// How long it takes to read an MSRP chunk beside the least that reading costs, the floor: memchr over the same octets,
/// once for each line feed and the first colon of each header line, and in the body once for each CR, as an end-line
/// follows one. No MSRP stack is packaged that could be measured beside us.
#include <cstring>
#include <fmt/format.h>
#include <string>

#include "bench/allocations.hpp"
#include "codec/msrp/index.hpp"
#include "codec/msrp/judge.hpp"

namespace tollgate::bench {
namespace {

std::size_t floor_scan(std::string_view octets, std::size_t body) {
  std::size_t found = 0;
  char const* at = octets.data();
  char const* const end = at + octets.size();
  auto const find = [](char const* from, char const* to, char octet) {
    auto const* const hit = static_cast<char const*>(std::memchr(from, octet, static_cast<std::size_t>(to - from)));
    return hit == nullptr ? to : hit;
  };
  while (at < octets.data() + body) {
    auto const* const lf = find(at, end, '\n');
    found += find(at, lf, ':') != lf ? 2 : 1;
    at = lf + 1;
  }
  for (; at < end; ++found) at = find(at, end, '\r') + 1;
  return found;
}

/// A SEND of `size` octets in all, its body of lines of `line` octets; 0 for a body without any line end.
std::string send_of(std::size_t size, std::size_t line) {
  std::string octets =
      "MSRP d93kswow SEND\r\n"
      "To-Path: msrp://im.example.com:2855/s111271;tcp\r\n"
      "From-Path: msrp://192.0.2.10:7654/jshA7weztas;tcp\r\n"
      "Message-ID: 87652491\r\n"
      "Byte-Range: 1-*/*\r\n"
      "Success-Report: yes\r\n"
      "Content-Type: text/plain\r\n"
      "\r\n";
  std::string_view const end = "\r\n-------d93kswow$\r\n";
  for (std::size_t i = 1; octets.size() + end.size() < size; ++i) {
    bool const breaks = line != 0 && i % line == 0 && octets.size() + end.size() + 2 <= size;
    if (breaks)
      octets += "\r\n";
    else
      octets += static_cast<char>('a' + i % 26);
  }
  return octets.append(end);
}

/// `octets` in memory that the compiler knows nothing of.
std::string_view hidden(std::string_view octets) {
  benchmark::DoNotOptimize(octets);
  return octets;
}

void add(std::string const& name, std::string const& octets) {
  auto const body = octets.find("\r\n\r\n") + 4;
  auto const run = [&](std::string_view what, auto work) {
    benchmark::RegisterBenchmark(fmt::format("MSRP {}/{}", name, what).c_str(),
                                 [=](benchmark::State& state) { measure(state, octets.size(), [&] { work(std::string_view(octets)); }); });
  };
  run("floor", [body](std::string_view text) { benchmark::DoNotOptimize(floor_scan(hidden(text), body)); });
  run("index", [](std::string_view text) {
    auto const read = msrp::Index::parse(hidden(text));
    benchmark::DoNotOptimize(&read);
  });
  run("message", [](std::string_view text) {
    auto const read = msrp::Message::parse(hidden(text));
    benchmark::DoNotOptimize(&read);
  });
  run("judge", [](std::string_view text) {
    auto const read = msrp::judge(hidden(text));
    benchmark::DoNotOptimize(&read);
  });
}

[[maybe_unused]] bool const added = [] {
  add("SEND 424", send_of(424, 40));
  add("SEND 64K", send_of(64 * std::size_t{1024}, 0));
  add("SEND 64K lines", send_of(64 * std::size_t{1024}, 76));
  return true;
}();

}  // namespace
}  // namespace tollgate::bench
