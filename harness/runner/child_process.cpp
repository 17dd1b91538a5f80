#include "runner/child_process.hpp"

#include <array>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <errno.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <stdexcept>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace tollgate {

/// The read end of the process's output; lives as long as its pending read.
struct ChildProcess::Pipe : std::enable_shared_from_this<Pipe> {
  Pipe(boost::asio::io_context& io, int fd) : descriptor(io, fd) {}
  /// What has come is taken from the pipe by `read_now` alone: nothing of it waits in a handler.
  void read() {
    descriptor.async_wait(boost::asio::posix::descriptor_base::wait_read, [self = shared_from_this()](auto error) {
      if (!error && self->read_now()) self->read();
    });
  }
  /// False once there is nothing more to come.
  bool read_now() {
    std::array<char, 8192> more{};
    boost::system::error_code error;
    descriptor.non_blocking(true, error);
    while (!error)
      if (auto const size = descriptor.read_some(boost::asio::buffer(more), error); !error) keep({more.data(), size});
    return error == boost::asio::error::would_block;
  }
  void keep(std::string_view octets) {
    constexpr std::size_t most = 1 << 20;
    output += octets;
    if (output.size() > most) output.erase(0, output.size() - most);
  }
  boost::asio::posix::stream_descriptor descriptor;
  std::string output;
};

/// argv and envp as posix_spawn wants them; the strings outlive the call.
static std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> out;
  for (auto& text : strings) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

/// Whose ids `end_all` finds, as a signal handler and several threads may read; 0 is free. What has no place is not ended by it.
static std::array<std::atomic<pid_t>, 512> running;
static_assert(std::atomic<pid_t>::is_always_lock_free);

static void replace(pid_t old, pid_t by) {
  for (auto& place : running)
    if (auto expected = old; place.compare_exchange_strong(expected, by)) return;
}

void ChildProcess::end_all() {
  for (auto const& place : running)
    if (pid_t const id = place; id > 0) ::kill(-id, SIGTERM);
}

/// Where it writes to.
struct Outputs {
  int kept = -1;
  ChildProcess::Keeps keeps = ChildProcess::Keeps::output_and_error;
};

/// In the child: a group of its own, so that what a wrapper script starts ends with it; an end with ours, however we end; none of our
/// files and sockets, which would else stay open for as long as it lives.
[[noreturn]] static void become(char* const* argv, char* const* envp, Outputs const& outputs, int tell, pid_t parent) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  for (int const signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) ::signal(signal, SIG_DFL);
  constexpr unsigned first_of_ours = 3, last = ~0U;
  ::close_range(first_of_ours, last, CLOSE_RANGE_CLOEXEC);  // Linux 5.11
  int const output = outputs.keeps == ChildProcess::Keeps::error ? ::open("/dev/null", O_WRONLY | O_CLOEXEC) : outputs.kept;
  if (::getppid() == parent && ::dup2(output, STDOUT_FILENO) >= 0 && ::dup2(outputs.kept, STDERR_FILENO) >= 0)
    ::execvpe(argv[0], argv, envp);
  int const error = errno;
  (void)!::write(tell, &error, sizeof error);
  ::_exit(127);
}

/// 0, or the errno with which it could not be started: that comes back through a pipe which a good start closes.
static int start(pid_t& pid, char* const* argv, char* const* envp, Outputs const& outputs) {
  std::array<int, 2> told{};
  if (::pipe2(told.data(), O_CLOEXEC) != 0) return errno;
  pid_t const parent = ::getpid();
  pid = ::fork();
  if (pid == 0) become(argv, envp, outputs, told[1], parent);
  int error = pid < 0 ? errno : 0;
  ::close(told[1]);
  if (pid > 0 && ::read(told[0], &error, sizeof error) == sizeof error) ::waitpid(pid, nullptr, 0);
  ::close(told[0]);
  return error;
}

ChildProcess::ChildProcess(WallClock& clock, std::vector<std::string> const& command, std::map<std::string, std::string> const& env,
                           Keeps keeps)
    : clock_(clock) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe for a process's output");
  auto arguments = command;
  std::vector<std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry)
    if (!env.contains(std::string(*entry, strcspn(*entry, "=")))) variables.emplace_back(*entry);
  for (auto const& [name, value] : env) variables.push_back(name + "=" + value);
  auto argv = pointers(arguments);
  auto envp = pointers(variables);
  int const error = start(pid_, argv.data(), envp.data(), {ends[1], keeps});
  ::close(ends[1]);
  if (error != 0) {
    ::close(ends[0]);
    throw std::runtime_error(fmt::format("cannot start {}: {}", command.front(),
                                         strerror(error)));  // NOLINT(concurrency-mt-unsafe): its buffer is the thread's own (glibc 2.32)
  }
  replace(0, pid_);
  pipe_ = std::make_shared<Pipe>(clock.io(), ends[0]);
  pipe_->read();
  look_timer_ = clock_.after(Duration::zero(), [this] { look(); });  // nobody hears of its end before this returns
}

void ChildProcess::end(Duration patience) {
  clock_.cancel(look_timer_);
  if (!how_.empty()) return;
  ::kill(-pid_, SIGTERM);
  auto const until = clock_.now() + patience;
  while (how_.empty() && clock_.now() < until)
    clock_.run_until([this, next = clock_.now() + 5ms] {
      look();
      return !how_.empty() || clock_.now() >= next;
    });
  clock_.cancel(look_timer_);
  if (!how_.empty()) return;
  ::kill(-pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  replace(pid_, 0);
  how_ = fmt::format("did not end within {} s of SIGTERM", std::chrono::duration_cast<std::chrono::seconds>(patience).count());
}

void ChildProcess::abort() const {
  if (how_.empty()) ::kill(pid_, SIGABRT);
}

ChildProcess::~ChildProcess() {
  on_end = nullptr;
  end();
  boost::system::error_code ignored;
  pipe_->descriptor.close(ignored);
}

std::string const& ChildProcess::output() const {
  return pipe_->output;
}
void ChildProcess::reads_output() {
  pipe_->read_now();
}
bool ChildProcess::ended() const {
  return !how_.empty();
}
std::string ChildProcess::how_it_ended() const {
  return how_;
}

void ChildProcess::look() {
  clock_.cancel(look_timer_);
  if (!how_.empty()) return;
  siginfo_t info{};
  if (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != pid_) {
    look_timer_ = clock_.after(10ms, [this] { look(); });
    return;
  }
  ::kill(-pid_, SIGKILL);  // whoever of its group would outlive it, while its id is still ours
  int status = 0;
  ::waitpid(pid_, &status, 0);
  replace(pid_, 0);
  // NOLINTNEXTLINE(concurrency-mt-unsafe): its buffer is the thread's own (glibc 2.32)
  char const* const name = WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "";
  how_ = WIFSIGNALED(status) ? fmt::format("signal {} ({})", WTERMSIG(status), name) : fmt::format("exit {}", WEXITSTATUS(status));
  if (on_end) on_end();
}

}  // namespace tollgate
