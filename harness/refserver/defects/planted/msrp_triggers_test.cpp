// How to meet what is planted in the MSRP session.
#include "refserver/defects/planted/bed_test.hpp"

namespace tollgate::refserver::defects {
namespace {

/// A request in the session of that phone, whose connection stands.
msrp::Message request(TestPhone const& phone, std::string const& transaction_id, std::string_view method = "SEND",
                      std::string_view byte_range = "1-5/5") {
  auto message = msrp::Message::request(transaction_id, method);
  message.add("To-Path", phone.their_path()).add("From-Path", phone.own_path()).add("Message-ID", "m1").add("Byte-Range", byte_range);
  return message;
}

msrp::Message response(TestPhone const& phone, msrp::Message const& send) {
  auto message = msrp::Message::response(send.transaction_id(), 200);
  message.add("To-Path", phone.their_path()).add("From-Path", phone.own_path());
  return message;
}

/// In the session, with a SEND of the server unanswered.
TestPhone& in_session(Bed& bed) {
  bed.alice().on_send = [](auto const&) { return 0; };
  bed.is_sent_to();
  return bed.alice();
}

void sends(Bed& bed, msrp::Message const& message) {
  bed.alice().sends_msrp(message);
  (void)bed.until([&] { return bed.alice().msrp_lost; }, 100ms);
}

void long_transaction_id(Bed& bed) {
  in_session(bed);
  sends(bed, request(bed.alice(), std::string(33, 't'), "SEND", "1-0/0"));
}

void backward_range(Bed& bed) {
  in_session(bed);
  sends(bed, request(bed.alice(), "backward", "SEND", "5-1/5").add("Content-Type", "text/plain").set_body("hello"));
}

void almost_end_line(Bed& bed) {
  in_session(bed);
  sends(bed, request(bed.alice(), "almostend", "SEND", "1-22/22").add("Content-Type", "text/plain").set_body("a\r\n-------almostend\r\nb"));
}

void report_without_status(Bed& bed) {
  in_session(bed);
  sends(bed, request(bed.alice(), "report01", "REPORT"));
}

void abort_after_end(Bed& bed) {
  in_session(bed);
  sends(bed, request(bed.alice(), "first001", "SEND", "1-0/0"));
  sends(bed, request(bed.alice(), "first002", "SEND", "1-0/0").set_flag('#'));
}

void bound_again(Bed& bed) {
  auto& phone = in_session(bed);
  Bed::withholds_bye(phone);
  phone.msrp().close();
  (void)bed.until([&] { return !phone.all("BYE").empty(); });
  auto const uri = msrp::parse_uri(phone.their_path());
  auto& stream = *bed.more_connections.emplace_back(bed.network.connect("127.0.0.1", {std::string(uri->host), *uri->port}));
  bool is_answered = false;
  stream.on_octets = [&](auto const&) { is_answered = true; };
  stream.send(request(phone, "another1", "SEND", "1-0/0").write());
  (void)bed.until([&] { return is_answered; }, 1s);
  stream.on_octets = [](auto const&) {};
}

void malformed_repeat(Bed& bed) {
  auto& phone = in_session(bed);
  Bed::withholds_bye(phone);
  auto answer = response(phone, phone.sends.back());
  phone.sends_msrp(answer);
  phone.sends_msrp(answer.set("To-Path", "nowhere"));
  (void)bed.until([&] { return bed.debits() > 1; }, 500ms);
}

void foreign_response(Bed& bed) {
  auto& alice = in_session(bed);
  bed.bob().on_send = [](auto const&) { return 0; };
  bed.is_sent_to(bed.bob(), Bed::bob_aor);
  bed.bob().sends_msrp(response(bed.bob(), alice.sends.back()));
  (void)bed.answers_options();  // so that the server has read it
  alice.sends_msrp(response(alice, alice.sends.back()));
}

}  // namespace

Trigger msrp_trigger(Defect defect) {
  switch (defect) {
    case Defect::D23_msrp_transaction_id_overflow: return long_transaction_id;
    case Defect::D24_msrp_byte_range_wrap: return backward_range;
    case Defect::D25_msrp_end_line_hang: return almost_end_line;
    case Defect::D26_msrp_report_leak: return report_without_status;
    case Defect::D27_msrp_abort_double_free: return abort_after_end;
    case Defect::D28_msrp_rebind_use_after_free: return bound_again;
    case Defect::D29_msrp_repeat_double_debit: return malformed_repeat;
    case Defect::D35_foreign_response_use_after_free: return foreign_response;
    default: return nullptr;
  }
}

}  // namespace tollgate::refserver::defects
