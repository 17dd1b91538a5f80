/// An answer has the offer's t= lines and, in their order, its m= lines; each accepted one keeps the media type, and
/// its direction and setup fit the offered ones:
///   sendonly -> recvonly, inactive    recvonly -> sendonly, inactive    inactive -> inactive       (RFC 3264 6.1)
///   active -> passive, holdconn       passive -> active, holdconn       actpass -> any of the three (RFC 4145 4.1)
/// Who knows MSRP by RFC 4975 alone has no a=setup, so that a missing one breaks no MUST.
/// A later description keeps o= but for its version, which grows by one with any change            (RFC 3264 8)
#include "codec/sdp/offer_answer.hpp"

#include "base/text.hpp"
#include "codec/deviations.hpp"
#include "codec/sdp/media_line.hpp"
#include "codec/sdp/msrp_media.hpp"
#include "codec/sdp/origin.hpp"

namespace tollgate::sdp {

namespace {

constexpr std::uint32_t not_acceptable_here = 488;

void refuse(Deviations& found, Piece where, std::string_view rule, std::string_view clause, std::string_view detail) {
  found.note({where.offset, where.text.size(), rule, clause, Strength::must, std::string(detail)}, Outcome::reject, not_acceptable_here);
}

std::size_t media_count(Lines lines) {
  std::size_t count = 0;
  while (media_section(lines, count)) ++count;
  return count;
}

void compare_times(Lines offer, Lines answer, Deviations& found) {
  auto const ours = session_section(offer);
  auto const theirs = session_section(answer);
  for (std::size_t nth = 0;; ++nth) {
    auto const asked = ours.find('t', nth);
    auto const told = theirs.find('t', nth);
    if (!asked && !told) return;
    if (asked && told && asked->text == told->text) continue;
    return refuse(found, told.value_or(Piece{{}, answer.octets()}), "time-field", "RFC 3264 6",
                  told ? "not as in the offer" : "missing: the offer has one more");
  }
}

struct Stream {
  Section session, media;
};

void compare_direction(Stream const& offered, Stream const& answered, Deviations& found) {
  auto const asked = direction(offered.session, offered.media);
  auto const told = direction(answered.session, answered.media);
  if (!asked || !told) return;
  auto const answer = told->value_or(Direction::sendrecv);
  if (may_answer(asked->value_or(Direction::sendrecv), answer)) return;
  refuse(found, answered.media.flag(to_string(answer)).value_or(answered.media.at(0)), "direction", "RFC 3264 6.1",
         "does not fit the direction that was offered");
}

/// What a=setup says of an MSRP media; holdconn is read as nothing (RFC 6135 4.2.1).
Parsed<std::optional<Setup>> setup_of(Stream const& stream) {
  auto read = setup(stream.session, stream.media);
  if (read && *read == Setup::holdconn) read->reset();
  return read;
}

void compare_setup(Stream const& offered, Stream const& answered, Deviations& found) {
  auto const asked = setup_of(offered);
  auto const told = setup_of(answered);
  if (!asked || !told) return;
  auto const line = answered.media.at(0);
  if (!*told) {
    found.note({line.offset, line.text.size(), "setup", "RFC 6135 4.2.1", Strength::should, "missing: passive is read"}, Outcome::accept);
  } else if (!may_answer(*asked, **told)) {
    refuse(found, answered.media.find_attribute("setup").value_or(line), "setup", "RFC 4145 4.1",
           "does not fit the setup that was offered");
  }
}

void compare_media(Stream const& offered, Stream const& answered, Deviations& found) {
  auto const line = answered.media.at(0);
  auto const asked = parse_media_line(offered.media.at(0));
  auto const told = parse_media_line(line);
  if (!asked || !told) return;
  if (asked->media != told->media) return refuse(found, line, "media", "RFC 3264 6.1", "another media type");
  if (asked->port == 0 && told->port != 0) return refuse(found, line, "port", "RFC 3264 8.2", "not 0, as was offered");
  if (told->port == 0) return;  // refused: the rest of it says nothing
  compare_direction(offered, answered, found);
  if (told->media == "message") compare_setup(offered, answered, found);
}

void judge_offered_setup(Section const& session, Section const& media, Deviations& found) {
  auto const line = media.at(0);
  auto const offered = setup(session, media);
  if (!line.text.starts_with("message ") || !offered) return;
  auto const where = media.find_attribute("setup").value_or(session.find_attribute("setup").value_or(line));
  auto const tell = [&](std::string_view clause, Strength strength, std::string_view detail) {
    found.note({where.offset, where.text.size(), "setup", clause, strength, std::string(detail)}, Outcome::accept);
  };
  if (!*offered) tell("RFC 6135 4.2.1", Strength::should, "missing: active is read");
  if (*offered == Setup::holdconn) tell("RFC 6135 4.2.1", Strength::must, "holdconn is ignored");
  if (*offered == Setup::passive) tell("RFC 6135 4.2.2", Strength::must, "an offer is active or actpass");
}

/// o= of both; nothing where one cannot be read.
struct Origins {
  Origin previous, next;
};
std::optional<Origins> origins_of(Lines previous, Lines next) {
  auto const first = origin(previous);
  auto const second = origin(next);
  if (!first || !second) return std::nullopt;
  return Origins{*first, *second};
}

bool is_same_session(Origin const& a, Origin const& b) {
  return a.username == b.username && a.session_id == b.session_id && a.address.type == b.address.type && a.address.text == b.address.text;
}

/// Whether the second number is the first and one; numbers of more than 64 bits are compared by `judge` alone.
bool is_one_more(std::string_view number, std::string_view next) {
  auto const first = to_number<std::uint64_t>(number);
  auto const second = to_number<std::uint64_t>(next);
  return !first || !second || *first + 1 == *second;
}

}  // namespace

bool may_answer(Direction offered, Direction answered) {
  switch (offered) {
    case Direction::sendrecv: return true;
    case Direction::sendonly: return answered == Direction::recvonly || answered == Direction::inactive;
    case Direction::recvonly: return answered == Direction::sendonly || answered == Direction::inactive;
    case Direction::inactive: return answered == Direction::inactive;
  }
  return false;
}

bool may_answer(std::optional<Setup> offered, Setup answered) {
  if (answered == Setup::holdconn) return true;
  switch (offered.value_or(Setup::active)) {
    case Setup::active: return answered == Setup::passive;
    case Setup::passive: return answered == Setup::active;
    case Setup::actpass: return answered != Setup::actpass;
    case Setup::holdconn: return false;
  }
  return false;
}

Judgement judge_offer(std::string_view offer) {
  Deviations found;
  auto const description = Description::parse(offer);
  if (!description) return std::move(found).take();
  Lines const lines(*description);
  for (std::size_t i = 0; auto const media = media_section(lines, i); ++i) judge_offered_setup(session_section(lines), *media, found);
  return std::move(found).take();
}

Judgement judge_answer(std::string_view offer, std::string_view answer) {
  Deviations found;
  auto const asked = Description::parse(offer);
  auto const told = Description::parse(answer);
  if (!told) found.note(told.error(), Outcome::reject, not_acceptable_here);
  if (!asked || !told) return std::move(found).take();
  Lines const ours(*asked);
  Lines const theirs(*told);
  compare_times(ours, theirs, found);
  auto const count = media_count(theirs);
  if (auto const wanted = media_count(ours); count != wanted) {
    auto const extra = media_section(theirs, wanted);
    refuse(found, extra ? extra->at(0) : Piece{{}, theirs.octets()}, "media-description", "RFC 3264 6",
           extra ? "more m= lines than in the offer" : "missing: fewer m= lines than in the offer");
  }
  for (std::size_t i = 0; i < count; ++i) {
    auto const offered = media_section(ours, i);
    if (!offered) break;
    compare_media({session_section(ours), *offered}, {session_section(theirs), *media_section(theirs, i)}, found);
  }
  return std::move(found).take();
}

Judgement judge_next(std::string_view previous, std::string_view next) {
  Deviations found;
  auto const before = Description::parse(previous);
  auto const after = Description::parse(next);
  if (!before || !after || previous == next) return std::move(found).take();
  Lines const lines(*after);
  auto const line = session_section(lines).find('o').value_or(Piece{});
  if (auto const origins = origins_of(*before, *after)) {
    if (!is_same_session(origins->previous, origins->next))
      refuse(found, line, "origin-field", "RFC 3264 8", "another than in the previous description");
    else if (!is_one_more(origins->previous.session_version, origins->next.session_version))
      refuse(found, line, "sess-version", "RFC 3264 8", "does not grow by one though the description changed");
  }
  if (media_count(lines) < media_count(*before))
    refuse(found, {{}, lines.octets()}, "media-description", "RFC 3264 8", "missing: fewer m= lines than before");
  return std::move(found).take();
}

}  // namespace tollgate::sdp
