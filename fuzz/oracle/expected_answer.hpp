#pragma once
/// The answer to a malformed message where its standard names one: SIP 400, 416, 420, 505 and so on, MSRP 400, 501, Diameter 3008, 5004,
/// 5014. A server that takes what it has to refuse, or refuses it by another code, works, and may mean to: it is told as an advisory,
/// which fails nothing, and is a finding only for who asks for it. Only requests are answered: of what is wrong with our responses and
/// CCAs no answer tells.
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/oracle/problem.hpp"
#include "trace/trace.hpp"

namespace tollgate::fuzz {

/// An answer that is not the one that the standard names.
struct Misanswer {
  trace::Channel channel{};
  std::string what;  ///< was wrong with our request: "CSeq (RFC 3261 8.1.1.5)"
  std::uint32_t wanted = 0, came = 0;

  friend auto operator<=>(Misanswer const&, Misanswer const&) = default;
};

/// Of a flow that has been judged: to each message of ours that was changed and got a final answer.
[[nodiscard]] std::vector<Misanswer> misanswers_in(trace::Trace const& flow);

/// Of a problem that is one.
inline constexpr std::string_view misanswered = "misanswered";
/// Each as a problem of that kind.
[[nodiscard]] std::vector<Problem> problems_of_answers(trace::Trace const& flow);

/// What fails nothing.
class Advisories {
 public:
  void look(trace::Trace const& flow, std::uint64_t case_number);
  /// Kinds of them.
  [[nodiscard]] std::size_t size() const { return all_.size(); }
  /// A line each, the most frequent first: how often, channel, what was wrong, the answer wanted and the one that came, the first case.
  [[nodiscard]] std::string text() const;

 private:
  struct Seen {
    std::uint64_t times = 0, first_case = 0;
  };
  std::map<Misanswer, Seen> all_;
};

}  // namespace tollgate::fuzz
