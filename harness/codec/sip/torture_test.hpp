#pragma once
/// The torture messages of RFC 4475 and RFC 5118 and what is expected of them: testdata/README.md.
#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace tollgate::sip {

struct Torture {
  std::string file;     ///< "rfc4475/wsinv.dat"
  std::string section;  ///< "3.1.1.1"
  std::string outcome;
  std::string answer;  ///< "-" for none
  std::string octets;
};

inline std::string read_testdata(std::string const& file) {
  std::ifstream stream(std::string(TOLLGATE_SOURCE_DIR "/harness/codec/sip/testdata/") + file, std::ios::binary);
  EXPECT_TRUE(stream.is_open()) << file;
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Every message of the manifest, in its order.
inline std::vector<Torture> const& tortures() {
  static std::vector<Torture> const all = [] {
    std::vector<Torture> read;
    auto const manifest = read_testdata("manifest.tsv");
    for (auto const line : split(manifest, '\n')) {
      auto const columns = split(line, '\t');
      if (columns.size() != 5 || columns[0] == "file") continue;
      std::string const file(columns[0]);
      read.push_back({file, std::string(columns[1]), std::string(columns[3]), std::string(columns[4]), read_testdata(file)});
    }
    return read;
  }();
  return all;
}

inline Torture const& torture(std::string_view file) {
  auto const found = std::ranges::find(tortures(), file, &Torture::file);
  if (found == tortures().end()) throw std::runtime_error("no such message: " + std::string(file));
  return *found;
}

}  // namespace tollgate::sip
