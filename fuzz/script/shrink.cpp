#include "fuzz/script/shrink.hpp"

#include <algorithm>

#include "runner/interruption.hpp"

namespace tollgate::fuzz {

namespace {

class Shrinking {
 public:
  Shrinking(std::vector<Script> scripts, std::function<bool(std::span<Script const>)> const& shows, unsigned trials,
            std::string_view simplest)
      : best_(std::move(scripts)), shows_(shows), left_(trials), simplest_(simplest) {}

  std::vector<Script> go() {
    fewer_flows();
    fewer_changes();
    simpler_bases();
    earlier_messages();
    smaller_numbers();
    return std::move(best_);
  }

 private:
  bool keeps(std::vector<Script> candidate) {
    if (left_ == 0 || candidate.empty() || was_interrupted()) return false;
    --left_;
    if (!shows_(candidate)) return false;
    best_ = std::move(candidate);
    return true;
  }

  /// Zeller's ddmin: without one of ever smaller parts, the last first, as the culprit is rather among those.
  void fewer_flows() {
    for (std::size_t part = best_.size() / 2; part > 0; part /= 2)
      for (std::size_t end = best_.size(); end > 0 && left_ > 0;) {
        auto const from = end > part ? end - part : 0;
        auto fewer = best_;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(from), fewer.begin() + static_cast<std::ptrdiff_t>(end));
        keeps(std::move(fewer));
        end = from;
      }
  }

  void fewer_changes() {
    for (std::size_t flow = 0; flow < best_.size(); ++flow)
      for (std::size_t change = best_[flow].changes.size(); change > 0; --change) {
        auto fewer = best_;
        fewer[flow].changes.erase(fewer[flow].changes.begin() + static_cast<std::ptrdiff_t>(change - 1));
        keeps(std::move(fewer));
      }
  }

  /// There the message may have another number.
  void simpler_bases() {
    for (std::size_t flow = 0; flow < best_.size(); ++flow) {
      if (simplest_.empty() || best_[flow].base == simplest_) continue;
      auto simpler = best_;
      simpler[flow].base = simplest_;
      if (keeps(simpler) || simpler[flow].changes.size() != 1) continue;
      auto& nth = simpler[flow].changes.front().nth;
      while (nth > 1) {
        --nth;
        if (keeps(simpler)) break;
      }
    }
  }

  /// What the third message shows the first may show, with less before it.
  void earlier_messages() {
    for (std::size_t flow = 0; flow < best_.size(); ++flow)
      for (std::size_t change = 0; change < best_[flow].changes.size(); ++change)
        for (unsigned nth = 1; nth < best_[flow].changes[change].nth; ++nth) {
          auto earlier = best_;
          earlier[flow].changes[change].nth = nth;
          if (keeps(std::move(earlier))) break;
        }
  }

  /// Two copies do where twenty did, and no delay where there was one.
  void smaller_numbers() {
    for (std::size_t flow = 0; flow < best_.size(); ++flow)
      for (std::size_t change = 0; change < best_[flow].changes.size(); ++change) {
        auto const& now = best_[flow].changes[change];
        std::uint64_t const least = now.act == Change::Act::repeat ? 2 : now.act == Change::Act::late ? 1 : now.number;
        if (now.number <= least) continue;
        auto smaller = best_;
        smaller[flow].changes[change].number = least;
        keeps(std::move(smaller));
      }
  }

  std::vector<Script> best_;
  std::function<bool(std::span<Script const>)> const& shows_;
  unsigned left_;
  std::string_view simplest_;
};

}  // namespace

std::vector<Script> shrunk(std::vector<Script> scripts, std::function<bool(std::span<Script const>)> const& shows, unsigned trials_most,
                           std::string_view simplest) {
  return Shrinking(std::move(scripts), shows, trials_most, simplest).go();
}

}  // namespace tollgate::fuzz
