#pragma once
/// JUnit XML as Jenkins, GitLab and the GitHub actions read it; reports/junit.xsd is its schema.
///
///   pass     nothing                          inconc   <error type="inconc">
///   fail     <failure type="fail">, "xpass"   error    <error type="error">, "incomplete" before it ended
///   na       <skipped message="why">          known    <skipped message="known: why">
///
/// An entry of the baseline that expired or names no case is a <failure type="stale"> of its own.
///
/// GitLab shows only the text of an element, so the message stands there again; of system-out it takes the first
/// attachment.
#include <span>
#include <string>

#include "reports/artefacts.hpp"
#include "runner/result.hpp"

namespace tollgate::reports {

/// The <testsuite> of baseline entries that have expired or name no case, where there are some: the run is red for them (exit 5).
inline constexpr std::string_view baseline_suite = "BASELINE";

/// One <testcase>. A run rewrites its report after every verdict, so they are made once and kept.
[[nodiscard]] std::string testcase_xml(Run const& run, CaseResult const& result, Artefacts const& files);

/// The whole document around the <testcase>s, which stand in the order of the plan; one <testsuite> a group.
[[nodiscard]] std::string junit_xml(Run const& run, std::span<std::string const> testcases);
[[nodiscard]] std::string junit_xml(Run const& run);

}  // namespace tollgate::reports
