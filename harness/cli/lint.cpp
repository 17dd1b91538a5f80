// tollgate lint: every deviation of a message, a stream or a folder of them from its standard, and what a receiver makes of it.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <optional>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "codec/ch2/binding.hpp"
#include "codec/ch2/document.hpp"
#include "codec/ch2/http.hpp"
#include "codec/cpim/judge.hpp"
#include "codec/deviations.hpp"
#include "codec/diameter/judge.hpp"
#include "codec/diameter/message.hpp"
#include "codec/diameter/peer_state.hpp"
#include "codec/judge_stream.hpp"
#include "codec/msrp/judge.hpp"
#include "codec/msrp/message.hpp"
#include "codec/protocol.hpp"
#include "codec/sdp/judge.hpp"
#include "codec/sip/descriptions.hpp"
#include "codec/sip/judge.hpp"
#include "codec/sip/message.hpp"
#include "trace/capture/capture_file.hpp"
#include "trace/trace.hpp"

namespace tollgate::cli {

namespace {

/// The messages of one file. Of a stream, the later ones are judged beside those before them: a SIP description by its offer
/// and its side's last one, a Diameter message by its connection, which began with capabilities.
class Reader {
 public:
  Reader(Protocol protocol, bool is_stream) : protocol_(protocol), is_stream_(is_stream) {}

  [[nodiscard]] std::vector<JudgedMessage> judged(std::string_view octets) {
    return judge_stream(
        octets, [&](std::string_view rest) { return frame(rest); }, [&](std::string_view message) { return judge(message); },
        [&](std::string_view rest) { return is_stream_ && protocol_ == Protocol::sip && sip::is_keep_alive(rest); });
  }

 private:
  /// Where the first message ends: nowhere before the end for what knows no frames.
  [[nodiscard]] Framed frame(std::string_view octets) const {
    switch (protocol_) {
      case Protocol::sip: return is_stream_ ? sip::frame(octets) : Framed::message(octets.size());
      case Protocol::msrp: return msrp::frame(octets);
      case Protocol::diameter: return diameter::frame(octets);
      case Protocol::ch2: return ch2::is_http(octets) ? ch2::frame_http(octets) : Framed::message(octets.size());
      case Protocol::sdp:
      case Protocol::cpim: break;
    }
    return Framed::message(octets.size());
  }

  [[nodiscard]] Judgement judge(std::string_view octets) {
    switch (protocol_) {
      case Protocol::sip: return is_stream_ ? sip_on_stream(octets) : sip::judge(octets, sip::Framing::datagram);
      case Protocol::sdp: return sdp::judge(octets);
      case Protocol::msrp: return msrp::judge(octets);
      case Protocol::cpim: return cpim::judge(octets);
      case Protocol::diameter: return is_stream_ ? peer_.judge(octets) : diameter::judge(octets);
      case Protocol::ch2: return ch2::is_http(octets) ? ch2::judge(octets) : ch2::judge_document(octets);
    }
    return {};
  }

  [[nodiscard]] Judgement sip_on_stream(std::string_view octets) {
    Deviations found;
    for (auto part : {sip::judge(octets, sip::Framing::stream), descriptions_.judge(octets)}) {
      auto const answer = part.answer;
      found.note(std::move(part), 0, answer);
    }
    return std::move(found).take();
  }

  Protocol protocol_;
  bool is_stream_;
  sip::Descriptions descriptions_;
  diameter::PeerState peer_;
};

/// The octets that deviate or, where something is absent, those that stand in its place.
std::string shown(Diagnostic const& one, std::string_view octets) {
  constexpr std::size_t most = 60, most_behind = 20;
  if (one.size > 0) return fmt::format("\"{}\"", printable(octets.substr(one.offset, one.size), most));
  auto const behind = octets.substr(std::min(one.offset, octets.size()));
  if (behind.empty()) return "(absent at the end)";
  return fmt::format("(absent before \"{}\")", printable(behind.substr(0, most_behind)));
}

struct Linted {
  std::size_t files = 0;
  std::size_t messages = 0;
  std::size_t rejected = 0;
  std::size_t passed_over = 0;  ///< files
};

void lint_file(std::string const& path, std::string_view octets, Protocol protocol, bool is_stream, Linted& linted) {
  ++linted.files;
  for (auto const& [offset, size, judgement] : Reader(protocol, is_stream).judged(octets)) {
    fmt::print("{}: {} at {}: {}{}\n", path, to_string(protocol), offset, to_string(judgement.outcome),
               judgement.answer ? fmt::format(", answered {}", *judgement.answer) : "");
    for (auto const& one : judgement.diagnostics)
      fmt::print("  {:>6}  {:<6}  {:<20} {:<24} {}\n          {}\n", offset + one.offset, to_string(one.strength), one.rule, one.clause,
                 printable(one.detail, 200), shown(one, octets.substr(offset, size)));
    ++linted.messages;
    linted.rejected += judgement.outcome == Outcome::reject ? 1 : 0;
  }
}

struct File {
  std::string path;
  bool is_named = false;  ///< by the user, not found in a folder
};

/// What lies beside samples and is none: their description.
bool is_document(std::filesystem::path const& path) {
  constexpr std::array<std::string_view, 2> endings{".md", ".tsv"};
  return path.filename().string().starts_with('.') || std::ranges::find(endings, path.extension().string()) != endings.end();
}

/// The files given and those below every folder, the latter in order of their names.
std::vector<File> files_of(std::vector<std::string> const& paths) {
  std::vector<File> files;
  for (auto const& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      files.push_back({path, true});
      continue;
    }
    auto const first = files.size();
    for (auto const& entry : std::filesystem::recursive_directory_iterator(path))
      if (entry.is_regular_file() && !is_document(entry.path())) files.push_back({entry.path().string()});
    std::ranges::sort(files.begin() + static_cast<std::ptrdiff_t>(first), files.end(), {}, &File::path);
  }
  return files;
}

/// As the user says, as the name ends, as the octets begin; a file that was named is judged in any case.
std::optional<Protocol> protocol_of(Options const& options, File const& file, std::string_view octets) {
  if (!options.protocol.empty()) return protocol_named(options.protocol);
  auto const ending = std::filesystem::path(file.path).extension().string();
  if (!ending.empty())
    if (auto const named = protocol_named(std::string_view(ending).substr(1))) return named;
  if (auto const guessed = guess_protocol(octets)) return guessed;
  return file.is_named ? std::optional(Protocol::sip) : std::nullopt;
}

}  // namespace

int lint(Options const& options) {
  Linted all;
  for (auto const& file : files_of(options.files)) {
    auto const octets = read_file(file.path);
    if (!octets) return refuse(octets.error());
    if (octets->empty() && file.is_named) return refuse({exit_nothing_selected, fmt::format("nothing to judge: {} is empty", file.path)});
    bool const may_be_other = file.is_named && options.protocol.empty();
    if (may_be_other && (trace::is_capture_file(*octets) || trace::load(*octets)))
      return refuse({exit_usage, fmt::format("{} holds a recorded run, not a message: `tollgate judge {}`", file.path, file.path)});
    auto const protocol = octets->empty() ? std::nullopt : protocol_of(options, file, *octets);
    if (protocol)
      lint_file(file.path, *octets, *protocol, options.stream, all);
    else
      ++all.passed_over;
  }
  if (all.files == 0) return refuse({exit_nothing_selected, "nothing to judge: no file in the folders given holds a message that we know"});
  if (all.passed_over > 0) fmt::print("{} files passed over, which begin like no message; --protocol judges them too\n", all.passed_over);
  fmt::print("{} message{}, {} to be rejected\n", all.messages, all.messages == 1 ? "" : "s", all.rejected);
  return all.rejected == 0 ? exit_ok : exit_fail;
}

}  // namespace tollgate::cli
