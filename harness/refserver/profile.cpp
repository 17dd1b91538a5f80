#include "refserver/profile.hpp"

namespace tollgate::refserver {

std::optional<std::string> contradiction(Profile const& profile) {
  bool const ecur = profile.credit == Credit::ecur;
  if (profile.debit == Debit::each && ecur) return "--debit each needs --credit ecuru or split: ecur has one TERMINATION";
  if (profile.debit == Debit::first && profile.units == Units::ok) return "--debit first knows one outcome only, so --units ok cannot be";
  if (profile.debit == Debit::pre && profile.units == Units::ok) return "--debit pre knows no outcome, so --units ok cannot be";
  return std::nullopt;
}

}  // namespace tollgate::refserver
