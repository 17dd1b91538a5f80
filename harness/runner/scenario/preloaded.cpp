#include "runner/scenario/preloaded.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace tollgate {

namespace {

/// What a flow stores for whom, and whether that is what lies there already.
class Stores {
 public:
  void operator()(step::Deposit const& s) {
    bool const is_text = s.messages == 0 && s.octets == 0 && s.text == stored_text(1) && s.as.empty();
    bool const is_first = (is_text || s.messages == 1) && s.type == "text/plain" && clients_[s.to].stored == 0;
    clients_[s.to].stored += 1;
    fits_ = fits_ && is_first;
  }
  void operator()(step::Given const& s) {
    auto& client = clients_[s.role];
    if (s.state != PushState::registered && client.stored == 0) client.stored = s.messages;
    if (s.state != PushState::stored) registers(client);
  }
  void operator()(step::Send const& s) {
    if (s.message == "REGISTER") registers(clients_[s.by]);
  }
  void operator()(step::Client const& s) { fits_ = fits_ && s.user.empty() && s.stands_for.empty(); }
  void operator()(auto const& /*other*/) {}

  [[nodiscard]] bool fits() const {
    return fits_ && std::ranges::all_of(clients_, [](auto const& one) { return one.second.stored <= 1; });
  }

 private:
  struct Stored {
    unsigned stored = 0;
  };
  void registers(Stored const& client) { fits_ = fits_ && client.stored == 1; }

  std::map<std::string, Stored> clients_;
  bool fits_ = true;
};

}  // namespace

bool fits_preloaded(Scenario const& scenario) {
  return std::ranges::all_of(scenario.flows, [](Flow const& flow) {
    Stores stores;
    for (auto const& step : flow.steps) std::visit(stores, step.what);
    return stores.fits();
  });
}

}  // namespace tollgate
