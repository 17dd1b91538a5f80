#pragma once
/// A run with a case of every verdict, for tests of the reports. The failing one has the trace of the twelve steps and
/// says that its INVITE came too early.
#include <string>

#include "runner/result.hpp"
#include "trace/twelve_steps_test.hpp"

namespace tollgate::reports {

inline CaseResult sample_case(std::string id, std::string group, Verdict verdict, std::string reason, std::string because) {
  CaseResult result;
  result.info = {.id = std::move(id),
                 .group = std::move(group),
                 .purpose = "No INVITE is sent while the reserve answer is outstanding.",
                 .clause = "6.3.2.8 (3-5)",
                 .strength = "shall",
                 .kind = "causal",
                 .file = "scenarios/deferred_push/order/ord_03.cpp",
                 .line = 12};
  result.verdict = verdict;
  result.reason = std::move(reason);
  result.because = std::move(because);
  result.finished = true;
  result.duration = Duration(620'000'000);
  return result;
}

inline CaseResult failed_case() {
  auto result = sample_case("ORD-03", "order", Verdict::fail, "unexpected INVITE",
                            "#10 INVITE was received by alice at +502.190 ms while the answer to #5 reserve_units was withheld");
  result.trace = trace::twelve_steps();
  result.findings = {{.rule = "ORD-03",
                      .name = "steps",
                      .clause = "6.3.2.8 (3-5)",
                      .verdict = Verdict::fail,
                      .reason = result.reason,
                      .because = result.because,
                      .witnesses = {5, 10}},
                     {.rule = "G1",
                      .name = "invite_needs_grant",
                      .clause = "6.3.2.8 (4-5)",
                      .verdict = Verdict::fail,
                      .reason = "G1",
                      .because = "#10 was received, but no successful answer to #5 had been sent",
                      .witnesses = {5, 10}},
                     {.rule = "G9",
                      .name = "one_bye",
                      .clause = "6.3.2.8 (11)",
                      .verdict = Verdict::pass,
                      .reason = "G9",
                      .because = "",
                      .witnesses = {18}}};
  result.again = "tollgate run ORD-03 --seed 42 --sut acme.toml";
  return result;
}

inline Run sample_run() {
  Run run;
  run.version = "1.0";
  run.seed = 42;
  run.sut = "acme-im 7.1";
  run.profile = "TWELVE-STEP";
  run.inferred = {{"debit", "first"}};
  run.fits = {"TWELVE-STEP", "CR-FIRST"};
  run.order = {{.arrow = rules::arrows[0], .in_order = 2, .proved_by = {}, .refuted_by = {"ORD-03"}},
               {.arrow = rules::arrows[1], .in_order = 2, .proved_by = {"ORD-05"}, .refuted_by = {}}};
  run.started_at = "2026-11-24T14:05:09Z";
  run.duration = Duration(4'100'000'000);
  run.lag_p99 = Duration(200'000);
  run.lag_max = Duration(3'100'000);
  run.out = "reports/out/x";
  run.exit = 3;
  auto passed = sample_case("ORD-01", "order", Verdict::pass, "", "");
  passed.trace = trace::twelve_steps();
  passed.findings = {{.rule = "ORD-01", .verdict = Verdict::pass}};
  run.cases = {passed,
               failed_case(),
               sample_case("DBT-02", "debit", Verdict::inconc, "SUT ended", "the SUT had ended: exit 3"),
               sample_case("DBT-04", "debit", Verdict::na, "not applicable", "profile CR-LIST: this purpose belongs to TWELVE-STEP"),
               sample_case("DBT-09", "debit", Verdict::known, "missing debit_units", "ACME-412, expires 2027-01-31"),
               sample_case("NC-01", "credit", Verdict::error, "harness error", "cannot bind 127.0.0.1:3868")};
  return run;
}

/// What a hostile SUT would like to have in a report.
inline std::string hostile_text() {
  constexpr char octets[] =
      "]]></failure><script>alert('x')</script>\x1b[2J\0\x01 \xff\xfe \xed\xa0\x80 \xe2\x80\xae \"&amp; --> "
      "${x}\n{\"a\":1}";
  return {octets, sizeof octets - 1};
}

inline Run hostile_run() {
  auto run = sample_run();
  auto const bad = hostile_text();
  run.sut = run.profile = run.started_at = bad;
  run.inferred = {{bad, bad}};
  run.baseline_problems = {bad};
  run.sut_toml = run.log = bad;
  for (auto& result : run.cases) {
    auto& info = result.info;
    info.id += "/../" + bad;
    info.group = info.purpose = info.clause = info.strength = info.kind = info.file = bad;
    result.reason = result.because = result.again = bad;
    for (auto& finding : result.findings) {
      finding.rule = finding.name = finding.clause = finding.reason = finding.because = bad;
      finding.witnesses.push_back(99);
    }
    result.trace.record({.kind = trace::Kind::closed, .actor = bad, .note = bad});
    result.trace.record({.channel = trace::Channel::msrp, .actor = bad, .local = bad, .octets = bad, .note = bad});
  }
  return run;
}

}  // namespace tollgate::reports
