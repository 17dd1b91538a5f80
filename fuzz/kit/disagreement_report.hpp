#pragma once
/// What the kit's parsers and our judge disagree about in folders of messages, as a page of Markdown. The same messages
/// and the same parsers give the same page.
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#include "fuzz/kit/differential.hpp"

namespace tollgate::fuzz {

struct Compared {
  Disagreements disagreements;
  std::size_t messages = 0;
};

/// Gives every file of each folder to our judge and to every parser. A folder below a `diameter` is read as Diameter,
/// any other as SIP. Where the folder above has a `manifest.tsv`, its title of a good message is why it is good.
[[nodiscard]] Compared compare_folders(std::span<std::filesystem::path const> folders);
[[nodiscard]] std::string report(Compared const& compared);

}  // namespace tollgate::fuzz
