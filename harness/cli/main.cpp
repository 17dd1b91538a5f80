// tollgate: the program. Reads the command line, runs one command, ends with an exit code of the contract.
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/crash.hpp"
#include "cli/descriptors.hpp"
#include "cli/environment.hpp"
#include "cli/fuzz_run.hpp"
#include "runner/exit_code.hpp"
#include "transport/network.hpp"

namespace tollgate::cli {

/// A command, and what the last line says of it where its exit code alone says less.
struct Command {
  std::string_view name;
  int (*does)(Options const& options);
  std::string_view done = "done";
  std::string_view failed = "";  ///< exit 1; "" for what the code means
};

static Command const& command_of(Options const& options) {
  static constexpr std::array all{
      Command{"run", run, "all cases passed or failed as known"},
      Command{"list", list},
      Command{"explain", explain},
      Command{"matrix", matrix, "every fault caught, no false alarm",
              "a fault survived or was caught for another reason, or a faultless server fails"},
      Command{"faults", faults},
      Command{"judge", judge, "done", "a monitor found a breach, or the steps of the case had"},
      Command{"report", report},
      Command{"bundle", bundle, "done", "what does not hold is not signed"},
      Command{"verify", verify, "what was compared of the bundle holds, and the line above says whether that is all of it",
              "the bundle is not what it says"},
      Command{"lint", lint, "done", "a message has to be rejected"},
      Command{"ladder", ladder},
      Command{"fuzz", fuzz},
      Command{"repro", repro},
      Command{"minimize", minimize},
      Command{"doctor", doctor},
      Command{"explain-exit", explain_exit},
  };
  return *std::ranges::find(all, options.command, &Command::name);  // CLI11 knows no other
}

static int guarded(Options const& options) {
  try {
    return command_of(options).does(options);
  } catch (NetworkError const& error) {
    return refuse({exit_harness, error.what()});
  } catch (std::exception const& error) {
    int const code = options.libfuzzer_exits ? exit_harness : exit_internal;  // 70 is a hang there
    return refuse({code, fmt::format("internal error: {}", error.what())});
  }
}

/// What a bundle that holds leaves open; "" for nothing.
static std::string_view doubt(Command const& command, Options const& options) {
  if (command.name != "verify" || !options.trusted.empty()) return "";
  return options.unsigned_too ? "what was compared of the bundle agrees, but nobody has to have signed it: --unsigned"
                              : "what was compared of the bundle agrees, but no signer was trusted: no --trust";
}

/// What the last line says beside the command and the code.
struct Remark {
  std::string_view but = {};      ///< at exit 0, in place of what the command has
  std::string_view instead = {};  ///< whatever the code; "" for nothing
};

static Remark remark(Command const& command, Options const& options, int code) {
  return {.but = doubt(command, options), .instead = options.libfuzzer_exits ? libfuzzer_meaning(code) : ""};
}

/// The last line of every command: where verdicts are printed, beside them; else not among what other programs read.
static int told(Command const* command, int code, Remark const& remark = {}) {
  bool const judges = command != nullptr && (command->name == "run" || command->name == "matrix");
  auto const meaning = exit_meaning(code);
  std::string_view says = meaning ? meaning->meaning : std::string_view();
  if (code == exit_ok) says = command == nullptr ? "done" : remark.but.empty() ? command->done : remark.but;
  if (code == exit_fail && command != nullptr && !command->failed.empty()) says = command->failed;
  if (!remark.instead.empty()) says = remark.instead;
  std::fflush(stdout);
  fmt::print(judges ? stdout : stderr, "exit {}: {}\n", code, says);
  return code;
}

}  // namespace tollgate::cli

int main(int argc, char** argv) {
  tollgate::cli::explains_crashes();
  tollgate::cli::takes_descriptors();
  auto const parsed = tollgate::cli::parse(argc, argv);
  if (!parsed.options) return tollgate::cli::told(nullptr, parsed.exit);
  auto const& command = tollgate::cli::command_of(*parsed.options);
  auto const code = tollgate::cli::guarded(*parsed.options);
  return tollgate::cli::told(&command, code, tollgate::cli::remark(command, *parsed.options, code));
}
