#include "runner/store_command.hpp"

#include "base/text.hpp"
#include "runner/hook.hpp"

namespace tollgate {

Task<std::string> StoreCommand::store(std::string user, std::string text) const {
  std::vector<std::string> command;
  for (auto const& argument : command_) command.push_back(replaced(replaced(argument, "{user}", user), "{text}", text));
  co_return co_await run_hook(clock_, std::move(command), patience);
}

}  // namespace tollgate
