#pragma once
/// imserver as a process whose end and output can be looked at without waiting.
#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <optional>
#include <spawn.h>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

extern char** environ;

namespace tollgate::refserver::defects {

class ServerProgram {
 public:
  explicit ServerProgram(std::vector<std::string> arguments) {
    // SIGABRT shows where a server hangs.
    ::setenv("ASAN_OPTIONS", "detect_leaks=1:handle_abort=1", 1);
    ::setenv("ASAN_SYMBOLIZER_PATH", TOLLGATE_SYMBOLIZER, 1);
    arguments.insert(arguments.begin(), TOLLGATE_IMSERVER);
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    int const error = ::posix_spawn(&id_, argv.front(), &actions, nullptr, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    pipe_ = ends[0];
    ::fcntl(pipe_, F_SETFL, O_NONBLOCK);
    if (error != 0) throw std::runtime_error("imserver does not start");
  }
  ServerProgram(ServerProgram const&) = delete;
  ServerProgram& operator=(ServerProgram const&) = delete;
  ~ServerProgram() {
    if (!has_ended()) {
      ::kill(id_, SIGKILL);
      ::waitpid(id_, nullptr, 0);
    }
    ::close(pipe_);
  }

  void signal(int number) const { ::kill(id_, number); }
  [[nodiscard]] bool has_ended() {
    (void)output();  // a full pipe would stop it
    int status = 0;
    if (!exit_ && ::waitpid(id_, &status, WNOHANG) == id_) exit_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return exit_.has_value();
  }
  /// 128 and the number for one that ended it; -1 while it runs.
  [[nodiscard]] int exit() const { return exit_.value_or(-1); }
  /// Standard output and error so far.
  [[nodiscard]] std::string const& output() {
    std::array<char, 4096> buffer{};
    for (ssize_t size = 0; (size = ::read(pipe_, buffer.data(), buffer.size())) > 0;)
      output_.append(buffer.data(), static_cast<std::size_t>(size));
    return output_;
  }

 private:
  pid_t id_ = 0;
  int pipe_ = -1;
  std::optional<int> exit_;
  std::string output_;
};

}  // namespace tollgate::refserver::defects
