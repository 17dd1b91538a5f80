#include "fuzz/play/coverage_map.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <stdexcept>
#include <sys/ipc.h>
#include <sys/shm.h>

namespace tollgate::fuzz {

CoverageMap::CoverageMap() : seen_(size) {
  constexpr int owner_only = 0600;
  id_ = ::shmget(IPC_PRIVATE, size, IPC_CREAT | IPC_EXCL | owner_only);
  if (id_ < 0) throw std::runtime_error("no shared memory for the coverage map: shmget failed");
  void* const memory = ::shmat(id_, nullptr, 0);
  if (memory == reinterpret_cast<void*>(-1)) {  // NOLINT(performance-no-int-to-ptr): how shmat says that it failed
    ::shmctl(id_, IPC_RMID, nullptr);
    throw std::runtime_error("no shared memory for the coverage map: shmat failed");
  }
  counts_ = {static_cast<std::uint8_t*>(memory), size};
  // It goes with the last who is attached, also where we are killed. Linux lets a server attach to it by its id all the same (shmctl(2)).
  ::shmctl(id_, IPC_RMID, nullptr);
}

CoverageMap::~CoverageMap() {
  ::shmdt(counts_.data());
}

std::map<std::string, std::string> CoverageMap::environment() const {
  return {{variables[0], fmt::format("{}", id_)}, {variables[1], fmt::format("{}", size)}};
}

std::size_t CoverageMap::news() {
  std::size_t out = 0;
  constexpr std::size_t word = sizeof(std::uint64_t);
  // A server numbers its edges from 0 and rarely fills the map: what lies behind those that were ever seen is looked at now and then.
  constexpr unsigned now_and_then = 64;
  auto const end = looks_++ % now_and_then == 0 ? size : used_;
  for (std::size_t at = 0; at < end; at += word) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, &counts_[at], word);
    if (eight == 0) continue;
    used_ = std::max(used_, at + word);
    for (std::size_t i = at; i < at + word; ++i) {
      if (counts_[i] == 0 || seen_[i]) continue;
      seen_[i] = true;
      ++out;
    }
    std::memset(&counts_[at], 0, word);
  }
  reached_ += out;
  return out;
}

}  // namespace tollgate::fuzz
