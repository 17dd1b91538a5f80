#include "runner/interruption.hpp"

#include <csignal>
#include <initializer_list>

namespace tollgate {

static std::sig_atomic_t volatile interruptions = 0;

static void note(int) {
  interruptions = 1;
}

void note_interruptions() {
  struct sigaction action{};
  action.sa_handler = note;
  for (int const signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(signal, &action, nullptr);
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &action, nullptr);
}

bool was_interrupted() {
  return interruptions != 0;
}

}  // namespace tollgate
