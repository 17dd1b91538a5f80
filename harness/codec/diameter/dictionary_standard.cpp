// The dictionary of the program: `dictionary.dia`, compiled in, so that no file has to be found at run time.
//
// ccache 4.7 does not see that this file depends on what it embeds; it turns its direct mode off for a file that names
// __TIME__, and hashes the embedded octets instead.
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
