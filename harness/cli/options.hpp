#pragma once
/// The command line of `tollgate`, read. Of this folder `options.cpp` alone knows CLI11.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runner/ways.hpp"

namespace tollgate::cli {

/// What the contract calls SELECT and the flags beside it.
struct Options {
  std::string command;  ///< "run", "list", ...
  std::vector<std::string> select;
  std::string filter = "*";
  std::string level = "may";
  std::string sut;  ///< path of the SUT file; empty for the embedded server
  bool sim = false;
  std::string profile;
  std::size_t threads = 0;  ///< of `matrix`; 0: one a core
  bool whole_load = false;  ///< of `matrix`: every case at its whole load against every fault
  std::size_t jobs = 0;  ///< 0: not said
  std::optional<std::uint64_t> seed;
  std::size_t max_fail = 0;
  std::size_t repeat = 1;
  bool shuffle = false;
  bool until_fail = false;
  std::string partition;
  std::string client = "native";
  std::string sipp_register, sipp_session;  ///< paths of a user's own scenarios; "" for ours
  std::string baseline;  ///< path of the baseline; empty for none
  std::string deadline;
  double timeout_scale = 1;
  std::vector<std::string> faults;
  Ways ways;  ///< to the embedded server
  std::vector<std::string> scenarios;
  std::vector<std::string> reports;  ///< KIND=PATH
  std::string out;
  bool quiet = false, verbose = false;
  std::string color = "auto";  ///< of the console: auto, always, never
  std::string serve;  ///< IP address and port of the live view; "" for none
  bool json = false;
  std::vector<std::string> files;  ///< of `lint`, and the folders of `report`
  std::string protocol;            ///< of `lint`: "sip", ...; empty to guess
  bool stream = false;             ///< of `lint`: each file is a connection from its start
  std::string id;    ///< of `explain`, or the path of `judge`
  std::string imserver;            ///< program of the embedded server; "" for the one beside this
  std::string channel = "all";     ///< of `fuzz`
  bool resume = false;             ///< of `fuzz`
  std::string feedback = "coverage";  ///< of `fuzz`
  std::string corpus;              ///< of `fuzz`: a folder
  std::string time;                ///< of `fuzz`: "10m"; "" for the default
  std::uint64_t execs = 0;         ///< of `fuzz`: 0 for no limit
  std::size_t servers = 0;         ///< of `fuzz`: processes at a time; 0: see servers_of in fuzz.cpp
  bool strict_answers = false;     ///< of `fuzz`
  bool libfuzzer_exits = false;    ///< of `fuzz`
  bool messages = false;           ///< of `fuzz`: single messages, no flows
  unsigned times = 5;              ///< of `repro`
  std::string key;                 ///< of `bundle`: path of a private key; "" signs not
  std::vector<std::string> trusted;  ///< of `verify`: paths of public keys
  bool unsigned_too = false;         ///< of `verify`: a bundle that nobody signed may hold
  int exit_code = 0;  ///< of `explain-exit`
};

/// Either options, or the exit code with which to end at once (0 after --help, 64 after a usage error).
struct Parsed {
  std::optional<Options> options;
  int exit = 64;
};
[[nodiscard]] Parsed parse(int argc, char** argv);

}  // namespace tollgate::cli
