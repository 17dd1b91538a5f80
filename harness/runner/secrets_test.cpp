#include "runner/secrets.hpp"

#include <gmock/gmock.h>

namespace tollgate {
namespace {

std::vector<std::string> shown(std::vector<std::string> const& arguments) {
  auto const hidden = blanked(arguments);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < arguments.size(); ++i) out.push_back(hidden[i].value_or(arguments[i]));
  return out;
}

using testing::ElementsAre;

TEST(Secrets, AreTheValuesOfOptionsThatAreCalledSo) {
  EXPECT_THAT(shown({"./a", "--password=X", "--sip", "Y"}), ElementsAre("./a", "--password=***", "--sip", "Y"));
  EXPECT_THAT(shown({"./a", "--token", "X", "Y"}), ElementsAre("./a", "--token", "***", "Y"));
  EXPECT_THAT(shown({"env", "API_KEY=X=Y", "./a"}), ElementsAre("env", "API_KEY=***", "./a"));
  for (std::string const name : {"--passwd", "--db-Password", "-secret", "--apikey", "--credential-file"})
    EXPECT_THAT(shown({"./a", name, "-X"}), ElementsAre("./a", name, "***"));
}

TEST(Secrets, AreThePasswordsOfUris) {
  EXPECT_THAT(shown({"./a", "--log", "http://u:hunter2@h:80/x?y=1@2"}), ElementsAre("./a", "--log", "http://u:***@h:80/x?y=1@2"));
  EXPECT_THAT(shown({"./a", "--db=postgres://u:p@ss@h/"}), ElementsAre("./a", "--db=postgres://u:***@h/"));
  EXPECT_THAT(shown({"./a", "http://h:80/", "http://u@h/"}), ElementsAre("./a", "http://h:80/", "http://u@h/"));
}

TEST(Secrets, HideAShellsWholeLine) {
  EXPECT_THAT(shown({"sh", "-c", "exec ./a --token X"}), ElementsAre("sh", "-c", "***"));
  EXPECT_THAT(shown({"sh", "-c", "exec ./a --ce {charging} --token X"}), ElementsAre("sh", "-c", "***{charging}"));
}

TEST(Secrets, AreNeitherProgramsNorHoles) {
  EXPECT_THAT(shown({"./keyserver", "--sip", "{user}"}), ElementsAre("./keyserver", "--sip", "{user}"));
  EXPECT_THAT(shown({"./a", "--token", "X-{user}"}), ElementsAre("./a", "--token", "***{user}"));
}

}  // namespace
}  // namespace tollgate
