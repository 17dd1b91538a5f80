// The limits hold at their edges, and the complaint names the first line of the function.
#include <gmock/gmock.h>

#include "tidy/described_test.hpp"

namespace tollgate::tidy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string lines(std::size_t count) {
  std::string text;
  while (count-- > 0) text += "  x();\n";
  return text;
}

std::vector<std::string> functions(std::string text) {
  return described(check_function_lengths(Source("harness/base/a.cpp", std::move(text))));
}

TEST(FileLength, is_400_lines_at_most) {
  EXPECT_THAT(check_file_length(Source("fuzz/a.cpp", lines(400))), IsEmpty());
  EXPECT_THAT(check_file_length(Source("fuzz/a.cpp", "")), IsEmpty());
  EXPECT_THAT(described(check_file_length(Source("fuzz/a.cpp", lines(400) + "x"))),
              ElementsAre("fuzz/a.cpp:401: the file has 401 lines, 400 at most: it holds two concepts"));
}

TEST(FunctionLength, is_70_lines_at_most) {
  EXPECT_THAT(functions("// before\nint f() {\n" + lines(68) + "}\n"), IsEmpty());
  EXPECT_THAT(functions("// before\nint f() {\n" + lines(69) + "}\n"), ElementsAre("harness/base/a.cpp:2: f has 71 lines, 70 at most"));
}

TEST(FunctionLength, counts_the_declaration_and_each_function_of_a_class) {
  EXPECT_THAT(functions("struct X {\n  int\n  f(int a,\n    int b)\n  {\n" + lines(66) + "  }\n  void g() {}\n};\n"),
              ElementsAre("harness/base/a.cpp:2: f has 71 lines, 70 at most"));
  EXPECT_THAT(functions("class X {\n public:\n  X() : a_{1} {\n" + lines(80) + "  }\n void g() {\n" + lines(90) + "}\n};"),
              ElementsAre("harness/base/a.cpp:3: X has 82 lines, 70 at most", "harness/base/a.cpp:85: g has 92 lines, 70 at most"));
}

TEST(FunctionLength, does_not_count_tables) {
  EXPECT_THAT(functions("int const table[] = {\n" + lines(100) + "};\n"), IsEmpty());
}

}  // namespace
}  // namespace tollgate::tidy
