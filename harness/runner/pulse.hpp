#pragma once
/// Whether a SUT that tollgate did not start still lives: asked with OPTIONS when a case loses contact with it, and when its
/// last Diameter connection ends. One question at a time; a server that answers anything lives.
#include <functional>
#include <memory>
#include <string>

#include "actors/im_client/im_client.hpp"
#include "sim/later.hpp"

namespace tollgate {

class Pulse {
 public:
  /// `recorder` keeps the questions: they belong to no case.
  Pulse(Clock& clock, Network& network, Ixit const& ixit, Recorder& recorder, Random random);
  ~Pulse();

  /// `how` is the end of a sentence: "no answer to 3 OPTIONS ...". Called once.
  std::function<void(std::string const& how)> on_dead;
  /// Where it is set, asked behind the last question: who is not at the SUT's address any more is not silent, but has ended. `how` is that
  /// of `on_dead`, of which only one is called.
  std::function<Task<bool>()> is_absent;
  std::function<void(std::string const& how)> on_absent;
  std::function<void()> on_alive;  ///< a question was answered, or could not be asked

  /// Asks, unless it is being asked or is known to be dead. `why` ends the sentence of `on_dead`.
  void ask(std::string why);
  [[nodiscard]] bool is_asking() const { return prober_ != nullptr; }
  /// How long it waits for an answer.
  [[nodiscard]] Duration patience() const;
  /// Asks and waits for the answer.
  [[nodiscard]] Task<void> asked(std::string why);
  /// Why the last question could not be asked, a fault of ours; "" where it could.
  [[nodiscard]] std::string const& could_not_ask() const { return could_not_ask_; }

 private:
  [[nodiscard]] Task<void> question(std::string why);

  Clock& clock_;
  Network& network_;
  Ixit const& ixit_;
  Recorder& recorder_;
  Random random_;
  std::unique_ptr<ImClient> prober_;
  bool dead_ = false;
  std::string could_not_ask_;
  TaskScope scope_;
  Later later_;
};

}  // namespace tollgate
