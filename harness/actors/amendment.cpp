#include "actors/amendment.hpp"

namespace tollgate {

Octets Amendment::finish(Octets written) const {
  for (auto const& edit : edits) fields::apply(edit, written);
  for (auto const& [find, put] : octets)
    if (auto const at = written.find(find); at != Octets::npos) written.replace(at, find.size(), put);
  return rewrite ? rewrite(std::move(written)) : written;
}

}  // namespace tollgate
