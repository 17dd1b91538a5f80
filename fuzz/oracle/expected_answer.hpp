#pragma once
/// The answer to a malformed message where its standard names one: SIP 400, 416, 420, 505 and so on, MSRP 400, 501, Diameter 3008, 5004,
/// 5014. A server that takes what it has to refuse, or refuses it by another code, works, and may mean to: it is told as an advisory,
/// which fails nothing and is no finding. Only requests are answered: of what is wrong with our responses and CCAs no answer tells.
#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "trace/trace.hpp"

namespace tollgate::fuzz {

class Advisories {
 public:
  /// A flow that has been judged: each message of ours that was changed and got a final answer.
  void look(trace::Trace const& flow, std::uint64_t case_number);
  /// Kinds of them.
  [[nodiscard]] std::size_t size() const { return all_.size(); }
  /// A line each, the most frequent first: how often, channel, what was wrong, the answer wanted and the one that came, the first case.
  [[nodiscard]] std::string text() const;

 private:
  using Key =
      std::tuple<trace::Channel, std::string, std::uint32_t, std::uint32_t>;  ///< what was wrong, the answer wanted, the one that came
  struct Seen {
    std::uint64_t times = 0, first_case = 0;
  };
  std::map<Key, Seen> all_;
};

}  // namespace tollgate::fuzz
