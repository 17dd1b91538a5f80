// The main program of a fuzz target where there is no fuzzing engine: runs the target on every file that it is given,
// and on every file of every folder. Options (-runs=0) are libFuzzer's and mean nothing here.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/support/target.hpp"

namespace {

std::vector<std::filesystem::path> files_of(std::filesystem::path const& path) {
  if (!std::filesystem::is_directory(path)) return {path};
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(path))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

bool run(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::string const octets{std::istreambuf_iterator<char>(file), {}};
  if (!file) {
    std::cerr << path.string() << " cannot be read\n";
    return false;
  }
  std::cerr << "Running: " << path.string() << '\n';
  (void)LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(octets.data()), octets.size());
  return true;
}

}  // namespace

/// Only an engine mutates.
std::size_t LLVMFuzzerMutate(std::uint8_t*, std::size_t size, std::size_t) {
  return size;
}

int main(int argc, char** argv) {
  std::size_t ran = 0;
  for (std::string_view const argument : std::vector<std::string_view>(argv + 1, argv + argc)) {
    if (argument.starts_with('-')) continue;
    for (auto const& file : files_of(argument)) {
      if (!run(file)) return 1;
      ++ran;
    }
  }
  std::cerr << ran << " inputs ran\n";
  return ran == 0 ? 1 : 0;
}
