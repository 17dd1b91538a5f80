// Reads the tree once; links are not followed.
#include "tidy/tree.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace tollgate::tidy {

static std::string read(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || file.bad()) throw std::runtime_error("cannot read " + path.string());
  return text;
}

/// Dictionaries and other data are as long as what they list.
static constexpr std::array<std::string_view, 4> extensions{".cpp", ".hpp", ".c", ".h"};

std::vector<Source> read_tree(std::filesystem::path const& root) {
  std::vector<Source> sources;
  for (auto const* folder : {"harness", "scenarios", "reports", "fuzz", "bench"}) {
    if (!std::filesystem::is_directory(root / folder)) continue;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      auto const extension = entry.path().extension();
      if (!entry.is_regular_file() || std::ranges::find(extensions, extension) == extensions.end()) continue;
      sources.emplace_back(std::filesystem::relative(entry.path(), root).generic_string(), read(entry.path()));
    }
  }
  std::ranges::sort(sources, {}, &Source::path);
  return sources;
}

}  // namespace tollgate::tidy
