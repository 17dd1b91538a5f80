#pragma once
/// The octets of a connection until they make whole messages: what every reader of a stream does with what arrives.
#include <optional>
#include <string_view>

#include "base/parsed.hpp"
#include "base/text.hpp"

namespace tollgate {

class StreamBuffer {
 public:
  /// Says where the first message of a stream ends: `sip::frame`, `msrp::frame`, `diameter::frame`.
  using Frame = Framed (*)(std::string_view stream);

  explicit StreamBuffer(Frame frame) : frame_(frame) {}

  void append(std::string_view octets) { buffer_ += octets; }

  /// Nothing of a next message has come.
  [[nodiscard]] bool is_empty() const { return at_ == buffer_.size(); }

  /// What has come of the next message.
  [[nodiscard]] std::string_view rest() const { return std::string_view(buffer_).substr(at_); }

  /// Drops these octets where what comes next begins with them; whether it did.
  bool skip(std::string_view octets);

  /// One message as it came or, with `error`, all that is left of a stream that cannot be cut any further.
  struct Cut {
    Octets octets;
    std::optional<ParseError> error;
  };
  /// Nothing while the next message is not complete.
  [[nodiscard]] std::optional<Cut> next();

 private:
  Frame frame_;
  Octets buffer_;
  std::size_t at_ = 0;  ///< start of the next message in `buffer_`
};

}  // namespace tollgate
