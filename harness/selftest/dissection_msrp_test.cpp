// tshark and our views read the same in every valid MSRP message.
#include <gtest/gtest.h>

#include "codec/corpus_test.hpp"
#include "codec/msrp/message.hpp"
#include "selftest/dissection_test.hpp"

namespace tollgate::selftest {
namespace {

/// Header fields by their name on the wire and to tshark.
constexpr std::pair<std::string_view, std::string_view> headers[] = {
    {"To-Path", "msrp.to.path"},
    {"From-Path", "msrp.from.path"},
    {"Message-ID", "msrp.messageid"},
    {"Byte-Range", "msrp.byte.range"},
    {"Success-Report", "msrp.success.report"},
    {"Failure-Report", "msrp.failure.report"},
    {"Status", "msrp.status"},
    {"Content-Type", "msrp.content.type"},
    {"Use-Path", "msrp.use.path"},
    {"WWW-Authenticate", "msrp.www.authenticate"},
    {"Authorization", "msrp.authorization"},
    {"Authentication-Info", "msrp.authentication.info"},
};
constexpr std::string_view others[] = {"msrp.transaction.id", "msrp.method", "msrp.status.code", "msrp.cnt.flg"};

Facts read(Octets const& octets) {
  auto const message = msrp::Message::parse(octets).value();
  Facts facts;
  // In the start line and in the end-line, which is where a message ends because they are the same.
  facts["msrp.transaction.id"] = {2, std::string(message.transaction_id())};
  facts["msrp.cnt.flg"] = {std::string(1, message.flag())};
  if (message.is_request())
    facts["msrp.method"] = {std::string(message.method())};
  else
    facts["msrp.status.code"] = {std::to_string(message.status())};
  for (auto const& [name, tsharks] : headers)
    if (auto const value = message.value(name)) facts[std::string(tsharks)] = {unfolded(*value)};
  return facts;
}

Facts tsharks(pugi::xml_node protocol) {
  std::vector<std::string_view> names(std::begin(others), std::end(others));
  for (auto const& [name, tsharks] : headers) names.push_back(tsharks);
  return facts_of(protocol, names);
}

std::vector<Excuse> const excuses = {
    {"valid/body_looks_like_end.msrp",
     {"msrp.cnt.flg"},
     "tshark ends the message at the first line that begins as its end-line; X is no continuation flag (RFC 4975 9)"},
};

TEST(Dissection, AgreesOnEveryValidMsrpMessage) {
  std::vector<Dissected> messages;
  for (auto const& sample : read_samples("harness/codec/msrp/testdata")) {
    if (!sample.is_valid) continue;
    std::string_view rest = sample.octets;
    for (auto framed = msrp::frame(rest); framed.state == Framed::State::message; framed = msrp::frame(rest)) {
      messages.push_back({sample.file, Octets(rest.substr(0, framed.size))});
      rest.remove_prefix(framed.size);
    }
    EXPECT_TRUE(rest.empty()) << sample.file;
  }
  auto const document = dissect(trace::Channel::msrp, messages);
  Agreement agreement(excuses);
  for (auto const& message : messages) agreement.compare(message.name, read(message.octets), tsharks(message.protocol));
  agreement.finish(150);
}

}  // namespace
}  // namespace tollgate::selftest
