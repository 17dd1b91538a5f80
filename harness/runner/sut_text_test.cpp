#include "runner/sut_text.hpp"

#include <gmock/gmock.h>

namespace tollgate {
namespace {

using testing::HasSubstr;

TEST(SutText, SaysProfileTimersAndIcs) {
  SutFile sut;
  sut.profile = {.bundle = "CR-LIST", .debit = "all"};
  sut.claims = {"sip_udp", "tls"};
  sut.ixit.live = 1500ms;
  auto const text = effective_text(sut);
  for (auto const* line : {"bundle = \"CR-LIST\"\n", "debit = \"all\"\n", "live = \"1500ms\"\n", "\n[ics]\n", "sip_udp = true\n",
                           "sip_tcp = false\n", "tls = true\n", "path = false\n"})
    EXPECT_THAT(text, HasSubstr(line));
}

TEST(SutText, IsNotTakenForASutFile) {
  EXPECT_FALSE(read_sut_file("sut.toml", effective_text({})));
}

}  // namespace
}  // namespace tollgate
