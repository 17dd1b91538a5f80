// tollgate lint: every deviation of a message, a stream or a folder of them from its standard, and what a receiver makes of it.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "codec/cpim/judge.hpp"
#include "codec/diameter/judge.hpp"
#include "codec/diameter/message.hpp"
#include "codec/judge_stream.hpp"
#include "codec/msrp/judge.hpp"
#include "codec/msrp/message.hpp"
#include "codec/protocol.hpp"
#include "codec/sdp/judge.hpp"
#include "codec/sip/judge.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::cli {

namespace {

struct Linted {
  std::size_t messages = 0;
  std::size_t rejected = 0;
};

Judgement judge(Protocol protocol, std::string_view octets, bool stream) {
  switch (protocol) {
    case Protocol::sip: return sip::judge(octets, stream ? sip::Framing::stream : sip::Framing::datagram);
    case Protocol::sdp: return sdp::judge(octets);
    case Protocol::msrp: return msrp::judge(octets);
    case Protocol::cpim: return cpim::judge(octets);
    case Protocol::diameter: return diameter::judge(octets);
  }
  return {};
}

/// Where the first message of a stream ends: nowhere before the end for what knows no frames.
Framed frame(Protocol protocol, std::string_view octets, bool stream) {
  switch (protocol) {
    case Protocol::sip: return stream ? sip::frame(octets) : Framed::message(octets.size());
    case Protocol::msrp: return msrp::frame(octets);
    case Protocol::diameter: return diameter::frame(octets);
    case Protocol::sdp:
    case Protocol::cpim: break;
  }
  return Framed::message(octets.size());
}

void print(Judgement const& judgement, std::string_view octets, std::size_t base) {
  constexpr std::size_t shown = 60;
  for (auto const& one : judgement.diagnostics)
    fmt::print("  {:>6}  {:<6}  {:<20} {:<24} {}\n{}", base + one.offset, to_string(one.strength), one.rule, one.clause, one.detail,
               one.size == 0 ? "" : fmt::format("          \"{}\"\n", printable(octets.substr(one.offset, one.size), shown)));
}

Linted lint_file(std::string const& path, std::string_view octets, bool stream) {
  Linted linted;
  auto const protocol = guess_protocol(octets);
  auto const judged = judge_stream(
      octets, [&](std::string_view rest) { return frame(protocol, rest, stream); },
      [&](std::string_view message) { return judge(protocol, message, stream); },
      [&](std::string_view rest) { return stream && protocol == Protocol::sip && sip::is_keep_alive(rest); });
  for (auto const& [offset, size, judgement] : judged) {
    fmt::print("{}: {} at {}: {}{}\n", path, to_string(protocol), offset, to_string(judgement.outcome),
               judgement.answer ? fmt::format(", answered {}", *judgement.answer) : "");
    print(judgement, octets.substr(offset, size), offset);
    ++linted.messages;
    linted.rejected += judgement.outcome == Outcome::reject ? 1 : 0;
  }
  return linted;
}

/// The files below every folder, in order of their names.
std::vector<std::string> files_of(std::vector<std::string> const& paths) {
  std::vector<std::string> files;
  for (auto const& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    auto const first = files.size();
    for (auto const& entry : std::filesystem::recursive_directory_iterator(path))
      if (entry.is_regular_file()) files.push_back(entry.path().string());
    std::sort(files.begin() + static_cast<std::ptrdiff_t>(first), files.end());
  }
  return files;
}

}  // namespace

int lint(Options const& options) {
  auto const files = files_of(options.files);
  if (files.empty()) return refuse({exit_nothing_selected, "nothing to judge: no file in the folders given"});
  Linted all;
  for (auto const& path : files) {
    auto const octets = read_file(path);
    if (!octets) return refuse(octets.error());
    if (octets->empty()) return refuse({exit_nothing_selected, fmt::format("nothing to judge: {} is empty", path)});
    auto const linted = lint_file(path, *octets, options.stream);
    all.messages += linted.messages;
    all.rejected += linted.rejected;
  }
  fmt::print("{} messages, {} to be rejected\n", all.messages, all.rejected);
  return all.rejected == 0 ? exit_ok : exit_fail;
}

}  // namespace tollgate::cli
