// The dictionaries are what AFL and libFuzzer read: a comment, or one token in quotes with its escapes, a line.
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <iterator>
#include <optional>
#include <set>

#include "base/text.hpp"

namespace tollgate::fuzz {
namespace {

/// The octets of `"..."`, perhaps behind `name=`; nothing for what libFuzzer refuses.
std::optional<Octets> token_of(std::string_view line) {
  auto const open = line.find('"');
  if (open == std::string_view::npos || !line.ends_with('"') || line.size() < open + 3) return std::nullopt;
  auto const text = line.substr(open + 1, line.size() - open - 2);
  Octets out;
  constexpr std::string_view digits = "0123456789abcdef";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' || text[i] < ' ' || text[i] > '~') return std::nullopt;
    if (text[i] != '\\') {
      out += text[i];
    } else if (i + 1 < text.size() && (text[i + 1] == '\\' || text[i + 1] == '"')) {
      out += text[++i];
    } else if (i + 3 < text.size() && text[i + 1] == 'x') {
      auto const high = digits.find(text[i + 2]);
      auto const low = digits.find(text[i + 3]);
      if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 3;
    } else {
      return std::nullopt;
    }
  }
  return out;
}

struct Protocol {
  char const* name;
  std::size_t least;                   ///< tokens
  std::vector<std::string> must_have;  ///< some that a complete one cannot lack
};

TEST(Dictionaries, AreReadByTheEnginesAndComplete) {
  std::vector<Protocol> const protocols{
      {"sip", 400, {"INVITE ", "v: ", "Via: ", "SIP/2.0 487 ", ";branch=", "sips:", "z9hG4bK", "WWW-Authenticate: "}},
      {"sdp", 100, {"a=path:msrp://", "a=setup:actpass", "TCP/TLS/MSRP *", "a=accept-wrapped-types:"}},
      {"msrp", 80, {"MSRP ", " SEND\r\n", "Byte-Range: ", "Use-Path: ", "-------", " 506\r\n"}},
      {"ch2", 30, {"<OperationType>debit</OperationType>", "retransmission=\"true\"", "<![CDATA["}},
      {"http", 15, {"Transfer-Encoding: chunked\r\n", "POST /ch2 HTTP/1.1\r\n"}},
      {"cpim", 80, {"NS: ", "imdn.Message-ID: ", "DateTime: ", "positive-delivery"}},
      {"diameter",
       250,
       {std::string("\xc0\0\x01\x10", 4), std::string("\0\0\x01\x07", 4), std::string("\0\0\x01\xc8", 4), std::string("\0\0\x0f\xac", 4)}},
  };
  for (auto const& [name, least, must_have] : protocols) {
    std::ifstream file(std::filesystem::path(TOLLGATE_SOURCE_DIR) / "fuzz/dict" / (std::string(name) + ".dict"));
    std::string const text{std::istreambuf_iterator<char>(file), {}};
    std::set<Octets> tokens;
    for (auto const line : split(text, '\n')) {
      if (line.empty() || line.starts_with('#')) continue;
      auto const token = token_of(line);
      ASSERT_TRUE(token) << name << ": " << line;
      EXPECT_LE(token->size(), 64U) << name << ": libFuzzer takes no more: " << line;
      EXPECT_TRUE(tokens.insert(*token).second) << name << ": twice: " << line;
    }
    EXPECT_GE(tokens.size(), least) << name;
    for (auto const& token : must_have) EXPECT_TRUE(tokens.contains(token)) << name << ": " << printable(token);
  }
}

}  // namespace
}  // namespace tollgate::fuzz
