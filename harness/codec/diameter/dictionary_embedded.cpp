// The dictionary of the program: `dictionary.dia`, compiled in, so that no file has to be found at run time.
#include <utility>

#include "base/assert.hpp"
#include "codec/diameter/dictionary.hpp"

namespace tollgate::diameter {

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
static constexpr char standard_text[] = {
#embed "dictionary.dia"
};
#pragma clang diagnostic pop

Dictionary const& Dictionary::standard() {
  static Dictionary const dictionary = [] {
    auto parsed = parse({standard_text, sizeof standard_text});
    TOLLGATE_ASSERT(parsed.has_value());
    return std::move(*parsed);
  }();
  return dictionary;
}

}  // namespace tollgate::diameter
