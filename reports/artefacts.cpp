#include "reports/artefacts.hpp"

#include <fmt/format.h>
#include <map>

namespace tollgate::reports {

static std::string file_name(std::string_view id) {
  std::string name;
  for (char const c : id) {
    bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    bool const other = (c >= '0' && c <= '9') || c == '-' || c == '_' || (c == '.' && !name.empty());
    name += letter || other ? c : '_';
  }
  constexpr std::size_t name_most = 200;  // file systems take 255
  return name.empty() ? "_" : name.substr(0, name_most);
}

std::vector<Artefacts> artefacts(Run const& run) {
  std::vector<Artefacts> all;
  std::map<std::string, int> times;
  for (auto const& result : run.cases) {
    auto const name = file_name(result.info.id);
    int const time = ++times[name];
    all.push_back({time == 1 ? "tests/" + name : fmt::format("tests/{}.{}", name, time), time});
  }
  return all;
}

}  // namespace tollgate::reports
