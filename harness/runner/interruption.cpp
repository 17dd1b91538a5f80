#include "runner/interruption.hpp"

#include <atomic>
#include <csignal>
#include <initializer_list>

namespace tollgate {

static std::atomic<bool> is_interrupted = false;  // a signal handler may set it where it is free of locks
static_assert(std::atomic<bool>::is_always_lock_free);

static void note(int) {
  is_interrupted = true;
}

void note_interruptions() {
  struct sigaction action{};
  action.sa_handler = note;
  for (int const signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(signal, &action, nullptr);
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &action, nullptr);
}

bool was_interrupted() {
  return is_interrupted;
}

}  // namespace tollgate
