#include "runner/footprint.hpp"

#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>
#include <vector>

namespace tollgate {
namespace {

TEST(Footprint, GrowsByWhatIsOpenedAndKept) {
  auto const before = footprint_of(::getpid());
  ASSERT_TRUE(before);
  int const file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  std::vector<char> kept(std::size_t{64} << 20, 'x');
  auto const after = footprint_of(::getpid());
  ::close(file);
  ASSERT_TRUE(after);
  EXPECT_EQ(after->open_files, before->open_files + 1);
  EXPECT_GE(after->memory_mb, before->memory_mb + 60) << kept.back();
}

TEST(Footprint, OfNoProcessIsNothing) {
  EXPECT_FALSE(footprint_of(-1));
}

TEST(Footprint, OfTheProcessThatAFileNames) {
  auto const file = testing::TempDir() + "footprint_test.pid";
  std::ofstream(file) << ::getpid() << '\n';
  EXPECT_TRUE(footprint_of(file));
  std::ofstream(file) << "soon";
  EXPECT_FALSE(footprint_of(file));
  EXPECT_FALSE(footprint_of(file + ".gone"));
}

}  // namespace
}  // namespace tollgate
