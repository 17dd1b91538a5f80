#pragma once
/// What crossed the wires of one disorderly run: the trace that the rules judge, and the mutation that awaits the next
/// octets that we send.
#include <optional>

#include "fuzz/mutate/mutate.hpp"
#include "sim/clock.hpp"
#include "trace/trace.hpp"

namespace tollgate::fuzz {

class Journal {
 public:
  explicit Journal(Clock& clock) : clock_(clock) {}

  [[nodiscard]] Clock& clock() { return clock_; }
  [[nodiscard]] trace::Trace const& trace() const { return trace_; }
  trace::EventId record(trace::Event event);

  /// The next message that `mangled` sees is mutated from this seed.
  void mutate_next(std::uint64_t seed) { seed_ = seed; }
  [[nodiscard]] Octets mangled(Protocol protocol, Octets octets);
  /// Whether a mutation awaits.
  [[nodiscard]] bool mutates() const { return seed_.has_value(); }

 private:
  Clock& clock_;
  trace::Trace trace_;
  std::optional<std::uint64_t> seed_;
};

/// One line an event, for whoever reads a finding.
[[nodiscard]] std::string story(trace::Trace const& trace);

}  // namespace tollgate::fuzz
