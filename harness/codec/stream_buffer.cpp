#include "codec/stream_buffer.hpp"

namespace tollgate {

bool StreamBuffer::skip(std::string_view octets) {
  if (!rest().starts_with(octets)) return false;
  at_ += octets.size();
  return true;
}

std::optional<StreamBuffer::Cut> StreamBuffer::next() {
  auto const rest = std::string_view(buffer_).substr(at_);
  auto const framed = rest.empty() ? Framed::more() : frame_(rest);
  switch (framed.state) {
    case Framed::State::need_more:
      buffer_.erase(0, at_);
      at_ = 0;
      return std::nullopt;
    case Framed::State::message: at_ += framed.size; return Cut{Octets(rest.substr(0, framed.size)), std::nullopt};
    case Framed::State::invalid: break;
  }
  Cut cut{Octets(rest), framed.error};
  buffer_.clear();
  at_ = 0;
  return cut;
}

}  // namespace tollgate
