#pragma once
/// What `--client sipp` plays with.
#include <map>
#include <string>

namespace tollgate {

struct SippSettings {
  std::string program = "sipp";
  std::map<std::string, std::string> scenes;  ///< texts of scenarios/sipp, by name without .xml
  std::string own_register;                   ///< text of the user's own scenario that registers; "" for ours
  std::string own_session;                    ///< and of the one that takes an INVITE to the end of its session
};

}  // namespace tollgate
