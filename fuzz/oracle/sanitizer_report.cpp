#include "fuzz/oracle/sanitizer_report.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <span>

#include "base/text.hpp"

namespace tollgate::fuzz {

static constexpr std::string_view leak = "leak";  ///< a kind

namespace {

/// "ns::(anonymous namespace)::take(std::string const&)" -> "ns::(anonymous namespace)::take": what a rebuild leaves as it is.
std::string_view without_arguments(std::string_view function) {
  constexpr std::string_view anonymous = "(anonymous namespace)", call = "operator()";
  for (std::size_t at = 0; (at = function.find('(', at)) != std::string_view::npos;) {
    if (function.substr(at).starts_with(anonymous))
      at += anonymous.size();
    else if (function.substr(0, at + 2).ends_with(call))
      at += 2;
    else
      return function.substr(0, at);
  }
  return function;
}

/// Of the sanitizer, the C++ library and the system: where a bug shows, not where it is. `function` is without arguments.
bool is_foreign(std::string_view function, std::string_view place) {
  constexpr std::array<std::string_view, 20> prefixes{"__asan",     "__lsan",        "__ubsan",     "__msan",   "__tsan",
                                                      "__hwasan",   "__interceptor", "__sanitizer", "__libc",   "__GI_",
                                                      "___pthread", "__pthread_",    "__cxa_throw", "__assert", "__futex",
                                                      "std::",      "__gnu_cxx",     "boost::",     "fmt::",    "MemcmpInterceptor"};
  constexpr std::array<std::string_view, 24> names{
      "_start",  "start_thread", "clone",  "clone3", "operator new", "operator new[]", "operator delete", "operator delete[]",
      "malloc",  "realloc",      "calloc", "free",   "raise",        "gsignal",        "abort",           "memcpy",
      "memmove", "memset",       "strlen", "strcpy", "bcmp",         "memcmp",         "memchr",          "strcmp"};
  // Debian builds the C library from relative paths: "nptl/./nptl/pthread_mutex_lock.c".
  constexpr std::array<std::string_view, 8> places{"/usr/include/", "/usr/lib/",        "compiler-rt",      "/sysdeps/",
                                                   "nptl/./nptl/",  "stdlib/./stdlib/", "string/./string/", "malloc/./malloc/"};
  return std::ranges::any_of(prefixes, [&](auto word) { return function.starts_with(word); }) ||
         std::ranges::find(names, function) != names.end() || std::ranges::any_of(places, [&](auto part) { return place.contains(part); });
}

/// "    #1 0x55d1 in take(char const*) /src/im.cpp:12:3", of ThreadSanitizer "    #1 take(char const*) /src/im.cpp:12:3 (im+0x4f)":
/// function and place; empty where there is none.
std::pair<std::string_view, std::string_view> frame_in(std::string_view line) {
  auto const text = trim(line);
  auto const in = text.find(" in ");
  auto const number = std::min(text.find(' '), text.size());
  bool const has_address = text.substr(number).starts_with(" 0x");
  if (!text.starts_with('#') || (in == std::string_view::npos && has_address)) return {};
  auto const rest = has_address ? text.substr(in + 4) : trim(text.substr(number));
  auto const place = rest.find(" /");
  auto const module = rest.find(" (");
  auto const last = rest.rfind(' ');
  bool const is_relative = place == std::string_view::npos && module == std::string_view::npos && last != std::string_view::npos &&
                           rest.substr(last).contains('/');
  auto const end = is_relative ? last : std::min({place, module, rest.size()});
  return {rest.substr(0, end), end < rest.size() ? rest.substr(end + 1) : std::string_view()};
}

/// The first stack from that line on.
std::vector<std::string> frames_from(std::span<std::string_view const> lines) {
  constexpr std::size_t most = 3;
  std::vector<std::string> out;
  bool began = false;
  for (auto const line : lines) {
    auto const [function, place] = frame_in(line);
    bool const is_frame = trim(line).starts_with('#');
    if (!is_frame && began) break;
    if (function.empty()) continue;  // one that nobody could name, too
    began = true;
    auto name = std::string(without_arguments(function));
    bool const repeats = !out.empty() && out.back() == name;  // recursion, as deep as it went
    if (!is_foreign(name, place) && !repeats && out.size() < most) out.push_back(std::move(name));
  }
  return out;
}

std::string word_behind(std::string_view line, std::string_view what) {
  auto const at = line.find(what);
  if (at == std::string_view::npos) return "";
  auto const rest = trim(line.substr(at + what.size()));
  if (constexpr std::string_view race = "data race"; rest.starts_with(race)) return "data-race";
  return std::string(rest.substr(0, rest.find_first_of(" :")));
}

/// What that line begins; "" when it begins no report.
std::string kind_of(std::string_view line) {
  if (line.contains("ERROR: LeakSanitizer")) return std::string(leak);
  if (auto kind = word_behind(line, "ERROR: AddressSanitizer: "); !kind.empty()) return kind;
  for (auto const* const begin :
       {"ERROR: UndefinedBehaviorSanitizer: ", "ERROR: HWAddressSanitizer: ", "WARNING: MemorySanitizer: ", "WARNING: ThreadSanitizer: "})
    if (auto kind = word_behind(line, begin); !kind.empty()) return kind;
  if (auto const at = line.find(": runtime error: "); at != std::string_view::npos) return "undefined-behaviour";
  return "";
}

}  // namespace

std::string SanitizerReport::bucket() const {
  if (frames.empty()) return kind;
  return fmt::format("{} {}", kind == leak ? leak : "crash", fmt::join(frames, " < "));
}

std::optional<SanitizerReport> sanitizer_report(std::string_view output) {
  auto const lines = split(output, '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto kind = kind_of(lines[i]);
    if (kind.empty()) continue;
    SanitizerReport out{.kind = std::move(kind), .frames = frames_from(std::span(lines).subspan(i)), .text = {}};
    constexpr std::size_t most = 200'000;
    out.text = std::string(output.substr(static_cast<std::size_t>(lines[i].data() - output.data()))).substr(0, most);
    return out;
  }
  return std::nullopt;
}

/// Each stands behind a blank line.
std::vector<SanitizerReport> sanitizer_reports(std::string_view output) {
  auto first = sanitizer_report(output);
  if (!first) return {};
  if (first->kind != leak) return {std::move(*first)};
  constexpr std::string_view begin = "\nDirect leak of ";
  constexpr std::size_t most = 16;
  std::string_view const text = first->text;
  auto const heading = text.substr(0, text.find('\n') + 1);
  std::vector<SanitizerReport> out;
  for (auto at = text.find(begin); at != std::string_view::npos && out.size() < most; at = text.find(begin, at + 1)) {
    auto const end = text.find("\n\n", at);
    auto one = sanitizer_report(std::string(heading).append(text.substr(at, end == std::string_view::npos ? end : end + 1 - at)));
    bool const is_known = std::ranges::any_of(out, [&](auto const& other) { return other.bucket() == one->bucket(); });
    if (!is_known) out.push_back(std::move(*one));
  }
  if (out.empty()) out.push_back(std::move(*first));
  return out;
}

}  // namespace tollgate::fuzz
