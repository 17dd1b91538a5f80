#include "fuzz/play/coverage_map.hpp"

#include <gmock/gmock.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.hpp"

namespace tollgate::fuzz {
namespace {

int id_of(CoverageMap const& map) {
  return static_cast<int>(to_number<unsigned>(map.environment().at("__AFL_SHM_ID")).value_or(0));
}

/// As a server does that was launched with the map's environment.
int writes_edge(int id, std::size_t edge) {
  auto const child = ::fork();
  if (child == 0) {
    auto* const memory = static_cast<std::uint8_t*>(::shmat(id, nullptr, 0));
    if (memory == reinterpret_cast<std::uint8_t*>(-1)) ::_exit(1);  // NOLINT(performance-no-int-to-ptr): how shmat says that it failed
    memory[edge] = 1;
    ::_exit(0);
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

/// Who is killed can remove nothing.
TEST(CoverageMap, GoesWithTheLastWhoIsAttached) {
  int id = -1;
  {
    CoverageMap const map;
    id = id_of(map);
    shmid_ds state{};
    ASSERT_EQ(::shmctl(id, IPC_STAT, &state), 0);
    EXPECT_TRUE((state.shm_perm.mode & SHM_DEST) != 0) << "it is marked already";
  }
  shmid_ds state{};
  EXPECT_EQ(::shmctl(id, IPC_STAT, &state), -1) << "it is gone";
}

TEST(CoverageMap, IsFilledByServersThatAreLaunchedLater) {
  CoverageMap map;
  for (std::size_t const edge : {7U, 70'000U}) {
    EXPECT_EQ(writes_edge(id_of(map), edge), 0);
    std::size_t news = 0;
    for (int i = 0; i < 65; ++i) news += map.news();  // what lies behind the edges that were seen is looked at now and then
    EXPECT_EQ(news, 1U);
  }
  EXPECT_EQ(map.reached(), 2U);
}

}  // namespace
}  // namespace tollgate::fuzz
