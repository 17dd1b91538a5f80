#pragma once
/// What a case changes in a message of ours: fields before it is written, octets after.
#include <string>
#include <vector>

#include "base/text.hpp"
#include "fields/fields.hpp"

namespace tollgate {

/// Octets that stand in for others; the first place only. Lengths are not repaired.
struct Replacement {
  Octets find, put;
};

struct Amendment {
  std::vector<fields::Edit> edits = {};
  std::vector<Replacement> octets = {};

  template <class Message>
  void change(Message& message) const {
    for (auto const& edit : edits) fields::apply(edit, message);
  }
  [[nodiscard]] Octets finish(Octets written) const;
};

}  // namespace tollgate
