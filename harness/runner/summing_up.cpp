#include "runner/summing_up.hpp"

#include "runner/declaration.hpp"
#include "runner/inference.hpp"
#include "runner/order_evidence.hpp"

namespace tollgate {

void sum_up(Run& run, Profile const& profile, Ixit const& timers) {
  run.inferred = infer_profile(run.cases, timers);
  run.fits = fitting_bundles(run.inferred);
  run.order = order_evidence(run.cases, terms_of(profile, timers));
}

}  // namespace tollgate
