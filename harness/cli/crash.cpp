#include "cli/crash.hpp"

#include <array>
#include <signal.h>
#include <string_view>
#include <unistd.h>

#include "runner/child_process.hpp"

namespace tollgate::cli {

namespace {

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr std::array handled{SIGABRT};
#else
constexpr std::array handled{SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
#endif
#endif

std::array<char, 64 * 1024> other_stack;  // a stack that overflowed is no place to run on

std::string_view line_for(int signal) {
  switch (signal) {
    case SIGSEGV: return "tollgate: SIGSEGV\nexit 70: tollgate crashed\n";
    case SIGBUS: return "tollgate: SIGBUS\nexit 70: tollgate crashed\n";
    case SIGFPE: return "tollgate: SIGFPE\nexit 70: tollgate crashed\n";
    case SIGILL: return "tollgate: SIGILL\nexit 70: tollgate crashed\n";
    default: return "tollgate: SIGABRT\nexit 70: tollgate crashed\n";
  }
}

/// Nothing here but what a signal handler may call.
extern "C" void crashed(int signal) {
  constexpr int internal_crash = 70;
  ChildProcess::end_all();
  auto const line = line_for(signal);
  [[maybe_unused]] auto const written = ::write(STDERR_FILENO, line.data(), line.size());
  ::_exit(internal_crash);
}

}  // namespace

void explains_crashes() {
  stack_t stack{};
  stack.ss_sp = other_stack.data();
  stack.ss_size = other_stack.size();
  ::sigaltstack(&stack, nullptr);
  struct sigaction action{};
  action.sa_handler = crashed;
  action.sa_flags = SA_ONSTACK;
  for (int const signal : handled) ::sigaction(signal, &action, nullptr);
}

}  // namespace tollgate::cli
