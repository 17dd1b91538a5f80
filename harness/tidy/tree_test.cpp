// The tree is read whole and in order, and nothing but sources is.
#include "tidy/tree.hpp"

#include <fstream>
#include <gmock/gmock.h>

namespace tollgate::tidy {
namespace {

void write(std::filesystem::path const& path, std::string_view text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

TEST(ReadTree, takes_the_sources_of_the_four_folders) {
  std::filesystem::path const root = testing::TempDir() + "tollgate_read_tree";
  std::filesystem::remove_all(root);
  write(root / "scenarios/order/b.cpp", "int b;\n");
  write(root / "harness/base/a.hpp", "int a;\n");
  write(root / "harness/base/notes.md", "");
  write(root / "build/generated.cpp", "");
  auto const sources = read_tree(root);
  std::filesystem::remove_all(root);
  ASSERT_EQ(sources.size(), 2U);
  EXPECT_EQ(sources[0].path, "harness/base/a.hpp");
  EXPECT_EQ(sources[0].text, "int a;\n");
  EXPECT_EQ(sources[1].path, "scenarios/order/b.cpp");
}

}  // namespace
}  // namespace tollgate::tidy
