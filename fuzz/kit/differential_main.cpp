// differential [--least N] [--page FILE] [--write FILE] FOLDER...: the messages of each folder to our judge and to
// every parser that this build has; prints what they disagree about, by kind, as Markdown. --write puts that behind the
// last heading of FILE, --page compares it with what stands there. Exit code 1 when there are fewer kinds than N, for
// then a parser that is known to be wrong was not found out, and when FILE says something else.
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/text.hpp"
#include "fuzz/kit/disagreement_report.hpp"

using namespace tollgate;

struct Options {
  std::size_t least = 0;
  std::string page, write;
  std::vector<std::filesystem::path> folders;
};

static Options read(std::vector<std::string> const& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    bool const has_value = i + 1 < arguments.size();
    if (arguments[i] == "--least" && has_value)
      options.least = to_number<std::size_t>(arguments[++i]).value_or(0);
    else if (arguments[i] == "--page" && has_value)
      options.page = arguments[++i];
    else if (arguments[i] == "--write" && has_value)
      options.write = arguments[++i];
    else
      options.folders.emplace_back(arguments[i]);
  }
  return options;
}

static std::string read_file(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Where the table begins in a page.
static std::size_t table_at(std::string const& page) {
  return page.find("| parser |");
}

int main(int argc, char** argv) {
  auto const options = read({argv + 1, argv + argc});
  constexpr int usage = 64;
  if (options.folders.empty()) return std::cerr << "differential [--least N] [--page FILE] [--write FILE] FOLDER...\n", usage;
  for (auto const& folder : options.folders)
    if (!std::filesystem::is_directory(folder)) return std::cerr << fmt::format("{} is no folder\n", folder.string()), usage;
  auto const compared = fuzz::compare_folders(options.folders);
  auto const table = fuzz::report(compared);
  std::cout << table;
  if (!options.write.empty()) {
    auto const page = read_file(options.write);
    std::ofstream(options.write, std::ios::binary) << page.substr(0, table_at(page)) + table;
  }
  if (!options.page.empty()) {
    auto const page = read_file(options.page);
    if (table_at(page) == std::string::npos || page.substr(table_at(page)) != table) {
      std::cerr << fmt::format("{} says something else: look at what differs, then renew it with --write\n", options.page);
      return 1;
    }
  }
  return compared.messages == 0 || compared.disagreements.buckets().size() < options.least ? 1 : 0;
}
