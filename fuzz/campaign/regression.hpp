#pragma once
/// A finding of the campaign as a case of a suite: its flows with their changes, which a mended server bears.
#include <functional>
#include <string>

#include "fuzz/campaign/flow.hpp"
#include "fuzz/campaign/repro_file.hpp"

namespace tollgate::fuzz {

/// `where` is the file. `flows` are those that the file names, in its order. The case is called as the finding's folder is, passes
/// where the monitors do, and fails where the server ends.
[[nodiscard]] Case regression_case(ReproFile const& repro, std::vector<BaseFlow> flows, std::string const& where);

}  // namespace tollgate::fuzz
