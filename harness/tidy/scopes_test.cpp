// Which braces are functions: every form of declaration that the project uses.
#include "tidy/scopes.hpp"

#include <gmock/gmock.h>

#include "tidy/source.hpp"

namespace tollgate::tidy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> names(std::string text) {
  Source const source("harness/base/a.cpp", std::move(text));
  std::vector<std::string> out;
  for (auto const& function : functions_in(source.code)) out.push_back(function.name);
  return out;
}

TEST(Scopes, plain_functions) {
  EXPECT_THAT(names("int f(int a = g({1})) { if (a) { return 1; } return 2; }\nint h() { return 3; }"), ElementsAre("f", "h"));
  EXPECT_THAT(names("namespace a::b { namespace { auto f() -> std::vector<int> { return {}; } } }"), ElementsAre("f"));
  EXPECT_THAT(names("extern \"C\" { int f() { return 0; } }\nextern \"C\" int g() { return 0; }"), ElementsAre("f", "g"));
  EXPECT_THAT(names("[[nodiscard]] static constexpr struct tm f() noexcept(true) { return {}; }"), ElementsAre("f"));
  EXPECT_THAT(names("Task<void> f(Bed& bed) { co_await g([] { return 1; }); }"), ElementsAre("f"));
  EXPECT_THAT(names("TEST(Suite, name) { EXPECT_TRUE(x); }"), ElementsAre("TEST"));
}

TEST(Scopes, templates) {
  EXPECT_THAT(names("template <class T, class U = X<T>> T f(T x) { return x; }"), ElementsAre("f"));
  EXPECT_THAT(names("template <class T> requires (A<T> && B) T f(T x) { return x; }"), ElementsAre("f"));
  EXPECT_THAT(names("template <class T> requires std::integral<T> struct X { T f() { return 1; } };"), ElementsAre("f"));
  EXPECT_THAT(names("template <class T> concept C = requires(T x) { x.f(); };\nint g() { return 1; }"), ElementsAre("g"));
}

TEST(Scopes, classes) {
  EXPECT_THAT(names("class X final : public Y<decltype(a)> { public: X() : a_(1), b_{2} { } int a_{1}; int b_ = {}; };"), ElementsAre("X"));
  EXPECT_THAT(names("struct alignas(8) X { int f() const override { return 1; } struct Y { void g() {} }; };"), ElementsAre("f", "g"));
  EXPECT_THAT(names("struct X { enum class S { a, b } s = S::a; X& operator=(X const& o) { return *this; } };"), ElementsAre("operator"));
  EXPECT_THAT(names("struct X { bool operator()(int a) { return a < 1; } bool operator<(X const&) const { return false; } };"),
              ElementsAre("operator", "operator"));
  EXPECT_THAT(names("X::X(int a) try : Base<int>{a}, b_(a) { } "), ElementsAre("X"));
}

TEST(Scopes, initialisers_are_not_functions) {
  EXPECT_THAT(names("constexpr std::array table = {Row{1}, Row{f(2)}};\nint const x{3};\nCase const c[] = {{.run = f}};"), IsEmpty());
  EXPECT_THAT(names("enum class E : std::uint8_t { a, b };\nusing X = int;\nint f();"), IsEmpty());
}

TEST(Scopes, a_lambda_of_a_namespace_is_a_function) {
  EXPECT_THAT(names("auto const f = [](int x) -> int { return x; };"), ElementsAre("f"));
}

TEST(Scopes, directives_and_literals_do_not_disturb) {
  EXPECT_THAT(names("#define A(x) {\\\n  {\nint f() { return '{' + \"{\"[0]; /* { */ }\nint g() { return 1; }"), ElementsAre("f", "g"));
}

TEST(Scopes, bad_nesting_ends_with_the_file) {
  EXPECT_THAT(names("int f() { {"), ElementsAre("f"));
  EXPECT_THAT(names("} ) ; {{{ ((("), IsEmpty());
  EXPECT_THAT(names(""), IsEmpty());
}

}  // namespace
}  // namespace tollgate::tidy
