#pragma once
/// The end that nobody wanted: a signal that would kill tollgate itself.

namespace tollgate::cli {

/// From now on an abort, a bad memory access and their kin end the program with the contract's code 70, its line last, and the
/// SUT that we started stopped. Where a sanitizer looks on, bad memory accesses stay its own to report.
void explains_crashes();

}  // namespace tollgate::cli
