/// A SUT file is refused with file:line:column and a reason, or every value of it is one that a run can use.
#include "base/text.hpp"
#include "fuzz/support/file_place.hpp"
#include "fuzz/support/target.hpp"
#include "runner/sut_file.hpp"

using namespace tollgate;
using fuzz::require;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const text = fuzz::text(data, size);
  auto const file = read_sut_file("sut.toml", text);
  if (!file) {
    require(fuzz::is_place_in(file.error().where, "sut.toml", text), "refused at " + file.error().where);
    require(!file.error().what.empty(), "refused without a reason");
    return 0;
  }
  Ixit const& ixit = file->ixit;
  for (auto const duration :
       {ixit.msrp_transaction, ixit.diameter_tx, ixit.diameter_watchdog, ixit.sip_t1, ixit.live, ixit.quiet, ixit.quiet_long})
    require(duration >= Duration::zero(), "a timer is below zero");
  require(ixit.user_count >= 1 && ixit.user_pattern.contains("{n}"), "no user can be made");
  require(Address::parse(ixit.sut_sip.text()) == ixit.sut_sip, "the address of the SUT is none");
  require(!contradiction(file->profile), "the profile contradicts itself");
  auto const lines = split(text, '\n');
  auto const blanked = split(file->without_secrets, '\n');
  require(blanked.size() == lines.size(), "the copy without secrets has other lines");
  for (std::size_t i = 0; i < lines.size(); ++i)
    require(blanked[i] == lines[i] || blanked[i].contains("***"), "the copy without secrets says something else");
  return 0;
}
