#include "fuzz/kit/disagreement_report.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <iterator>

#include "base/text.hpp"

namespace tollgate::fuzz {

namespace {

std::string read_file(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// File name to "section title", of a manifest with the columns file, section, title, outcome and answer.
std::map<std::string, std::string> titles_of(std::filesystem::path const& folder) {
  std::map<std::string, std::string> titles;
  auto const manifest = read_file(folder.parent_path() / "manifest.tsv");
  for (auto const line : split(manifest, '\n')) {
    auto const columns = split(line, '\t');
    if (columns.size() != 5 || !columns[0].starts_with(folder.filename().string())) continue;
    titles[std::filesystem::path(columns[0]).filename().string()] = fmt::format("{} {}", columns[1], columns[2]);
  }
  return titles;
}

void compare_folder(Compared& compared, std::filesystem::path const& folder) {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::ranges::sort(files);
  auto const titles = titles_of(folder);
  auto const protocol = folder.generic_string().contains("diameter") ? Protocol::diameter : Protocol::sip;
  for (auto const& path : files) {
    auto const title = titles.find(path.filename().string());
    auto const why_good = title == titles.end() ? "" : "a good message: " + title->second;
    (void)compared.disagreements.compare(protocol, read_file(path), path.stem().string(), why_good);
  }
  compared.messages += files.size();
}

}  // namespace

Compared compare_folders(std::span<std::filesystem::path const> folders) {
  Compared compared;
  for (auto const& folder : folders) compare_folder(compared, folder);
  return compared;
}

std::string report(Compared const& compared) {
  std::string page = "| parser | it | we | reason | messages |\n|---|---|---|---|---|\n";
  for (auto const& [bucket, names] : compared.disagreements.buckets())
    page += fmt::format("| {} | {} | {} | {} | {} |\n", bucket.peer, bucket.we_accept ? "refuses" : "accepts",
                        bucket.we_accept ? "accept" : "refuse", bucket.our_reason, fmt::join(names, " "));
  return page + fmt::format("\n{} messages, {} parsers, {} disagreements of {} kinds.\n", compared.messages, peers().size(),
                            compared.disagreements.count(), compared.disagreements.buckets().size());
}

}  // namespace tollgate::fuzz
