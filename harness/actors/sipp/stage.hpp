#pragma once
/// What starts SIPp for one leg: one transaction or one dialog. The real one is the runner's; tests have their own.
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "transport/address.hpp"

namespace tollgate::sipp {

/// A program that plays one leg. Its end is this object's.
class Program {
 public:
  virtual ~Program() = default;
  [[nodiscard]] virtual bool ended() const = 0;
  /// How it ended, in one line: "exit 0", "exit 1: Aborting call on unexpected message ...".
  [[nodiscard]] virtual std::string account() const = 0;
  /// What it complains of, in one line, while it lives: it may go on behind a message that it had not expected. "" for nothing.
  [[nodiscard]] virtual std::string complaint() const { return ""; }
  /// Looks now whether it has ended; `on_end` hears.
  virtual void looks() {}
  std::function<void()> on_end;
};

/// What it is to play.
struct Part {
  std::string scene;  ///< a file of scenarios/sipp without its .xml
  bool calls = false; ///< it begins, at `tap`; else it listens at `at` (RFC 3261: UAC, UAS)
  Address tap;
  std::string call_id;
  std::string cseq;   ///< of its first request; "" where it sends none
  std::string user, password, digest_uri;  ///< that it proves (RFC 3261 22); "" where nobody asks
  int status = 0;     ///< of its response
  std::map<std::string, std::string> keys;
};

struct Staged {
  std::unique_ptr<Program> program;
  Address at;  ///< of its own for each, over TCP
};

/// Throws std::runtime_error when it cannot be started.
using Stage = std::function<Staged(Part const& part)>;

}  // namespace tollgate::sipp
