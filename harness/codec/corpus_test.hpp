#pragma once
/// The samples of a folder beside the code: octets with what their manifest expects of a receiver.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "codec/judgement.hpp"

namespace tollgate {

struct Sample {
  std::string file;  ///< "valid/send_text.msrp"
  bool is_valid = false;
  std::string expect;
  Octets octets;
};

inline Octets read_octets(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// `manifest.tsv` has a line of columns for each file: file, class, expectation, octets.
inline std::vector<Sample> read_samples(std::string const& folder) {
  std::vector<Sample> samples;
  std::filesystem::path const root = std::filesystem::path(TOLLGATE_SOURCE_DIR) / folder;
  std::ifstream manifest(root / "manifest.tsv");
  for (std::string line; std::getline(manifest, line);) {
    auto const columns = split(line, '\t');
    if (line.starts_with('#') || columns.size() < 4 || columns[0] == "file") continue;
    samples.push_back({.file = std::string(columns[0]),
                       .is_valid = columns[1] == "valid",
                       .expect = std::string(columns[2]),
                       .octets = read_octets(root / columns[0])});
  }
  return samples;
}

/// A deviation without octets says that something is absent; of any other the octets are shown.
inline bool has_octets_or_is_absent(Diagnostic const& one, std::string_view octets) {
  constexpr std::string_view words[] = {"missing", "not end", "expected", "no ", "body without", "not padded", "announced"};
  bool const is_absence = std::ranges::any_of(words, [&](auto word) { return one.detail.contains(word); });
  return one.size > 0 ? one.offset + one.size <= octets.size() : is_absence;
}

}  // namespace tollgate
