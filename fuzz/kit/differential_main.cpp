// differential [--least N] FOLDER...: the messages of each folder to our judge and to every parser that this build has.
// Prints the disagreements by kind, as a Markdown table. A folder below a `diameter` is read as Diameter, any other as
// SIP. Exit code 1 when there are fewer kinds than N: then a parser that is known to be wrong was not found out.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/text.hpp"
#include "fuzz/kit/differential.hpp"

using namespace tollgate;

static std::size_t compare_folder(fuzz::Disagreements& disagreements, std::filesystem::path const& folder) {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::ranges::sort(files);
  bool const is_diameter = folder.generic_string().contains("diameter");
  for (auto const& path : files) {
    std::ifstream file(path, std::ios::binary);
    std::string const octets{std::istreambuf_iterator<char>(file), {}};
    (void)disagreements.compare(is_diameter ? fuzz::Protocol::diameter : fuzz::Protocol::sip, octets,
                                path.stem().string());
  }
  return files.size();
}

int main(int argc, char** argv) {
  std::size_t least = 0;
  std::size_t messages = 0;
  fuzz::Disagreements disagreements;
  std::vector<std::string_view> const arguments(argv + 1, argv + argc);
  for (std::size_t i = 0; i < arguments.size(); ++i)
    if (arguments[i] == "--least" && i + 1 < arguments.size())
      least = to_number<std::size_t>(arguments[++i]).value_or(0);
    else
      messages += compare_folder(disagreements, arguments[i]);
  std::cout << "| peer | it | we | our reason | messages |\n|---|---|---|---|---|\n";
  for (auto const& [bucket, names] : disagreements.buckets())
    std::cout << fmt::format("| {} | {} | {} | {} | {} |\n", bucket.peer, bucket.we_accept ? "refuses" : "accepts",
                             bucket.we_accept ? "accept" : "refuse",
                             bucket.our_reason.empty() ? "-" : bucket.our_reason, fmt::join(names, " "));
  std::cout << fmt::format("\n{} messages, {} parsers, {} disagreements of {} kinds\n", messages, fuzz::peers().size(),
                           disagreements.count(), disagreements.buckets().size());
  return messages == 0 || disagreements.buckets().size() < least ? 1 : 0;
}
