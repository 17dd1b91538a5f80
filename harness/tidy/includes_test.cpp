// Every arrow of the architecture, once allowed and once refused.
#include <array>
#include <gmock/gmock.h>

#include "tidy/described_test.hpp"

namespace tollgate::tidy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> complaints(std::string path, std::string text) {
  return described(check_includes(Source(std::move(path), std::move(text))));
}

TEST(Includes, run_downwards) {
  EXPECT_THAT(complaints("harness/codec/sip/via.cpp", "#include \"codec/sip/via.hpp\"\n#include <string>\n#include \"base/text.hpp\"\n"),
              IsEmpty());
  EXPECT_THAT(complaints("scenarios/suite.cpp", "#include \"scenarios/suite.hpp\"\n#include \"runner/case.hpp\"\n"), IsEmpty());
  EXPECT_THAT(complaints("harness/selftest/matrix_test.cpp", "#include \"cli/options.hpp\"\n"), IsEmpty());
}

TEST(Includes, that_run_backwards_are_named_with_file_and_line) {
  EXPECT_THAT(complaints("harness/rules/rule.hpp", "#pragma once\n#include \"trace/trace.hpp\"\n  #  include \"sim/clock.hpp\"\n"),
              ElementsAre("harness/rules/rule.hpp:3: rules includes sim: it may include only trace, codec, base"));
  EXPECT_THAT(complaints("harness/base/text.cpp", "\n#include <codec/sip/via.hpp>\n"),
              ElementsAre("harness/base/text.cpp:2: base includes codec: it may include no other layer"));
}

struct Backwards {
  std::string_view file;
  std::string_view include;
};
constexpr std::array backwards = {Backwards{"harness/base/a.cpp", "codec/a.hpp"},
                                  Backwards{"harness/codec/sip/a.cpp", "sim/a.hpp"},
                                  Backwards{"harness/sim/a.hpp", "codec/a.hpp"},
                                  Backwards{"harness/transport/a.cpp", "trace/a.hpp"},
                                  Backwards{"harness/trace/a.cpp", "transport/a.hpp"},
                                  Backwards{"harness/rules/a.cpp", "runner/a.hpp"},
                                  Backwards{"harness/refserver/a.cpp", "rules/a.hpp"},
                                  Backwards{"harness/refserver/a.cpp", "actors/a.hpp"},
                                  Backwards{"harness/refserver/a.cpp", "runner/a.hpp"},
                                  Backwards{"harness/refserver/a.cpp", "trace/a.hpp"},
                                  Backwards{"harness/actors/im_client/a.cpp", "refserver/a.hpp"},
                                  Backwards{"harness/runner/a.cpp", "scenarios/a.hpp"},
                                  Backwards{"scenarios/a.cpp", "reports/a.hpp"},
                                  Backwards{"reports/a.cpp", "actors/actor.hpp"},
                                  Backwards{"fuzz/targets/a.cpp", "cli/a.hpp"},
                                  Backwards{"fuzz/script/a.cpp", "fuzz/oracle/a.hpp"},
                                  Backwards{"fuzz/oracle/a.cpp", "fuzz/play/a.hpp"},
                                  Backwards{"fuzz/play/a.cpp", "fuzz/finding/a.hpp"},
                                  Backwards{"fuzz/finding/a.cpp", "fuzz/campaign/a.hpp"},
                                  Backwards{"harness/cli/a.cpp", "tidy/checks.hpp"},
                                  Backwards{"harness/tidy_test.cpp", "codec/a.hpp"}};

TEST(Includes, of_every_arrow_that_runs_backwards_are_refused) {
  for (auto const& [file, include] : backwards) {
    auto const path = std::string(file);
    EXPECT_THAT(complaints(path, "#include \"" + std::string(include) + "\"\n"), ElementsAre(HasSubstr(path + ":1: ")))
        << path << " includes " << include;
  }
}

TEST(Includes, of_benchmarks_may_be_of_what_they_share) {
  std::string const text = "#include \"bench/allocations.hpp\"\n";
  EXPECT_THAT(complaints("harness/codec/sip/sip_bench.cpp", text), IsEmpty());
  EXPECT_THAT(complaints("harness/codec/sip/sip.cpp", text), ElementsAre(HasSubstr("codec includes bench")));
}

TEST(Includes, of_heavy_headers_are_refused_away_from_home) {
  EXPECT_THAT(complaints("harness/transport/a.cpp", "#include <boost/asio/ip/tcp.hpp>\n"), IsEmpty());
  EXPECT_THAT(complaints("harness/rules/a.cpp", "#include <vector>\n#include <boost/asio.hpp>\n"),
              ElementsAre(HasSubstr("harness/rules/a.cpp:2: rules includes <boost/asio.hpp>, which has its home in sim, transport")));
  EXPECT_THAT(complaints("harness/actors/a.hpp", "#include <CLI/CLI.hpp>\n"), ElementsAre(HasSubstr("home in base")));
}

TEST(Includes, that_name_no_layer_are_refused) {
  EXPECT_THAT(complaints("harness/codec/sip/via.cpp", "#include \"via.hpp\"\n"),
              ElementsAre("harness/codec/sip/via.cpp:1: \"via.hpp\" begins with no layer; write it as \"codec/sip/via.hpp\""));
  EXPECT_THAT(complaints("harness/codec/sip/via.cpp", "#include \"../../runner/plan.hpp\"\n"), testing::SizeIs(1));
}

TEST(Includes, in_comments_and_strings_do_not_count) {
  EXPECT_THAT(complaints("harness/base/a.cpp", "// #include \"cli/a.hpp\"\nauto x = \"#include \\\"cli/a.hpp\\\"\";\n"), IsEmpty());
}

TEST(Includes, of_a_folder_that_no_layer_has_are_seen) {
  EXPECT_THAT(complaints("harness/misc/a.cpp", ""),
              ElementsAre("harness/misc/a.cpp:1: the file is in no layer that harness/tidy/includes.cpp knows"));
}

}  // namespace
}  // namespace tollgate::tidy
