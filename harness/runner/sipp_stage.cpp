#include "runner/sipp_stage.hpp"

#include <algorithm>
#include <cctype>
#include <errno.h>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <stdlib.h>
#include <unistd.h>

#include "base/text.hpp"
#include "codec/sip/response.hpp"
#include "runner/child_process.hpp"
#include "transport/sockets.hpp"

namespace tollgate {

namespace {

/// Of what a program says that did not come to be SIPp: the loader, a script.
std::string first_line(std::string_view written) {
  constexpr std::size_t most = 300;
  for (auto const line : split(written, '\n'))
    if (!trim(line).empty()) return printable(trim(line), most);
  return "";
}

/// One SIPp. What it writes to its error file it says at its end, or to standard error where there is no such file.
class SippProgram final : public sipp::Program {
 public:
  SippProgram(WallClock& clock, std::vector<std::string> const& command, std::filesystem::path errors)
      : errors_(std::move(errors)), process_(clock, command, {{"TERM", "dumb"}}, ChildProcess::Keeps::error) {
    process_.on_end = [this] {
      account_ = read_account();
      if (on_end) on_end();
    };
  }
  ~SippProgram() override {
    process_.on_end = nullptr;
    process_.end(Duration::zero());  // it holds nothing that it should give back
    std::error_code ignored;
    std::filesystem::remove(errors_, ignored);
  }
  [[nodiscard]] bool ended() const override { return process_.ended(); }
  [[nodiscard]] std::string account() const override { return account_; }
  void looks() override { process_.look(); }
  [[nodiscard]] std::string complaint() const override {
    std::ifstream in(errors_);
    return complaint_of_sipp(std::string(std::istreambuf_iterator<char>(in), {}));
  }

 private:
  /// Its exit code and what it has to complain of.
  [[nodiscard]] std::string read_account() {
    auto complaint = this->complaint();
    process_.reads_output();
    if (complaint.empty() && process_.how_it_ended() != "exit 0") complaint = first_line(process_.output());
    return process_.how_it_ended() + (complaint.empty() ? "" : ": " + complaint);
  }
  std::filesystem::path errors_;
  std::string account_;
  ChildProcess process_;
};

/// SIPp puts one in front of -auth_uri.
std::string without_scheme(std::string const& uri) {
  constexpr std::string_view scheme = "sip:";
  return uri.starts_with(scheme) ? uri.substr(scheme.size()) : uri;
}

/// Throws std::runtime_error with a sentence.
std::filesystem::path fresh_folder() {
  std::error_code error;
  auto const where = std::filesystem::temp_directory_path(error);
  if (error) throw std::runtime_error("SIPp's scenarios need a folder, and TMPDIR names none");
  auto name = (where / "tollgate-sipp-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    std::error_code const why(errno, std::generic_category());
    throw std::runtime_error(fmt::format("SIPp's scenarios need a folder, and none can be made in {}: {}", where.string(), why.message()));
  }
  return name;
}

}  // namespace

std::string complaint_of_sipp(std::string_view written) {
  constexpr std::size_t most = 300;
  for (auto const line : split(written, '\n')) {  // "2026-11-27\t20:05:55.651284\t1795809955.651284: Aborting call ..."
    auto const tab = line.rfind('\t');
    if (tab == std::string_view::npos) continue;
    auto const text = line.substr(tab + 1);
    if (auto const colon = text.find(": "); colon < text.find(' ')) return std::string(trim(text.substr(colon + 2)).substr(0, most));
  }
  return "";
}

std::optional<std::string> why_no_sipp_stage() {
  try {
    std::filesystem::remove(fresh_folder());
  } catch (std::runtime_error const& error) {
    return error.what();
  }
  return std::nullopt;
}

SippStage::SippStage(WallClock& clock, SippSettings settings)
    : clock_(clock), settings_(std::move(settings)), network_(std::make_unique<SocketNetwork>(clock)), folder_(fresh_folder()) {}

SippStage::~SippStage() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::unique_ptr<SipAuthor> SippStage::author(Seat seat, Network& network) {
  return std::make_unique<sipp::SippAuthor>(
      std::move(seat), network, [this](sipp::Part const& part) { return start(part); },
      sipp::OwnScenarios{.registers = !settings_.own_register.empty(), .sessions = !settings_.own_session.empty()});
}

/// Whether SIPp reads it as it is within [authentication ...].
static bool is_plain(std::string_view secret) {
  constexpr std::size_t most = 200;  // SIPp's own limit is near
  static constexpr std::string_view others = "-._~";
  return !secret.empty() && secret.size() <= most &&
         std::ranges::all_of(secret, [](unsigned char c) { return std::isalnum(c) != 0 || others.contains(static_cast<char>(c)); });
}

std::string const& SippStage::scene(sipp::Part const& part) const {
  if (part.scene == "accept" && !settings_.own_session.empty()) return settings_.own_session;
  return part.scene == "own_register" ? settings_.own_register : settings_.scenes.at(part.scene);
}

/// In the scenario, whose folder is ours alone, and not among the arguments, which everybody on the machine can read.
static bool holds_password(sipp::Part const& part) {
  return !part.user.empty() && is_plain(part.user) && is_plain(part.password);
}

/// Each `[authentication ...]` has them, unless its author has written others there.
static std::string with_password(std::string text, sipp::Part const& part) {
  constexpr std::string_view keyword = "[authentication";
  for (auto at = text.find(keyword); at != std::string::npos; at = text.find(keyword, at + 1)) {
    auto const end = std::min(text.find(']', at), text.size());
    auto const written = std::string_view(text).substr(at, end - at);
    std::string more;
    if (!written.contains("username=")) more += " username=" + part.user;
    if (!written.contains("password=")) more += " password=" + part.password;
    text.insert(at + keyword.size(), more);
  }
  return text;
}

std::string SippStage::scenario_file(sipp::Part const& part, std::uint32_t nth) {
  bool const is_secret = holds_password(part);
  auto const path = folder_ / fmt::format("{}_{}{}.xml", part.scene, part.status, is_secret ? fmt::format("_{}", nth) : "");
  if (std::filesystem::exists(path)) return path.string();
  auto const& written = scene(part);
  bool const is_own = &written == &settings_.own_session || &written == &settings_.own_register;
  auto text = written;
  if (is_secret) text = with_password(std::move(text), part);
  if (!is_own) {
    text = replaced(std::move(text), "{status}", std::to_string(part.status));
    text = replaced(std::move(text), "{reason}", sip::reason_phrase(part.status));
  }
  std::ofstream(path) << text;
  return path.string();
}

constexpr static std::uint16_t sip_port = 5060;

std::uint32_t SippStage::own_network() {
  constexpr std::uint32_t networks = 250, first = 2;
  if (reserved_) return own_network_;
  for (std::uint32_t i = 0; i < networks; ++i) {
    own_network_ = first + (static_cast<std::uint32_t>(::getpid()) + i) % networks;
    try {
      reserved_ = network_->bind({fmt::format("127.{}.255.255", own_network_), sip_port});  // where no SIPp is
      return own_network_;
    } catch (NetworkError const&) {
      continue;  // another run's
    }
  }
  throw std::runtime_error("SIPp has no loopback address: 250 runs with --client sipp go on");
}

sipp::Staged SippStage::start(sipp::Part const& part) {
  constexpr std::uint32_t hosts = 254, blocks = 255;
  auto const nth = started_++;
  // Each has an address of the loopback network for itself, so no port that it opens is another's.
  Address const at{fmt::format("127.{}.{}.{}", own_network(), nth / hosts % blocks, nth % hosts + 1), sip_port};
  auto const errors = folder_ / fmt::format("errors_{}.log", nth);
  std::vector<std::string> command{settings_.program,
                                   "-sf",
                                   scenario_file(part, nth),
                                   "-i",
                                   at.host,
                                   "-p",
                                   fmt::format("{}", at.port),
                                   "-ci",
                                   at.host,
                                   "-mi",
                                   at.host,
                                   "-t",
                                   "t1",
                                   "-m",
                                   "1",
                                   "-r",
                                   "1000",
                                   "-rp",
                                   "1",
                                   "-nostdin",
                                   "-nd",
                                   "-skip_rlimit",
                                   "-timer_resol",
                                   "1",
                                   "-timeout",
                                   "600s",
                                   "-timeout_error",
                                   "-trace_err",
                                   "-error_file",
                                   errors.string()};
  if (!part.cseq.empty()) command.insert(command.end(), {"-base_cseq", part.cseq, "-cid_str", replaced(part.call_id, "%", "%%")});
  if (!part.user.empty()) command.insert(command.end(), {"-auth_uri", without_scheme(part.digest_uri)});
  if (!part.user.empty() && !holds_password(part)) command.insert(command.end(), {"-au", part.user, "-ap", part.password});
  for (auto const& [key, value] : part.keys) command.insert(command.end(), {"-key", key, value});
  if (part.calls) command.push_back(part.tap.text());
  return {std::make_unique<SippProgram>(clock_, command, errors), at};
}

}  // namespace tollgate
