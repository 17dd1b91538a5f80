#include "runner/hook.hpp"

#include <fmt/format.h>
#include <stdexcept>

#include "base/text.hpp"
#include "runner/child_process.hpp"
#include "sim/mailbox.hpp"

namespace tollgate {

Task<std::string> run_hook(WallClock& clock, std::vector<std::string> command, Duration patience) {
  Mailbox<std::string> ends(clock);
  std::unique_ptr<ChildProcess> process;
  try {
    process = std::make_unique<ChildProcess>(clock, command, std::map<std::string, std::string>{});
  } catch (std::runtime_error const& error) {
    co_return error.what();
  }
  process->on_end = [&] { ends.push(process->how_it_ended()); };
  if (process->ended()) ends.push(process->how_it_ended());  // it was quick
  auto const end = co_await ends.pop(patience);
  if (!end)
    co_return fmt::format("{} did not end within {} s", command.front(),
                          std::chrono::duration_cast<std::chrono::seconds>(patience).count());
  if (*end == "exit 0") co_return "";
  co_return fmt::format("{} ended with {}: {}", command.front(), *end, trim(process->output()));
}

}  // namespace tollgate
