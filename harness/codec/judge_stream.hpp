#pragma once
/// Judges every message of a stream, each for itself: what `tollgate lint` does with a file that holds several.
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "base/parsed.hpp"
#include "codec/judgement.hpp"

namespace tollgate {

/// A message of the stream, and what is to be made of it. Offsets in `judgement` count from the message's start.
struct JudgedMessage {
  std::size_t offset = 0;
  std::size_t size = 0;
  Judgement judgement;
};

/// `frame` cuts a message from the start of a stream, `judge` judges the octets of one. What cannot be framed is judged
/// as one message up to the end of the stream, but for an end that `is_idle`: octets that keep a connection alive and
/// are no message.
template <class Frame, class Judge, class IsIdle>
[[nodiscard]] std::vector<JudgedMessage> judge_stream(std::string_view stream, Frame frame, Judge judge, IsIdle is_idle) {
  std::vector<JudgedMessage> all;
  for (std::size_t at = 0; at < stream.size();) {
    auto const rest = stream.substr(at);
    if (is_idle(rest)) break;
    Framed const framed = frame(rest);
    auto const size = framed.state == Framed::State::message ? framed.size : rest.size();
    all.push_back({at, size, judge(rest.substr(0, size))});
    at += size;
  }
  return all;
}

template <class Frame, class Judge>
[[nodiscard]] std::vector<JudgedMessage> judge_stream(std::string_view stream, Frame frame, Judge judge) {
  return judge_stream(stream, frame, judge, [](std::string_view) { return false; });
}

}  // namespace tollgate
