#pragma once
/// Files in one archive: tar (POSIX.1-2001 pax), compressed by zstd. The same files make the same octets.
#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "base/text.hpp"

namespace tollgate::reports {

/// Octets by name: relative, with `/`, without `..`.
using Files = std::map<std::string, Octets>;

/// Gives the octets of a file by its name; nothing where there is none. `files` outlives it.
[[nodiscard]] std::function<std::optional<std::string>(std::string const& name)> reader_of(Files const& files);

/// Limits of what is read: an archive may be anybody's.
inline constexpr std::size_t archive_files_max = 100'000, archive_octets_max = std::size_t{2} << 30U;

[[nodiscard]] Octets write_archive(Files const& files);
/// The error is a sentence: no archive, a name that leads out of it, a name that comes twice, over a limit.
[[nodiscard]] std::expected<Files, std::string> read_archive(std::string_view octets);

/// Every file below the folder, links left out. The error names what cannot be read.
[[nodiscard]] std::expected<Files, std::string> files_below(std::filesystem::path const& folder);

}  // namespace tollgate::reports
