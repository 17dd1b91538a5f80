#pragma once
/// The rules of the house style that a machine can hold, one function each. All are pure: a file in, complaints out.
#include <span>
#include <string_view>
#include <vector>

#include "tidy/source.hpp"

namespace tollgate::tidy {

/// An include that runs against the order of the layers, or that names none of them.
[[nodiscard]] std::vector<Complaint> check_includes(Source const& source);

inline constexpr std::size_t file_lines_max = 400;
inline constexpr std::size_t function_lines_max = 70;
[[nodiscard]] std::vector<Complaint> check_file_length(Source const& source);
/// Counts from the first line of the declaration to the closing brace. A lambda counts as part of what holds it, unless
/// a variable of a namespace or class is initialised with it.
[[nodiscard]] std::vector<Complaint> check_function_lengths(Source const& source);

/// An exception from the banned names, for one file, with its reason.
struct Permit {
  std::string_view file;
  std::string_view name;  ///< as in the table of banned names
  std::string_view reason;
};
/// The permits that the project has given.
[[nodiscard]] std::span<Permit const> permits();
/// Calls that wait, ask for the time, draw numbers, print or overrun, outside the places that are for it.
[[nodiscard]] std::vector<Complaint> check_banned_names(Source const& source, std::span<Permit const> permitted);
/// `catch (...)` with nothing in its body but perhaps a comment.
[[nodiscard]] std::vector<Complaint> check_swallowed_exceptions(Source const& source);

/// A header has `#pragma once` and says within its first five lines what it is for.
[[nodiscard]] std::vector<Complaint> check_header(Source const& source);
/// Work left for later names an issue: `TODO(#12)`.
[[nodiscard]] std::vector<Complaint> check_loose_ends(Source const& source);

}  // namespace tollgate::tidy
