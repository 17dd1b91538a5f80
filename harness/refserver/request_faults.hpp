#pragma once
/// What faults make of the requests of the Charging Enabler User. Without such a fault every request stays as it is.
#include <string>

#include "codec/ch2/ch2.hpp"
#include "refserver/config.hpp"

namespace tollgate::refserver {

class RequestFaults {
 public:
  explicit RequestFaults(Config const& config) : config_(config) {}

  /// Before it is written: for whom it is and which number it has.
  void change(ch2::Request& request);
  /// Before it goes out, CER and CCR: fields that are wrong, missing or of another kind.
  void change(diameter::Message& message) const;

 private:
  Config const& config_;
  std::uint32_t asked_ = 0;         ///< CCRs so far, for M65
  std::string latest_subscriber_;   ///< who reserved last, for M53
};

}  // namespace tollgate::refserver
