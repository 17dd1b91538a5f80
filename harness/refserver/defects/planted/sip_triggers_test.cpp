// How to meet what is planted in the handling of SIP and SDP.
#include "refserver/defects/planted/bed_test.hpp"

namespace tollgate::refserver::defects {
namespace {

using sip::Name;

/// A REGISTER of alice with one change.
void registers_with(Bed& bed, std::function<void(sip::Message&)> const& change) {
  auto message = bed.alice().registration(Bed::alice_aor);
  change(message);
  bed.alice().send(message);
  (void)bed.until([&] { return bed.alice().status_of("REGISTER") != 0; }, 1s);
}

void changes_via(Bed& bed, std::string const& more) {
  registers_with(bed, [&](sip::Message& message) { message.set(Name::via, std::string(*message.value(Name::via)) + more); });
}

void maddr_twice(Bed& bed) {
  changes_via(bed, ";maddr=127.0.0.1;maddr=127.0.0.1");
}

void multipart_in_itself(Bed& bed) {
  auto message = bed.alice().request("MESSAGE", Bed::alice_aor, "<sip:alice@ims.example>", "m", 1);
  message.set_body("--x\r\nContent-Type: multipart/mixed;boundary=x\r\n\r\n--x--\r\n", "multipart/mixed;boundary=x");
  bed.alice().send(message);
  (void)bed.until([&] { return bed.alice().status_of("MESSAGE") != 0; }, 1s);
}

void five_contacts(Bed& bed) {
  bed.registers();
  auto message = bed.alice().registration(Bed::alice_aor, 9);
  std::string contacts = bed.alice().contact();
  for (char const user : std::string("abcd")) contacts.append(", <sip:").append(1, user).append("@127.0.0.1:9>");
  bed.alice().got.clear();
  bed.alice().send(message.set(Name::contact, contacts));
  (void)bed.until([&] { return bed.alice().status_of("REGISTER") != 0; }, 1s);
}

/// A change to the 200 to the INVITE.
void accepts_with(Bed& bed, std::function<void(sip::Message&)> const& change) {
  bed.alice().change_response = [change](sip::Message& response) {
    if (!response.body().empty()) change(response);
  };
  bed.is_pushed_to();
  (void)bed.until([&] { return !bed.alice().all("ACK").empty(); }, 1s);
}

void describes_with(Bed& bed, std::string const& more) {
  accepts_with(bed, [&](sip::Message& response) { response.set_body(response.body() + more, "application/sdp"); });
}

void long_contact(Bed& bed) {
  accepts_with(bed, [&](sip::Message& response) {
    auto const contact = bed.alice().contact();
    response.set(Name::contact, contact.substr(0, contact.size() - 1) + ";x=" + std::string(128, 'a') + ">");
  });
}

void late_provisional(Bed& bed) {
  bed.alice().on_request = [&](sip::Message const& request) {
    if (request.method() != "INVITE") return false;
    bed.alice().answers(request, 200);
    bed.alice().answers(request, 180);
    return true;
  };
  bed.is_pushed_to();
  (void)bed.until([&] { return !bed.alice().all("ACK").empty(); }, 1s);
}

void no_path(Bed& bed) {
  accepts_with(bed, [](sip::Message& response) {
    auto body = response.body();
    auto const at = body.find("a=path:");
    response.set_body(body.erase(at, body.find("\r\n", at) + 2 - at), "application/sdp");
  });
}

void nine_media(Bed& bed) {
  std::string more;
  for (int i = 0; i < 8; ++i) more += "m=audio 0 RTP/AVP 0\r\n";
  describes_with(bed, more);
}

void bye_in_debit(Bed& bed) {
  bed.is_debited();
  bed.alice().send(bed.alice().in_dialog("BYE", 2));
  (void)bed.until([&] { return bed.alice().status_of("BYE") == 200; }, 2s);
  bed.answers_debit();
}

void shared_call_id(Bed& bed) {
  bed.registers();
  auto message = bed.bob().registration(Bed::bob_aor);
  bed.bob().send(message.set(Name::call_id, std::string("reg-") + Bed::alice_aor));
  (void)bed.until([&] { return bed.bob().status_of("REGISTER") == 200; });
  bed.registers();
}

void crossed_byes(Bed& bed) {
  bed.is_debited(bed.alice(), Bed::alice_aor);
  bed.is_debited(bed.bob(), Bed::bob_aor);
  bed.alice().send(bed.alice().in_dialog("BYE", 2));
  (void)bed.until([&] { return bed.alice().status_of("BYE") == 200; }, 2s);
  bed.bob().send(bed.bob().in_dialog("BYE", 2));
}

}  // namespace

Trigger sip_trigger(Defect defect) {
  auto const register_with = [](Name name, std::string const& value) -> Trigger {
    return [=](Bed& bed) { registers_with(bed, [&](sip::Message& message) { message.set(name, value); }); };
  };
  switch (defect) {
    case Defect::D01_via_branch_overflow: return [](Bed& bed) { changes_via(bed, std::string(64, 'b')); };
    case Defect::D02_from_tag_null: return register_with(Name::from, "<sip:phone@ims.example>");
    case Defect::D03_content_length_wrap: return register_with(Name::content_length, "4294967295");
    case Defect::D04_folded_value_overflow: return register_with(Name::subject, "two\r\n lines");
    case Defect::D05_open_comment_recursion: return register_with(Name::user_agent, "phone (open");
    case Defect::D06_maddr_use_after_free: return maddr_twice;
    case Defect::D07_refused_register_leak: return register_with(Name::contact, "*");
    case Defect::D09_multipart_recursion: return multipart_in_itself;
    case Defect::D10_expires_wrap: return register_with(Name::expires, "4294967295");
    case Defect::D11_contacts_overflow: return five_contacts;
    case Defect::D17_contact_uri_overflow: return long_contact;
    case Defect::D18_late_provisional_use_after_free: return late_provisional;
    case Defect::D31_bye_in_debit_use_after_free: return bye_in_debit;
    case Defect::D34_shared_call_id_use_after_free: return shared_call_id;
    case Defect::D36_crossed_byes_deadlock: return crossed_byes;
    default: return nullptr;
  }
}

Trigger sdp_trigger(Defect defect) {
  auto const describe_with = [](std::string const& line) -> Trigger { return [=](Bed& bed) { describes_with(bed, line + "\r\n"); }; };
  switch (defect) {
    case Defect::D19_sdp_path_null: return no_path;
    case Defect::D20_sdp_attribute_overflow: return describe_with("a=note:" + std::string(300, 'x'));
    case Defect::D21_sdp_media_overflow: return nine_media;
    case Defect::D22_sdp_max_size_divide: return describe_with("a=max-size:0");
    default: return nullptr;
  }
}

}  // namespace tollgate::refserver::defects
