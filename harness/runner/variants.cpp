#include "runner/variants.hpp"

namespace tollgate {

using refserver::Credit;
using refserver::Debit;
using refserver::Quota;
using refserver::Release;
using refserver::Units;

/// What the server does, and what is declared of it.
static Variant reading(std::string name, refserver::Profile const& server, Profile declared) {
  SimulatedOptions options;
  options.server_profile = server;
  options.profile = filled(std::move(declared), server);
  return {std::move(name), std::move(options)};
}

static std::vector<Variant> readings() {
  return {
      reading("CR-FIRST: D-FIRST C-ECUR U-SENT G-LOOSE", {Debit::first, Credit::ecur, Units::sent, Release::loose}, {.bundle = "CR-FIRST"}),
      reading("CR-ALL: D-ALL C-ECUR U-SENT G-STRICT", {Debit::all, Credit::ecur, Units::sent, Release::strict}, {.bundle = "CR-ALL"}),
      reading("CR-LIST: D-ALL C-ECUR U-SENT G-LOOSE", {Debit::all, Credit::ecur, Units::sent, Release::loose}, {.bundle = "CR-LIST"}),
      reading("CR-LIST: D-FIRST C-SPLIT U-FLAT G-LOOSE", {Debit::first, Credit::split, Units::flat, Release::loose},
              {.bundle = "CR-LIST", .units = "flat"}),
      reading("CR-ALL: D-ALL C-ECUR U-OK G-STRICT", {Debit::all, Credit::ecur, Units::ok, Release::strict},
              {.bundle = "CR-ALL", .units = "ok"}),
      reading("3GPP-ECUR: D-ALL C-ECUR U-OK G-LOOSE", {Debit::all, Credit::ecur, Units::ok, Release::loose},
              {.bundle = "3GPP-ECUR", .units = "ok"}),
      reading("CR-EACH: D-EACH C-ECURU U-SENT G-LOOSE", {Debit::each, Credit::ecuru, Units::sent, Release::loose}, {.bundle = "CR-EACH"}),
      reading("CR-EACH: D-EACH C-ECURU U-OK G-LOOSE", {Debit::each, Credit::ecuru, Units::ok, Release::loose},
              {.bundle = "CR-EACH", .units = "ok"}),
      reading("CR-EACH: D-EACH C-SPLIT U-SENT G-LOOSE", {Debit::each, Credit::split, Units::sent, Release::loose},
              {.bundle = "CR-EACH", .credit = "split"}),
      reading("CR-NOTE: D-PRE C-ECUR U-SENT G-LOOSE", {Debit::pre, Credit::ecur, Units::sent, Release::loose},
              {.bundle = "CR-NOTE", .debit = "pre"}),
      reading("TWELVE-STEP: G-STRICT", {Debit::first, Credit::ecur, Units::sent, Release::strict}, {.release = "strict"}),
      reading("TWELVE-STEP: X-OPEN", {.fails_open = true}, {.denial = "open"}),
      reading("TWELVE-STEP: R-EVERY", {.reserves_always = true}, {.trigger = "every"}),
      reading("CR-NOTE: D-PRE E-STRICT", {.debit = Debit::pre}, {.bundle = "CR-NOTE", .unlisted = "strict"}),
      reading("TWELVE-STEP: Q-ANY", {.quota = Quota::any}, {}),
      reading("TWELVE-STEP: Q-SOFT", {.quota = Quota::soft}, {}),
      reading("TWELVE-STEP: X-TABLE3", {.takes_unknown_success = true}, {}),
      reading("TWELVE-STEP: X-4011-DEBIT", {.debits_unlimited = true}, {}),
      reading("TWELVE-STEP: S-LEGACY", {.legacy_setup = true}, {}),
      reading("TWELVE-STEP: M-PLAIN", {.sends_plain = true}, {}),
      reading("TWELVE-STEP: F-RCS", {.names_of_rcs = true}, {}),
  };
}

Variant server_as_it_is() {
  return reading("", {}, {});
}

static Variant form(std::string name, void (*change)(SimulatedOptions&)) {
  auto out = server_as_it_is();
  out.name = std::move(name);
  change(out.options);
  return out;
}

std::vector<Variant> legal_variants() {
  auto out = readings();
  out.push_back(form("units in MSCC", [](SimulatedOptions& o) { o.units_at = ch2::UnitsAt::mscc; }));
  out.push_back(form("compact header names", [](SimulatedOptions& o) { o.sip_form.compact_names = true; }));
  out.push_back(form("header fields in another order", [](SimulatedOptions& o) { o.sip_form.other_order = true; }));
  out.push_back(form("chunks of 500 octets", [](SimulatedOptions& o) { o.chunk_octets = 500; }));
  out.push_back(form("a=setup:active", [](SimulatedOptions& o) { o.server_connects = true; }));
  out.push_back(form("a clock ten times as fast", [](SimulatedOptions& o) { o.clock_scale = 0.1; }));
  out.push_back(form("SIP over TCP", [](SimulatedOptions& o) { o.ways.sip = trace::Transport::tcp; }));
  out.push_back(form("SIP and Diameter over TLS", [](SimulatedOptions& o) { o.ways.sip = o.ways.ch2 = trace::Transport::tls; }));
  out.push_back(form("IPv6", [](SimulatedOptions& o) { o.ways.ip = 6; }));
  return out;
}

}  // namespace tollgate
