#pragma once
/// Who judges a bundle again, and what there is to say of it.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runner/case.hpp"

namespace tollgate::reports {

/// Its version, and the purposes that it knows.
struct Judge {
  std::string_view version;
  std::span<Case const> suite;
};

struct Remarks {
  std::vector<std::string> complaints;  ///< each names the file or the case, and what is wrong
  std::vector<std::string> notes;       ///< what could not be looked at, and why
};

}  // namespace tollgate::reports
