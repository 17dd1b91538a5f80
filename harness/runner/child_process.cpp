#include "runner/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <stdexcept>

extern char** environ;

namespace tollgate {

/// The read end of the process's output; lives as long as its pending read.
struct ChildProcess::Pipe : std::enable_shared_from_this<Pipe> {
  Pipe(boost::asio::io_context& io, int fd) : descriptor(io, fd) {}
  void read() {
    descriptor.async_read_some(boost::asio::buffer(buffer), [self = shared_from_this()](auto error, auto size) {
      constexpr std::size_t most = 1 << 20;
      self->output.append(self->buffer.data(), size);
      if (self->output.size() > most) self->output.erase(0, self->output.size() - most);
      if (!error) self->read();
    });
  }
  boost::asio::posix::stream_descriptor descriptor;
  std::array<char, 8192> buffer;
  std::string output;
};

/// argv and envp as posix_spawn wants them; the strings outlive the call.
static std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> out;
  for (auto& text : strings) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

/// Whose ids `end_all` finds, as a signal handler may read; 0 is free. What has no place is not ended by it.
static std::array<volatile pid_t, 512> running;

static void replace(pid_t old, pid_t by) {
  for (auto& place : running)
    if (place == old) {
      place = by;
      return;
    }
}

void ChildProcess::end_all() {
  for (auto const& place : running)
    if (place > 0) ::kill(place, SIGTERM);
}

ChildProcess::ChildProcess(WallClock& clock, std::vector<std::string> const& command,
                       std::map<std::string, std::string> const& env)
    : clock_(clock) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe for a process's output");
  auto arguments = command;
  std::vector<std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry)
    if (!env.contains(std::string(*entry, strcspn(*entry, "=")))) variables.emplace_back(*entry);
  for (auto const& [name, value] : env) variables.push_back(name + "=" + value);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  auto argv = pointers(arguments);
  auto envp = pointers(variables);
  int const error = ::posix_spawnp(&pid_, argv[0], &actions, nullptr, argv.data(), envp.data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (error != 0) {
    ::close(ends[0]);
    throw std::runtime_error(fmt::format("cannot start {}: {}", command.front(), strerror(error)));
  }
  replace(0, pid_);
  pipe_ = std::make_shared<Pipe>(clock.io(), ends[0]);
  pipe_->read();
  look();
}

ChildProcess::~ChildProcess() {
  clock_.cancel(look_timer_);
  if (how_.empty()) {
    ::kill(pid_, SIGTERM);
    // A bounded wait: a SUT that does not end within two seconds is made to.
    auto const until = clock_.now() + 2s;
    while (how_.empty() && clock_.now() < until)
      clock_.run_until([this, next = clock_.now() + 5ms] {
        look();
        return !how_.empty() || clock_.now() >= next;
      });
    clock_.cancel(look_timer_);
    if (how_.empty()) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
      replace(pid_, 0);
    }
  }
  boost::system::error_code ignored;
  pipe_->descriptor.close(ignored);
}

std::string const& ChildProcess::output() const { return pipe_->output; }
bool ChildProcess::ended() const { return !how_.empty(); }
std::string ChildProcess::how_it_ended() const { return how_; }

void ChildProcess::look() {
  clock_.cancel(look_timer_);
  int status = 0;
  if (!how_.empty()) return;
  if (::waitpid(pid_, &status, WNOHANG) != pid_) {
    look_timer_ = clock_.after(10ms, [this] { look(); });
    return;
  }
  replace(pid_, 0);
  how_ = WIFSIGNALED(status) ? fmt::format("signal {} ({})", WTERMSIG(status), strsignal(WTERMSIG(status)))
                             : fmt::format("exit {}", WEXITSTATUS(status));
  if (on_end) on_end();
}

}  // namespace tollgate
