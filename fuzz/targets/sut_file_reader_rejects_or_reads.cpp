/// A SUT file is refused with file:line:column and a reason, or every value of it is one that a run can use.
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
  for (auto const duration : {ixit.msrp_transaction, ixit.diameter_tx, ixit.diameter_watchdog, ixit.sip_t1, ixit.live,
                              ixit.quiet, ixit.quiet_long})
    require(duration >= Duration::zero(), "a timer is below zero");
  require(ixit.user_count >= 1 && ixit.user_pattern.contains("{n}"), "no user can be made");
  require(Address::parse(ixit.sut_sip.text()) == ixit.sut_sip, "the address of the SUT is none");
  require(!contradiction(file->profile), "the profile contradicts itself");
  auto const again = read_sut_file("sut.toml", file->without_secrets);
  require(again.has_value() && again->name == file->name, "the file without its secrets reads otherwise");
  return 0;
}
