#include "codec/judgement.hpp"

namespace tollgate {

std::string_view to_string(Strength strength) {
  switch (strength) {
    case Strength::must: return "must";
    case Strength::should: return "should";
    case Strength::may: return "may";
  }
  return "";
}

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::accept: return "accept";
    case Outcome::reject: return "reject";
    case Outcome::either: return "either";
  }
  return "";
}

}  // namespace tollgate
