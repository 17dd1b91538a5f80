// Each banned name is found, and only there: not in a longer word, a comment, a string or where it is for.
#include <array>
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tidy/described_test.hpp"

namespace tollgate::tidy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> complaints(std::string path, std::string text) {
  return described(check_banned_names(Source(std::move(path), std::move(text)), {}));
}

constexpr std::array<std::string_view, 36> lines = {"std::this_thread::sleep_for(1s);",
                                                    "std::this_thread::sleep_until(t);",
                                                    "usleep(1);",
                                                    "nanosleep(&a, &b);",
                                                    "::sleep(1);",
                                                    "sleep (1);",
                                                    "auto t = std::chrono::steady_clock::now();",
                                                    "using Wall = std::chrono::system_clock;",
                                                    "std::chrono::high_resolution_clock::now();",
                                                    "clock_gettime(CLOCK_REALTIME, &now);",
                                                    "gettimeofday(&now, nullptr);",
                                                    "auto now = std::time(nullptr);",
                                                    "auto now = ::time(nullptr);",
                                                    "poll(&one, 1, 100);",
                                                    "epoll_wait(a, b, 1, 100);",
                                                    "std::mt19937 draw(1);",
                                                    "std::mt19937_64 draw(1);",
                                                    "std::default_random_engine draw;",
                                                    "auto path = std::getenv(name);",
                                                    "int r = rand();",
                                                    "std::srand(1);",
                                                    "std::random_device seed;",
                                                    "strcpy(a, b);",
                                                    "strcat(a, b);",
                                                    "std::sprintf(a, b);",
                                                    "vsprintf(a, b, c);",
                                                    "gets(line);",
                                                    "std::strtok(a, b);",
                                                    "atoi(text);",
                                                    "std::cout << 1;",
                                                    "std::cerr << 1;",
                                                    "printf(text);",
                                                    "std::fprintf(stderr, text);",
                                                    "puts(text);",
                                                    "fmt::print(text);",
                                                    "using namespace std;"};

TEST(BannedNames, are_found_at_their_line_in_code_only) {
  for (auto const line : lines) {
    EXPECT_THAT(complaints("harness/actors/a.hpp", fmt::format("#pragma once\n\n{}\n", line)),
                ElementsAre(HasSubstr("harness/actors/a.hpp:3: ")))
        << line;
    EXPECT_THAT(complaints("harness/actors/a.hpp", fmt::format("// {0}\nauto text = R\"({0})\";\n", line)), IsEmpty()) << line;
  }
}

TEST(BannedNames, say_why) {
  EXPECT_THAT(complaints("harness/runner/a.cpp", "int a;\nint b = atoi(x) + rand();\n"),
              ElementsAre("harness/runner/a.cpp:2: atoi is banned here: it cannot tell an overrun or a bad number",
                          "harness/runner/a.cpp:2: rand is banned here: randomness is an argument: take a Random"));
}

TEST(BannedNames, are_free_where_they_belong) {
  EXPECT_THAT(complaints("harness/sim/wall_clock.cpp", "std::chrono::steady_clock::now();"), IsEmpty());
  EXPECT_THAT(complaints("harness/cli/a.cpp", "std::random_device{}(); std::cout << 1; fmt::print(x);"), IsEmpty());
  EXPECT_THAT(complaints("reports/console.cpp", "fmt::print(x);"), IsEmpty());
  EXPECT_THAT(complaints("harness/refserver/imserver_main.cpp", "std::puts(ready);"), IsEmpty());
  EXPECT_THAT(complaints("harness/base/assert.cpp", "std::fprintf(stderr, x);"), IsEmpty());
  EXPECT_THAT(complaints("harness/base/a.cpp", "using namespace std::string_literals;"), IsEmpty());
}

TEST(BannedNames, are_whole_words) {
  EXPECT_THAT(complaints("harness/base/a.cpp", "strand(x); snprintf(a, 1, b); my_sleep(1); operands(); clock.sleep(1); p->gets(x);"),
              IsEmpty());
}

TEST(BannedNames, are_let_through_by_a_permit_for_that_file_and_name_only) {
  static constexpr std::array permitted = {Permit{"harness/cli/a.cpp", "system_clock", "the date"}};
  std::string const text = "std::chrono::system_clock::now();\nstd::chrono::steady_clock::now();\n";
  EXPECT_THAT(described(check_banned_names(Source("harness/cli/a.cpp", text), permitted)),
              ElementsAre(HasSubstr("harness/cli/a.cpp:2: steady_clock is banned here")));
  EXPECT_THAT(check_banned_names(Source("harness/cli/b.cpp", text), permitted), testing::SizeIs(2));
}

TEST(SwallowedExceptions, are_found) {
  auto const swallowed = [](std::string text) {
    return described(check_swallowed_exceptions(Source("harness/runner/a.cpp", std::move(text))));
  };
  EXPECT_THAT(swallowed("try { f(); }\ncatch (...) {}\n"),
              ElementsAre("harness/runner/a.cpp:2: catch (...) with an empty body hides every error"));
  EXPECT_THAT(swallowed("try { f(); } catch( ... )\n{\n  // ignored\n}\n"), testing::SizeIs(1));
  EXPECT_THAT(swallowed("try { f(); } catch (...) { stop(); }\ncatch (E const&) {}\n"), IsEmpty());
}

}  // namespace
}  // namespace tollgate::tidy
