#include "fuzz/campaign/regression.hpp"

#include <memory>

#include "fuzz/campaign/tamper.hpp"

namespace tollgate::fuzz {

namespace {

struct Play {
  std::vector<Script> scripts;
  std::vector<BaseFlow> flows;
  MessagePool pool;
};

Task<void> play(std::shared_ptr<Play> what, Bed& bed) {
  for (std::size_t i = 0; i < what->scripts.size(); ++i) {
    Bed& flow = bed.branch();
    tampers(flow, what->scripts[i].changes, what->pool);
    try {
      co_await what->flows[i].run(flow);
    } catch (CaseStopped const&) {  // NOLINT(bugprone-empty-catch): the flow may end anywhere; the monitors judge it
    }
    co_await flow.wind_up(bed.ixit().live);
  }
}

}  // namespace

Case regression_case(ReproFile const& repro, std::vector<BaseFlow> flows, std::string const& where) {
  Problem const problem{.kind = repro.kind, .bucket = repro.bucket, .says = repro.says, .report = {}};
  auto const what = std::make_shared<Play>(Play{repro.flows, std::move(flows), {}});
  return {.info = {.id = problem.name(),
                   .group = "finding",
                   .purpose = "What a campaign has found does not happen again: " + repro.says,
                   .clause = "RFC 3261 16.3; RFC 4475; RFC 4975 7.3; RFC 6733 7",
                   .strength = "shall",
                   .kind = "invariant",
                   .file = where,
                   .line = 1},
          .bundles = {},
          .where = where,
          .ambiguity = {},
          .run = [what](Bed& bed) { return play(what, bed); }};
}

}  // namespace tollgate::fuzz
