#include "codec/sip/name.hpp"

#include <gtest/gtest.h>
#include <string>

#include "base/text.hpp"

namespace tollgate::sip {

TEST(SipName, EveryNameIsItsOwnCanonicalForm) {
  for (int i = 1; i <= static_cast<int>(Name::www_authenticate); ++i) {
    auto const name = static_cast<Name>(i);
    ASSERT_FALSE(canonical(name).empty()) << i;
    EXPECT_EQ(name_of(canonical(name)), name) << canonical(name);
    EXPECT_EQ(name_of(lower(canonical(name))), name) << canonical(name);
  }
  EXPECT_EQ(canonical(Name::unknown), "");
}

TEST(SipName, KnowsCompactForms) {
  struct Compact {
    std::string_view form;
    Name name;
  };
  constexpr Compact all[] = {
      {"a", Name::accept_contact},
      {"b", Name::referred_by},
      {"c", Name::content_type},
      {"d", Name::request_disposition},
      {"e", Name::content_encoding},
      {"f", Name::from},
      {"i", Name::call_id},
      {"j", Name::reject_contact},
      {"k", Name::supported},
      {"l", Name::content_length},
      {"m", Name::contact},
      {"o", Name::event},
      {"r", Name::refer_to},
      {"s", Name::subject},
      {"t", Name::to},
      {"u", Name::allow_events},
      {"v", Name::via},
      {"x", Name::session_expires},
      {"V", Name::via},
      {"M", Name::contact},
  };
  for (auto const& [form, name] : all) EXPECT_EQ(name_of(form), name) << form;
}

TEST(SipName, ComparesWholeNames) {
  for (std::string_view const other : {"", "Vi", "Via ", "Vias", "P-Hnc", "Content_Length", "ContentLength", "z", "p"})
    EXPECT_EQ(name_of(other), Name::unknown) << other;
}

}  // namespace tollgate::sip
