#include "fuzz/finding/repro_file.hpp"

#include <gmock/gmock.h>

namespace tollgate::fuzz {
namespace {

using testing::HasSubstr;

TEST(ReproFile, ReadsBack) {
  ReproFile out{
      .problem = {.kind = "crash", .bucket = "heap-buffer-overflow f < g \"\\\x01", .says = "it ended", .step = "REGISTER", .at_end = true},
      .seed = UINT64_MAX,
      .faults = {"D01", "D02"},
      .sut = "m\xc3\xbcller/acme.toml",
      .imserver = "build/defects/bin/imserver",
      .timeout_scale = 0.1,
      .ways = {.sip = trace::Transport::tcp, .binding = ch2::Binding::http, .ch2 = trace::Transport::tls, .ip = 6},
      .rounds = 20,
      .flows = {{.base = "push", .changes = {*parse_change("sip 1 drop"), *parse_change("ch2 1 foreign")}, .number = 3},
                {.base = "push-tcp", .changes = {}, .number = 4}}};
  auto const back = read_repro("repro.toml", to_toml(out));
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(to_toml(*back), to_toml(out));
  EXPECT_EQ(back->flows, out.flows);
  EXPECT_EQ(back->problem.bucket, out.problem.bucket);
  EXPECT_EQ(back->problem.step, "REGISTER");
  EXPECT_TRUE(back->problem.at_end);
  EXPECT_EQ(back->sut, out.sut);
  EXPECT_EQ(back->ways, out.ways);
  EXPECT_EQ(back->rounds, out.rounds);
}

TEST(ReproFile, SaysWhereItIsWrong) {
  EXPECT_THAT(read_repro("r.toml", "[problem]\n").error().text(), HasSubstr("no [[flow]]"));
  EXPECT_THAT(read_repro("r.toml", "[[flow]]\nbase = \"push\"\nchanges = [\"sip 1 burn\"]\n").error().text(), HasSubstr("r.toml:3:"));
  EXPECT_THAT(read_repro("r.toml", "[[flow]]\nbase = \"push\"\n[server]\ntimeout_scale = \"soon\"\n").error().text(), HasSubstr("factor"));
  EXPECT_THAT(read_repro("r.toml", "[[flow]]\nbase = \"push\"\n[server]\nsip = \"ipx\"\n").error().text(), HasSubstr("--sip"));
  EXPECT_THAT(read_repro("r.toml", "[problem]\nrounds = 0\n").error().text(), HasSubstr("r.toml:2:"));
  EXPECT_THAT(read_repro("r.toml", "[[flow]]\nbase = \"push\"\ncolour = 1\n").error().text(), HasSubstr("colour"));
}

}  // namespace
}  // namespace tollgate::fuzz
