#include "cli/options.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <string_view>

#include "base/command_line.hpp"
#include "cli/environment.hpp"

namespace tollgate::cli {

static void add_selection(CLI::App& command, Options& options) {
  command.add_option("SELECT", options.select, "test ids or prefixes: ORD, DBT-02, RB-1; an id plays its parts too, DBT-10 DBT-10b");
  command.add_option("--filter", options.filter, "GoogleTest's filter syntax over ids")->capture_default_str();
  command.add_option("--level", options.level, "weakest strength: shall, should, may")
      ->check(CLI::IsMember({"shall", "should", "may"}))
      ->capture_default_str();
  command.add_option("--profile", options.profile, "bundle, instead of the SUT file's");
  command.add_option("--scenarios", options.scenarios, "a further directory of scenario files; repeatable")->allow_extra_args(false);
  command.add_option("--sut", options.sut, "SUT file; without it the embedded reference server");
}

static void add_ways(CLI::App& app, Ways& ways) {
  using enum trace::Transport;
  add_words(app, "--sip", ways.sip, {{"udp", udp}, {"tcp", tcp}, {"tls", tls}}, "of the embedded server: udp, tcp, tls");
  add_words(app, "--binding", ways.binding, {{"diameter", ch2::Binding::diameter}, {"http", ch2::Binding::http}},
            "of CH-2 at the embedded server: diameter, http");
  add_words(app, "--charging", ways.ch2, {{"tcp", tcp}, {"tls", tls}}, "what CH-2 goes over at the embedded server: tcp, tls");
  app.add_option("--ip", ways.ip, "version of the embedded server's loopback address: 4, 6")->check(CLI::IsMember({4, 6}));
}

static void add_run(CLI::App& app, Options& options) {
  auto& run = *app.add_subcommand("run", "run cases against a server and judge them");
  add_selection(run, options);
  run.add_flag("--sim", options.sim, "reference server in this process, simulated time");
  run.add_option("--jobs", options.jobs, "cases in flight; 256, fewer for few users, 1 where a fail ends the run")
      ->check(CLI::Range(1, 10000));
  run.add_option("--seed", options.seed, "of everything random; printed by every run")->check(decimal());
  run.add_option("--repeat", options.repeat, "the selection so many times over")->check(CLI::Range(1, 100000));
  run.add_flag("--shuffle", options.shuffle, "start the cases in an order of the seed: what one case does to another shows");
  run.add_flag("--until-fail", options.until_fail,
               "start no case after the first fail, one at a time unless --jobs says otherwise; with --repeat, so long until one fails");
  run.add_option("--partition", options.partition, "hash:m/n, one of n disjoint parts of the suite");
  run.add_option("--max-fail", options.max_fail, "start no case after so many fails; 0 never")->check(decimal())->capture_default_str();
  run.add_option("--deadline", options.deadline, "of the whole run: 10m");
  run.add_option("--timeout-scale", options.timeout_scale, "factor on every wait; the embedded server's timers follow")
      ->check(factor(0.1, 1000))
      ->capture_default_str();
  run.add_option("--fault", options.faults, "a fault of the reference server, by id or name; repeatable")->allow_extra_args(false);
  add_ways(run, options.ways);
  run.add_option("--imserver", options.imserver, "program of the embedded server: one built with --preset defects takes their faults too")
      ->check(CLI::ExistingFile);
  run.add_option("--report", options.reports, "KIND=PATH: junit, json, html, text, sarif, tap, tap13, github; repeatable")
      ->allow_extra_args(false);
  run.add_option("--color", options.color, "of the console: auto asks the terminal, NO_COLOR and CLICOLOR_FORCE; always; never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  run.add_option("--client", options.client, "who plays the SIP legs of the IM Client: native, sipp")->capture_default_str();
  run.add_option("--sipp-register", options.sipp_register, "scenario of SIPp that registers, in place of ours")->check(CLI::ExistingFile);
  run.add_option("--sipp-session", options.sipp_session,
                 "scenario of SIPp that takes an INVITE to the end of its session, in place of ours")
      ->check(CLI::ExistingFile);
  run.add_option("--baseline", options.baseline, "TOML file of failures that are known: case, reason, issue, until");
  run.add_option("--serve", options.serve,
                 "the page of the run while it runs: an IP address and a port, 127.0.0.1:8080; port 0 for a free one");
  auto* quiet = run.add_flag("-q,--quiet", options.quiet, "show only the cases that need a look, and the end");
  run.add_flag("-v,--verbose", options.verbose, "show the ladder of each case as it ends")->excludes(quiet);
  run.add_option("--out", options.out, "folder of the artefacts");
}

static void add_fuzz(CLI::App& app, Options& options) {
  auto& fuzz = *app.add_subcommand("fuzz", "change what a running server receives, and leave each defect as a folder");
  add_selection(fuzz, options);
  fuzz.add_option("--channel", options.channel, "whose messages are changed")
      ->check(CLI::IsMember({"sip", "msrp", "diameter", "http", "all"}))
      ->capture_default_str();
  fuzz.add_flag("--messages", options.messages, "single SIP messages over UDP, as fast as the server reads them, in place of flows");
  fuzz.add_option("--time", options.time, "so long; 10m where no --execs is given");
  fuzz.add_option("--execs", options.execs, "so many cases")->check(decimal());
  fuzz.add_option("--seed", options.seed, "of every case; printed")->check(decimal());
  fuzz.add_option("--corpus", options.corpus, "folder of cases, traces and captures to build on, where what shows something new is kept");
  fuzz.add_option("--feedback", options.feedback,
                  "what to build on: coverage, where the server has it, and answers; or none: the same seed, the same cases")
      ->check(CLI::IsMember({"coverage", "answers", "none"}))
      ->capture_default_str();
  fuzz.add_flag("--strict-answers", options.strict_answers,
                "an answer to a malformed request that is not the one that its standard names is a finding");
  fuzz.add_flag("--libfuzzer-exits", options.libfuzzer_exits,
                "end as libFuzzer does: 77 where something was found, 70 where it is hangs alone, 72 where it was interrupted");
  fuzz.add_flag("--resume", options.resume, "go on behind the last case of the campaign in --out");
  fuzz.add_option("--baseline", options.baseline, "TOML file of findings that are known: case, reason, issue, until");
  fuzz.add_option("--report", options.reports, "KIND=PATH: junit, json, html, text, sarif, tap, tap13, github; repeatable")
      ->allow_extra_args(false);
  fuzz.add_option("--jobs", options.jobs, "flows side by side; 320")->check(CLI::Range(1, 2000));
  fuzz.add_option("--servers", options.servers,
                  "embedded servers at a time, each a process; 1, for --messages one for each processor, 8 at most")
      ->check(CLI::Range(1, 64));
  fuzz.add_option("--timeout-scale", options.timeout_scale, "factor on every wait; the embedded server's timers follow")
      ->check(factor(0.01, 1000))
      ->capture_default_str();
  fuzz.add_option("--fault", options.faults, "a fault of the reference server, by id or name; repeatable; memory: every planted defect")
      ->allow_extra_args(false);
  add_ways(fuzz, options.ways);
  fuzz.add_option("--imserver", options.imserver, "program of the embedded server: one built with --preset defects, or for coverage")
      ->check(CLI::ExistingFile);
  fuzz.add_option("--out", options.out, "folder of the findings");
  for (auto const& [name, what] : {std::pair("repro", "play a finding again on fresh servers, and say how often it shows"),
                                   std::pair("minimize", "make a finding smaller, as long as it shows the same")}) {
    auto& command = *app.add_subcommand(name, what);
    command.add_option("PATH", options.id, "folder of a finding, or its repro.toml")->required();
    command.add_option("--sut", options.sut, "SUT file, instead of the server on which it was found");
    if (std::string_view(name) == "repro")
      command.add_option("--times", options.times)->check(CLI::Range(1, 1000))->capture_default_str();
    else
      command.add_option("--time", options.time, "so long at most; 390s");
  }
}

static void add_evidence(CLI::App& app, Options& options) {
  auto& bundle = *app.add_subcommand("bundle", "a finished run as one archive with a signed manifest");
  bundle.add_option("DIR", options.id, "folder of the run, or a bundle to sign once more")->required()->check(CLI::ExistingPath);
  bundle.add_option("--key", options.key, "private key, Ed25519 in PEM")->check(CLI::ExistingFile);
  bundle.add_option("--out", options.out, "the archive; tollgate-<run>.tar.zst otherwise");
  auto& verify = *app.add_subcommand("verify", "whether a bundle is what it says: hashes, signatures, plan, verdicts");
  verify.add_option("BUNDLE", options.id)->required()->check(CLI::ExistingFile);
  verify.add_option("--trust", options.trusted, "public key, Ed25519 in PEM, that must have signed; repeatable")
      ->allow_extra_args(false)
      ->check(CLI::ExistingFile);
  verify.add_flag("--unsigned", options.unsigned_too, "take a bundle, too, that nobody has signed")->excludes("--trust");
}

static void add_rest(CLI::App& app, Options& options) {
  auto& list = *app.add_subcommand("list", "what would run");
  add_selection(list, options);
  list.add_flag("--json", options.json);
  auto& explain = *app.add_subcommand("explain", "purpose, clause, verdict rule, detected faults of a case or monitor");
  explain.add_option("ID", options.id)->required();
  auto& matrix = *app.add_subcommand("matrix", "every fault of the reference server against the suite");
  matrix.add_option("--faults", options.faults, "ids, comma-separated")->delimiter(',');
  add_ways(matrix, options.ways);
  matrix.add_flag("--all", options.whole_load, "every case at its whole load against every fault; without it the heavy ones meet few");
  matrix.add_option("--jobs", options.threads, "threads, one a core otherwise")->check(CLI::Range(1, 256));
  matrix.add_option("--seed", options.seed)->check(decimal());
  matrix.add_option("--out", options.out, "folder for matrix.json");
  app.add_subcommand("faults", "the fault catalogue")->add_flag("--json", options.json);
  auto& judge = *app.add_subcommand("judge", "the same rules on a recorded run, without a stimulus");
  judge.add_option("TRACE", options.id, "a tests/<ID>.jsonl or .pcapng of a run, or anybody's capture (pcapng, pcap)")->required();
  auto& report = *app.add_subcommand("report", "other formats from a finished run");
  report.add_option("DIR", options.files, "folder of the run; several for a matrix, the last one for everything else")->required();
  report.add_option("--report", options.reports, "KIND=PATH: junit, json, html, text, sarif, tap, tap13, github, matrix")->required();
  add_evidence(app, options);
  auto& lint = *app.add_subcommand("lint", "every deviation of a message, a stream or a folder of them from its standard");
  lint.add_option("FILE", options.files, "files and folders")->required()->check(CLI::ExistingPath);
  lint.add_flag("--stream", options.stream, "each file is a connection from its start: SIP as on TCP, later messages beside earlier ones");
  lint.add_option("--protocol", options.protocol, "of every file; else by its ending (.msrp), else by its first octets")
      ->check(CLI::IsMember({"sip", "sdp", "msrp", "cpim", "diameter", "ch2"}));
  auto& ladder = *app.add_subcommand("ladder", "a recorded trace as a ladder of text");
  ladder.add_option("TRACE", options.id, "a tests/<ID>.jsonl of a run")->required();
  auto& doctor = *app.add_subcommand("doctor", "checks tools, addresses and the SUT file; says what to do");
  doctor.add_option("--sut", options.sut);
  auto& exit = *app.add_subcommand("explain-exit", "what an exit code means");
  exit.add_option("N", options.exit_code)->required()->check(decimal())->check(CLI::Range(0, 255));
}

static std::vector<CLI::App const*> all_commands(CLI::App const& app) {
  return app.get_subcommands([](CLI::App const*) { return true; });
}

static bool has_command(CLI::App const& app, std::string_view name) {
  return std::ranges::any_of(all_commands(app), [name](auto const* one) { return one->get_name() == name; });
}

static std::string commands(CLI::App const& app) {
  std::string all;
  for (auto const* command : all_commands(app)) all += (all.empty() ? "" : ", ") + command->get_name();
  return all;
}

static Parsed refused(std::string const& why) {
  constexpr int usage = 64;
  return {std::nullopt, refuse({usage, why})};
}

Parsed parse(int argc, char** argv) {
  Options options;
  CLI::App app("tollgate: conformance of OMA SIMPLE IM servers, deferred message push with online charging");
  app.set_version_flag("--version", "tollgate " TOLLGATE_VERSION);
  app.require_subcommand(1);
  add_run(app, options);
  add_fuzz(app, options);
  add_rest(app, options);
  if (argc == 1) return refused("say what to do: " + commands(app));
  if (argv[1][0] != '-' && !has_command(app, argv[1]))
    return refused(fmt::format("there is no command '{}'; there are {}", argv[1], commands(app)));
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    if (error.get_exit_code() == 0) return {std::nullopt, app.exit(error, std::cout, std::cerr)};
    auto const chosen = app.get_subcommands();
    return refused(fmt::format("{}; see `tollgate{} --help`", error.what(), chosen.empty() ? "" : " " + chosen.front()->get_name()));
  }
  options.command = app.get_subcommands().front()->get_name();
  return {std::move(options), 0};
}

}  // namespace tollgate::cli
