#pragma once
/// A folder for one test, which is not there at its start and gone behind it.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <unistd.h>
#include <vector>

namespace tollgate::fuzz {

class FolderTest : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::remove_all(root); }
  void TearDown() override { std::filesystem::remove_all(root); }
  [[nodiscard]] std::string text(std::string const& file) const {
    std::ifstream in(root / file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (auto const& entry : std::filesystem::directory_iterator(root)) out.push_back(entry.path().filename().string());
    return out;
  }
  std::filesystem::path root = std::filesystem::path(testing::TempDir()) / ("tollgate-folder-" + std::to_string(::getpid()));
};

}  // namespace tollgate::fuzz
