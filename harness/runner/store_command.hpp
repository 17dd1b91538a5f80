#pragma once
/// store.method "command" of the SUT file: a program of the vendor lays a deferred message down.
#include <string>
#include <vector>

#include "sim/task.hpp"
#include "sim/wall_clock.hpp"

namespace tollgate {

class StoreCommand {
 public:
  /// In each argument {user} becomes the address-of-record, {text} the message.
  StoreCommand(WallClock& clock, std::vector<std::string> command) : clock_(clock), command_(std::move(command)) {}

  /// Why the message is not stored: the program could not be started, did not end within `patience`, or ended with anything
  /// but exit 0. "" when it is.
  [[nodiscard]] Task<std::string> store(std::string user, std::string text) const;
  static constexpr Duration patience = 10s;

 private:
  WallClock& clock_;
  std::vector<std::string> command_;
};

}  // namespace tollgate
