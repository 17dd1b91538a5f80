#include "runner/baseline.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "runner/toml_table.hpp"

namespace tollgate {

static std::string need(TomlTable& entry, char const* key) {
  auto const value = entry.text(key);
  if (!value || value->empty()) entry.refuse(key, fmt::format("an entry needs {} = \"...\"", entry.full(key)));
  return *value;
}

static KnownFailure read_entry(TomlTable& entry) {
  KnownFailure known{
      .case_id = need(entry, "case"), .reason = need(entry, "reason"), .issue = need(entry, "issue"), .until = {}, .where = entry.where()};
  auto const until = entry.date("until");
  if (!until) entry.refuse("an entry needs known.until, the last day on which it holds, like 2027-01-31");
  known.until = *until;
  entry.done();
  return known;
}

std::expected<Baseline, FileError> Baseline::read(std::string const& file, std::string_view text, std::string today) {
  Baseline out;
  out.today_ = std::move(today);
  try {
    auto root = TomlTable::parse(file, text);
    for (auto& entry : root.tables("known")) {
      auto known = read_entry(entry);
      auto const same = [&](KnownFailure const& other) { return other.case_id == known.case_id && other.reason == known.reason; };
      if (auto const twin = std::ranges::find_if(out.entries_, same); twin != out.entries_.end())
        entry.refuse("case", fmt::format("{} is known for \"{}\" already, at {}", known.case_id, known.reason, twin->where));
      out.entries_.push_back(std::move(known));
    }
    root.done();
  } catch (FileRefused const& refused) {
    return std::unexpected(refused.error);
  }
  return out;
}

/// A failure as `tollgate run` prints it, "reason: because".
struct Failure {
  std::string reason;
  std::string because;
};

/// The one that speaks for the case, and then every other of its findings that fails.
static std::vector<Failure> failures_of(CaseResult const& result) {
  std::vector<Failure> out{{result.reason, result.because}};
  for (auto const& finding : result.findings) {
    bool const speaks = finding.reason == result.reason && result.because.starts_with(finding.because);
    if (finding.verdict == Verdict::fail && !speaks) out.push_back({finding.reason, finding.because});
  }
  return out;
}

KnownFailure const* Baseline::entry_for(std::string const& case_id, std::string const& said) const {
  auto const found =
      std::ranges::find_if(entries_, [&](KnownFailure const& entry) { return entry.case_id == case_id && said.contains(entry.reason); });
  return found == entries_.end() ? nullptr : &*found;
}

/// Every failure of the case must be known: a new one shows behind an old one, too.
void Baseline::judge_failed(CaseResult& result) const {
  std::string known;
  std::optional<Failure> fresh;
  for (auto& failure : failures_of(result)) {
    auto const* const entry = entry_for(result.info.id, failure.reason + ": " + failure.because);
    if (entry == nullptr && !fresh) fresh = std::move(failure);
    if (entry == nullptr) continue;
    auto const by = fmt::format("{} until {}", entry->issue, entry->until);
    if (!known.contains(by)) known += (known.empty() ? "" : ", ") + by;
  }
  if (known.empty()) return;
  if (!fresh) {
    result.verdict = Verdict::known;
    result.because = fmt::format("{}: {}", known, result.because);
    return;
  }
  result.reason = fresh->reason;
  result.because = fmt::format("{} (new; what else failed is known: {})", fresh->because, known);
}

void Baseline::apply(CaseResult& result) const {
  auto const is_mine = [&](KnownFailure const& entry) { return entry.case_id == result.info.id; };
  if (result.verdict == Verdict::fail) return judge_failed(result);
  if (result.verdict != Verdict::pass) return;
  auto const lasting = std::ranges::find_if(entries_, [&](auto const& entry) { return is_mine(entry) && !has_expired(entry); });
  if (lasting == entries_.end()) return;
  result.verdict = Verdict::fail;
  result.reason = "unexpected pass";
  result.because = fmt::format("{} is known to fail for \"{}\" ({}, {}), but it passed: delete that entry", result.info.id, lasting->reason,
                               lasting->issue, lasting->where);
}

std::vector<std::string> Baseline::problems(std::span<Case const> suite) const {
  std::vector<std::string> out;
  for (auto const& entry : entries_) {
    bool const exists = std::ranges::any_of(suite, [&](Case const& one) { return one.info.id == entry.case_id; });
    if (!exists)
      out.push_back(fmt::format("{}: there is no case {} ({}): delete the entry", entry.where, entry.case_id, entry.issue));
    else if (has_expired(entry))
      out.push_back(fmt::format("{}: {} ({}) expired on {}: mend it, renew the date or delete the entry", entry.where, entry.case_id,
                                entry.issue, entry.until));
  }
  return out;
}

}  // namespace tollgate
