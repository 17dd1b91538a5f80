#include "refserver/store.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include "refserver/server_bed_test.hpp"

namespace tollgate::refserver {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class StoreFile : public testing::Test {
 protected:
  StoreFile() : path_((std::filesystem::path(testing::TempDir()) / fmt::format("tollgate-store-{}", ::getpid())).string()) {
    std::filesystem::remove(path_);
  }
  void TearDown() override { std::filesystem::remove(path_); }
  std::string path_;
};

std::vector<std::string> texts(std::vector<Deferred> const& messages) {
  std::vector<std::string> all;
  for (auto const& message : messages) all.push_back(message.content);
  return all;
}

TEST_F(StoreFile, HoldsWhatWasKeptAndNotRemoved) {
  std::string const odd("2\n4:keep,\0\r\n", 12);
  {
    Store store(path_);
    for (auto const& text : {std::string("first"), odd, std::string("third")})
      store.keep({.to = "sip:a@b", .content = text, .stored_at = 9});
    store.remove(store.of("sip:a@b").front());
  }
  Store again(path_);
  EXPECT_THAT(texts(again.of("sip:a@b")), ElementsAre(odd, "third"));
  EXPECT_EQ(again.of("sip:a@b")[0].stored_at, 9);
  again.keep({.to = "sip:a@b"});
  EXPECT_EQ(again.of("sip:a@b").back().id, 4U);
}

TEST_F(StoreFile, HoldsTheCreditSessionsThatAreOpen) {
  {
    Store store(path_);
    store.opened({"s;1;1", "sip:a@b", 1});
    store.opened({"s;1;2", "sip:a@b", 1});
    store.opened({"s;1;2", "sip:a@b", 2});
    store.ended("s;1;1");
  }
  auto const open = Store(path_).open_credit();
  ASSERT_THAT(open, SizeIs(1));
  EXPECT_EQ(open[0].session_id, "s;1;2");
  EXPECT_EQ(open[0].next_number, 2U);
}

TEST_F(StoreFile, DropsARecordThatItsWriterDidNotEnd) {
  for (std::size_t size = 0;; ++size) {
    Store(path_).keep({.to = "sip:a@b", .content = "whole"});
    auto const whole = std::filesystem::file_size(path_);
    Store(path_).keep({.to = "sip:a@b", .content = "cut"});
    ASSERT_EQ(read_journal(path_).size(), 2U);
    if (whole + size >= std::filesystem::file_size(path_)) break;
    std::filesystem::resize_file(path_, whole + size);
    EXPECT_THAT(texts(Store(path_).of("sip:a@b")), ElementsAre("whole")) << size;
    std::filesystem::remove(path_);
  }
}

TEST_F(StoreFile, CannotBeInAFolderThatIsNotThere) {
  EXPECT_THROW(Store(path_ + "/none/file"), std::runtime_error);
}

class Restart : public ServerBed {};

/// What was held is given back, and what was not delivered comes with the next push.
TEST_F(Restart, EndsTheCreditThatWasOpenAndKeepsTheMessages) {
  phone.on_send = [](auto const&) { return 0; };
  starts();
  pushes(2);
  ASSERT_THAT(charging.ccrs, SizeIs(1));
  server.reset();
  phone.on_send = [](auto const&) { return 200; };
  starts();
  ASSERT_THAT(charging.ccrs, SizeIs(2));
  EXPECT_EQ(charging.ccrs[1].type, ch2::RequestType::termination);
  EXPECT_EQ(charging.ccrs[1].session_id, charging.ccrs[0].session_id);
  EXPECT_EQ(charging.ccrs[1].number, 1U);
  EXPECT_FALSE(charging.ccrs[1].used);
  EXPECT_THAT(config.store->open_credit(), IsEmpty());
  pushes(0);
  EXPECT_EQ(charging.ccrs.back().used, 2U);
}

}  // namespace
}  // namespace tollgate::refserver
