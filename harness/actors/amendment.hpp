#pragma once
/// What a case changes in a message of ours: fields before it is written, octets after, and how TCP cuts those.
#include <functional>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "fields/fields.hpp"
#include "transport/segments.hpp"

namespace tollgate {

/// Octets that stand in for others; the first place only. Lengths are not repaired.
struct Replacement {
  Octets find, put;
};

struct Amendment {
  std::vector<fields::Edit> edits = {};
  std::vector<Replacement> octets = {};
  std::function<Octets(Octets)> rewrite = {};  ///< of the finished octets, for what no edit says
  Segments segments = {};

  [[nodiscard]] bool is_empty() const { return edits.empty() && octets.empty() && !rewrite && segments.octets == 0 && !segments.with_next; }
  template <class Message>
  void change(Message& message) const {
    for (auto const& edit : edits) fields::apply(edit, message);
  }
  [[nodiscard]] Octets finish(Octets written) const;
};

}  // namespace tollgate
