#pragma once
/// The SUT file: ten lines of TOML that say where the server under test is and how it behaves.
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/ixit.hpp"
#include "runner/bundle.hpp"
#include "runner/claims.hpp"
#include "runner/file_error.hpp"
#include "runner/sipp_settings.hpp"

namespace tollgate {

struct SutFile {
  std::string name = "unnamed";
  Ixit ixit;
  Profile profile;
  Claims claims = default_claims();
  std::vector<std::string> launch;           ///< empty: it runs already
  std::string state;                         ///< file that lasts as long as the run, "{state}" of `launch`; empty: none
  std::string ready;                         ///< text on its standard output; empty: OPTIONS until answered
  bool says_address = false;                 ///< it takes free ports and says behind `ready` which: many of them run side by side
  std::string restart = "per-run";
  std::string pid_file;                      ///< holds the id of the server's process, where that is not the one of `launch`
  std::map<std::string, std::string> env;
  Address charging{"127.0.0.1", 0};          ///< where the mock Charging Enabler listens
  std::string certificate, key;              ///< PEM files of our certificate over TLS; empty: one is made
  std::optional<SippSettings> sipp;          ///< who plays the SIP legs of the clients; nothing where they do themselves
  std::vector<std::string> store_command;    ///< program and arguments that store a message; empty: SIP MESSAGE does
  std::vector<std::string> reset_command;    ///< empties a server that is exhausted, or runs already; empty: there is none
  std::string without_secrets;               ///< the file's text; passwords, environment and secret arguments blanked
};

using SutFileError = FileError;

[[nodiscard]] std::expected<SutFile, SutFileError> read_sut_file(std::string const& file, std::string_view text);

}  // namespace tollgate
