#include "codec/ch2/document.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/xml_schema_test.hpp"
#include "codec/ch2/ch2.hpp"
#include "codec/ch2/elements.hpp"
#include "codec/diameter/dictionary.hpp"

namespace tollgate::ch2 {
namespace {

using testing::HasSubstr;

Identity const identity{.origin_host = "im.ims.example", .origin_realm = "ims.example", .destination_realm = "ims.example"};

Request const reserve{.operation = Operation::reserve_units,
                      .type = RequestType::initial,
                      .session_id = "im.ims.example;1;2",
                      .subscriber = "sip:alice@ims.example",
                      .service_context = "im@openmobilealliance.org",
                      .requested = 3};

std::string document(Request const& request) {
  return write_document(write_request(request, identity)).value();
}

/// Changed in one place.
std::string with(std::string text, std::string_view from, std::string_view to) {
  auto const at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

bool schema_accepts(std::string const& text) {
  return checked_by_xmllint(text, "scenarios/ch2.xsd").empty();
}

TEST(Document, SaysWhatTheRequestSays) {
  EXPECT_EQ(document(reserve), R"(<?xml version="1.0" encoding="UTF-8"?>
<EventRequest xmlns="urn:tollgate:ch2:1">
  <SessionIdentifier>im.ims.example;1;2</SessionIdentifier>
  <OriginatorHost>im.ims.example</OriginatorHost>
  <OriginatorDomain>ims.example</OriginatorDomain>
  <DestinationDomain>ims.example</DestinationDomain>
  <OperationToken>im@openmobilealliance.org</OperationToken>
  <OperationType>reserve</OperationType>
  <Interrogation>first</Interrogation>
  <OperationNumber>0</OperationNumber>
  <SubscriberIdentifier>
    <Type>sip-uri</Type>
    <Identity>sip:alice@ims.example</Identity>
  </SubscriberIdentifier>
  <RequestedUnits>
    <ServiceSpecificUnits>3</ServiceSpecificUnits>
  </RequestedUnits>
</EventRequest>
)");
}

/// Every operation, and units at either level: read back to the request that was written, and valid by the schema.
TEST(Document, IsReadToTheSameRequest) {
  Request debit = reserve;
  debit.type = RequestType::termination;
  debit.operation = Operation::debit_units;
  debit.number = 1;
  debit.requested.reset();
  debit.used = 2;
  debit.event_timestamp = 3'999'999'999;
  debit.messages_sent = 3;
  debit.messages_delivered = 2;
  Request in_mscc = reserve;
  in_mscc.units_at = UnitsAt::mscc;
  Request release = debit;
  release.used.reset();
  release.blames_answer = true;
  Request update = debit;
  update.type = RequestType::update;
  Request one_time = debit;
  one_time.type = RequestType::event;
  one_time.number = 0;
  for (auto const& request : {reserve, debit, in_mscc, release, update, one_time}) {
    auto const text = document(request);
    EXPECT_TRUE(schema_accepts(text)) << text;
    auto const ccr = read_document(text);
    ASSERT_TRUE(ccr) << describe(ccr.error()) << text;
    auto const back = read_request(*ccr);
    ASSERT_TRUE(back) << text;
    EXPECT_EQ(back->type, request.type);
    EXPECT_EQ(back->session_id, request.session_id);
    EXPECT_EQ(back->subscriber, request.subscriber);
    EXPECT_EQ(back->service_context, request.service_context);
    EXPECT_EQ(back->number, request.number);
    EXPECT_EQ(back->used, request.used);
    EXPECT_EQ(back->event_timestamp, request.event_timestamp);
    EXPECT_EQ(back->messages_sent, request.messages_sent);
    EXPECT_EQ(back->messages_delivered, request.messages_delivered);
    EXPECT_EQ(back->units_at, request.units_at);
    EXPECT_EQ(write_document(*ccr).value(), text);
  }
}

TEST(Document, OfAnAnswerIsReadToTheSameAnswer) {
  auto const ccr = write_request(reserve, identity);
  for (Answer const& answer : {Answer{.result = 2001, .granted = 3}, Answer{.result = 4012}, Answer{.result = 3004},
                               Answer{.result = 2001, .granted = 2, .service_result = 4012, .units_at = UnitsAt::mscc}}) {
    auto const text = write_document(write_answer(answer, ccr, "ocs.ims.example", "ims.example")).value();
    EXPECT_TRUE(schema_accepts(text)) << text;
    auto const cca = read_document(text);
    ASSERT_TRUE(cca) << describe(cca.error()) << text;
    auto const back = read_answer(*cca);
    ASSERT_TRUE(back) << describe(back.error()) << text;
    EXPECT_EQ(back->result, answer.result);
    EXPECT_EQ(back->granted, answer.granted);
    EXPECT_EQ(back->service_result, answer.service_result);
    EXPECT_EQ(back->session_id, reserve.session_id);
  }
}

TEST(Document, KeepsTheFlagOfWhatIsSentAgain) {
  auto ccr = write_request(reserve, identity);
  ccr.header.flags |= diameter::flag_retransmitted;
  auto const text = write_document(ccr).value();
  EXPECT_THAT(text, HasSubstr("retransmission=\"true\""));
  EXPECT_EQ(read_document(text)->header.flags, ccr.header.flags);
}

TEST(Document, IsReadUnderAnyPrefix) {
  std::string text = document(reserve);
  for (auto const* open : {"</", "<"})
    for (std::size_t at = 0; (at = text.find(open, at)) != std::string::npos; at += 2)
      if (std::isalpha(static_cast<unsigned char>(text[at + std::string_view(open).size()])) != 0)
        text.insert(at + std::string_view(open).size(), "c:");
  text = with(text, "xmlns=", "xmlns:c=");
  EXPECT_TRUE(schema_accepts(text)) << text;
  EXPECT_TRUE(read_document(text)) << text;
}

/// Namespaces in XML 1.0: what a prefix means is where it is bound, not how it is spelt.
TEST(Document, IsReadWhateverTheNamesOfItsNamespaces) {
  std::string const good = document(reserve), number = "<OperationNumber>0</OperationNumber>", ours = "urn:tollgate:ch2:1";
  std::string const instance = "\"http://www.w3.org/2001/XMLSchema-instance\"";
  for (auto const& text : {
           with(good, number, "<c:OperationNumber xmlns:c=\"" + ours + "\">0</c:OperationNumber>"),
           with(good, number, "<OperationNumber xmlns=\"" + ours + "\">0</OperationNumber>"),
           with(with(good, "xmlns=", "xmlns:c=\"" + ours + "\" xmlns="), number, "<c:OperationNumber>0</c:OperationNumber>"),
           with(good, "ch2:1\"", "ch2:1\" xmlns:i=" + instance + " i:schemaLocation=\"" + ours + " ch2.xsd\""),
           with(good, "<EventRequest", "<?style none?><EventRequest"),
           with(good, "im.ims.example;1;2", "]]&gt;"),
           with(good, "encoding=\"UTF-8\"", "encoding=\"US-ASCII\" standalone='yes'"),
       }) {
    EXPECT_TRUE(schema_accepts(text)) << text;
    auto const read = read_document(text);
    EXPECT_TRUE(read) << text << describe(read.error());
  }
}

TEST(Document, CannotSayWhatNoElementStandsFor) {
  auto ccr = write_request(reserve, identity);
  ccr.avps.push_back(diameter::make("User-Name", Octets("alice")));
  EXPECT_THAT(write_document(ccr).error(), HasSubstr("User-Name"));
  std::string_view const mscc[] = {"Multiple-Services-Credit-Control"};
  EXPECT_TRUE(has_element(mscc, "Rating-Group"));
  EXPECT_TRUE(has_element({}, "Rating-Group"));
  EXPECT_FALSE(has_element(mscc, "Session-Id"));
  EXPECT_FALSE(has_element({}, "User-Name"));
}

/// Up to 14 hours of zone, and up to what 32 bits count since 1900; as the schema has it.
TEST(Document, HasATimestampWhereTheSchemaHasOne) {
  struct {
    std::string_view text;
    bool is_good;
  } const all[] = {
      {"2026-01-01T00:00:00+14:00", true},  {"2026-01-01T00:00:00-14:00", true},  {"2026-01-01T00:00:00+13:59", true},
      {"2026-01-01T00:00:00+14:01", false}, {"2026-01-01T00:00:00-14:01", false}, {"2026-01-01T00:00:00+15:00", false},
      {"2026-01-01T00:00:00-23:59", false}, {"2036-02-07T06:28:15Z", true},       {"2036-02-07T06:28:15.00Z", true},
      {"2036-02-07T06:28:14.99Z", true},    {"2036-02-07T06:28:15.5Z", false},    {"2036-02-07T08:28:15.05+02:00", false},
      {"2036-02-06T16:28:15-14:00", true},  {"1900-01-01T00:00:00Z", true},       {"1900-01-01T14:00:00+14:00", true},
      {"1900-01-01T00:00:00+00:01", false},
  };
  for (auto const& [time, is_good] : all) {
    auto const element = fmt::format("  <Timestamp>{}</Timestamp><SubscriberIdentifier>", time);
    auto const text = with(document(reserve), "  <SubscriberIdentifier>", element);
    auto const read = read_document(text);
    EXPECT_EQ(read.has_value(), is_good) << time;
    EXPECT_EQ(read.has_value(), schema_accepts(text)) << time;
    if (!read) EXPECT_EQ(read.error().rule, "Timestamp") << time;
  }
}

struct Bad {
  std::string text;
  std::string_view rule;
};

/// Refused by the reader, for that rule, and by the schema.
TEST(Document, IsRefusedWhereTheSchemaRefusesIt) {
  auto const good = document(reserve);
  Bad const all[] = {
      {"", "document"},
      {"x", "document"},
      {with(good, "</EventRequest>", ""), "document"},
      {good + "<EventRequest/>", "document"},
      {with(with(good, "<EventRequest", "<Request"), "</EventRequest", "</Request"), "document"},
      {with(good, "urn:tollgate:ch2:1", "urn:tollgate:ch2:2"), "xmlns"},
      {with(good, "ch2:1\"", "ch2:1\" retransmission=\"maybe\""), "retransmission"},
      {with(good, "ch2:1\"", "ch2:1\" id=\"1\""), "retransmission"},
      {with(good, "<OperationNumber>0</OperationNumber>", ""), "OperationNumber"},
      {with(good, "<OperationNumber>0", "<OperationNumber>-1"), "OperationNumber"},
      {with(good, "<OperationNumber>0", "<OperationNumber>4294967296"), "OperationNumber"},
      {with(good, "<OperationNumber>0", "<OperationNumber><b/>0"), "OperationNumber"},
      {with(good, "<OperationNumber>", "<OperationNumber unit=\"1\">"), "OperationNumber"},
      {with(good, "<OperationNumber>0</OperationNumber>", "<OperationNumber>0</OperationNumber><OperationNumber>0</OperationNumber>"),
       "OperationNumber"},
      {with(good, "<Interrogation>first</Interrogation>", "<Interrogation>last</Interrogation>"), "Interrogation"},
      {with(good, "im.ims.example;1;2", ""), "SessionIdentifier"},
      {with(good, "  <RequestedUnits>", "  <Timestamp>2026-01-01T00:00:00Z</Timestamp><RequestedUnits>"), "element"},
      {with(good, "  <RequestedUnits>", "  <Money/><RequestedUnits>"), "element"},
      {with(good, "  <RequestedUnits>", "  three<RequestedUnits>"), "content"},
      {with(good, "<ServiceSpecificUnits>3", "<ServiceSpecificUnits>many"), "ServiceSpecificUnits"},
      {with(good, "<Type>sip-uri</Type>", ""), "Type"},
      {with(good, "im.ims.example;1;2", "&bogus;"), "document"},
      {with(good, "im.ims.example;1;2", "\xff"), "document"},
      {with(good, "im.ims.example;1;2", "\x01"), "document"},
      {with(good, "ch2:1\"", "ch2:1\" xmlns=\"urn:tollgate:ch2:1\""), "document"},
      {with(good, "im.ims.example;1;2", "  "), "SessionIdentifier"},
      {with(good, "im.ims.example;1;2", "a&#13;b"), "SessionIdentifier"},
      {with(good, "  <RequestedUnits>", "  <TerminationCause>gone</TerminationCause><RequestedUnits>"), "TerminationCause"},
      {with(good, "<OperationNumber>", "<OperationNumber xmlns=\"urn:other\">"), "element"},
      {with(good, "<OperationNumber>0</OperationNumber>", "<c:OperationNumber xmlns:c=\"urn:other\">0</c:OperationNumber>"), "element"},
      {with(good, "<OperationNumber>0</OperationNumber>", "<c:OperationNumber>0</c:OperationNumber>"), "element"},
      {with(good, "ch2:1\"", "ch2:1\" xmlns:c=\"urn:tollgate:ch2:1\" c:retransmission=\"1\""), "retransmission"},
      {with(good, "ch2:1\"", "ch2:1\" xmlns:xsi=\"urn:other\" xsi:schemaLocation=\"a b\""), "retransmission"},
      {with(good, "ch2:1\"", "ch2:1\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\""), "retransmission"},
      {with(good, "ch2:1\"", "ch2:1\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:bogus=\"1\""), "retransmission"},
      {with(good, "<OperationNumber>0</OperationNumber>", "<:OperationNumber>0</:OperationNumber>"), "element"},
      {with(with(good, "<EventRequest", "<:EventRequest"), "</EventRequest", "</:EventRequest"), "document"},
      {with(good, "ch2:1\"", "ch2:1\" :xmlns=\"urn:other\""), "retransmission"},
      {with(good, "ch2:1\"", "ch2:1\" xmlns:=\"urn:other\""), "retransmission"},
      {with(good, "ch2:1\"", "ch2:1\" xmlns:1=\"urn:other\""), "retransmission"},
      {with(good, "<OperationNumber>", "<OperationNumber :xmlns=\"urn:other\">"), "OperationNumber"},
      {with(good, "im.ims.example;1;2", "a]]>b"), "document"},
      {with(good, "im.ims.example;1;2", "\xef\xbf\xbe"), "document"},
      {with(good, "  <RequestedUnits>", "<!-- \x01 --><RequestedUnits>"), "document"},
      {with(good, "  <RequestedUnits>", "<?a \x01?><RequestedUnits>"), "document"},
      {with(good, "<OperationNumber>0", "<OperationNumber><?xml version=\"1.0\"?>0"), "document"},
      {with(good, "version=\"1.0\" ", ""), "document"},
      {with(good, "version=\"1.0\"", "version=\"9\""), "document"},
      {with(good, "version=\"1.0\" encoding=\"UTF-8\"", "encoding=\"UTF-8\" version=\"1.0\""), "document"},
      {with(good, "encoding=\"UTF-8\"", "encoding=\"UTF-8\" standalone=\"maybe\""), "document"},
      {with(good, "  <SubscriberIdentifier>", "  <Timestamp>2026-01-01T00:00:00</Timestamp><SubscriberIdentifier>"), "Timestamp"},
      {with(good, "  <SubscriberIdentifier>", "  <Timestamp>2040-01-01T00:00:00Z</Timestamp><SubscriberIdentifier>"), "Timestamp"},
      {with(good, "  <SubscriberIdentifier>", "  <Timestamp>2026-01-01T00:00:60Z</Timestamp><SubscriberIdentifier>"), "Timestamp"},
  };
  for (auto const& [text, rule] : all) {
    auto const read = read_document(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().rule, rule) << text << describe(read.error());
    EXPECT_FALSE(schema_accepts(text)) << text;
  }
}

/// Each deviation with the octets that it is about, however many there are.
TEST(Document, IsJudgedWhole) {
  EXPECT_EQ(judge_document(document(reserve)).outcome, Outcome::accept);
  auto text = with(document(reserve), "<OperationNumber>0", "<OperationNumber>-1");
  text = with(text, "<Type>sip-uri</Type>", "");
  text = with(text, "  <RequestedUnits>", "  <Money/>three<RequestedUnits>");
  text = with(text, "<Interrogation>first</Interrogation>", "<Interrogation>first</Interrogation><Interrogation>final</Interrogation>");
  auto const judged = judge_document(text);
  EXPECT_EQ(judged.outcome, Outcome::reject);
  EXPECT_EQ(judged.answer, 400U);
  std::vector<std::pair<std::string, std::string>> found;
  for (auto const& one : judged.diagnostics) found.emplace_back(one.rule, text.substr(one.offset, one.size));
  std::vector<std::pair<std::string, std::string>> const all{
      {"Interrogation", "Interrogation"}, {"OperationNumber", "-1"}, {"Type", ""}, {"element", "Money"}, {"content", "three"}};
  EXPECT_EQ(found, all);
  EXPECT_TRUE(text.substr(judged.diagnostics[2].offset).starts_with("Identity>")) << "what stands in its place";
  std::string many = "<EventRequest xmlns=\"urn:tollgate:ch2:1\">";
  for (int i = 0; i < 1000; ++i) many += "<a/>";
  EXPECT_EQ(judge_document(many + "</EventRequest>").diagnostics.size(), 100U);
  EXPECT_EQ(judge_document(many).diagnostics.size(), 1U) << "not well-formed, and no more can be said";
  EXPECT_EQ(judge_document(std::string(document_octets_max + 1, ' ')).answer, 413U);
}

/// An element with so many attributes, xmlns among them, none of which means anything.
std::string with_attributes(std::string const& text, std::string_view element, std::size_t count) {
  std::string attributes = "<" + std::string(element) + " xmlns=\"urn:tollgate:ch2:1\"";
  for (std::size_t i = 1; i < count; ++i) attributes += fmt::format(" xmlns:a{}=\"urn:a\"", i);
  return with(text, fmt::format("<{}", element), attributes);
}

/// Each would be gone through for each element inside, and the octets allow thousands of both.
TEST(Document, IsRefusedWhereAnElementHasTooManyAttributes) {
  auto const good = document(reserve), bare = with(good, " xmlns=\"urn:tollgate:ch2:1\"", "");
  struct {
    std::string_view element;
    std::string const& in;
  } const all[] = {{"EventRequest", bare}, {"SubscriberIdentifier", good}, {"Identity", good}};
  for (auto const& [element, in] : all) {
    auto const most = with_attributes(in, element, element_attributes_max);
    EXPECT_TRUE(read_document(most)) << most;
    EXPECT_TRUE(schema_accepts(most)) << most;
    auto const over = with_attributes(in, element, element_attributes_max + 1);
    auto const read = read_document(over);
    ASSERT_FALSE(read) << over;
    EXPECT_EQ(read.error().what, What::limit);
    EXPECT_EQ(read.error().rule, "Attribute");
    EXPECT_EQ(read.error().clause, "ch2.xsd");
    EXPECT_EQ(over.substr(read.error().offset, element.size()), element);
    auto const judged = judge_document(over);
    EXPECT_EQ(judged.diagnostics.size(), 1U);
    EXPECT_EQ(judged.answer, 400U);
  }
}

/// In a text behind others.
TEST(Document, IsRefusedWhereABracketStands) {
  auto const good = document(reserve);
  auto const read = read_document(with(good, "im.ims.example;1;2", "a]]>b"));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().offset, good.find("im.ims.example;1;2") + 1);
}

/// TS 32.299 table 6.6.2.1: Operation Identifier is CC-Correlation-Id.
TEST(Document, HasTheOperationIdentifier) {
  auto ccr = write_request(reserve, identity);
  ccr.avps.push_back(diameter::make("CC-Correlation-Id", Octets("push 7")));
  auto const text = write_document(ccr).value();
  EXPECT_THAT(text, HasSubstr("<OperationIdentifier>push 7</OperationIdentifier>\n  <OperationToken>"));
  EXPECT_TRUE(schema_accepts(text)) << text;
  auto const back = read_document(text);
  ASSERT_TRUE(back);
  EXPECT_EQ(diameter::find(back->avps, "CC-Correlation-Id")->data, "push 7");
  EXPECT_FALSE(read_document(with(text, "push 7", " ")));
}

/// What no XML Schema 1.0 says.
TEST(Document, IsRefusedWhereItContradictsItself) {
  auto const good = document(reserve);
  auto const debit = read_document(with(good, "<OperationType>reserve", "<OperationType>debit"));
  ASSERT_FALSE(debit);
  EXPECT_EQ(debit.error().rule, operation_type);
  auto const refund = read_document(with(good, "<OperationType>reserve", "<OperationType>refund"));
  ASSERT_FALSE(refund);
  EXPECT_EQ(refund.error().rule, operation_type);
  EXPECT_EQ(read_document(with(good, "encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"")).error().rule, "XMLDecl");
  std::string const bomb = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
  auto const declared = read_document(with(good, "<EventRequest", bomb + "<EventRequest"));
  ASSERT_FALSE(declared);
  EXPECT_EQ(declared.error().rule, "doctypedecl");
  auto const long_one = read_document(good + std::string(document_octets_max, ' '));
  ASSERT_FALSE(long_one);
  EXPECT_EQ(long_one.error().what, What::limit);
}

}  // namespace
}  // namespace tollgate::ch2
