#include "fuzz/oracle/health.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "fuzz/oracle/growth.hpp"

namespace tollgate::fuzz {

namespace {

constexpr std::size_t flows_looked_at = 64;
constexpr unsigned memory_most_mb = 2048, files_most = 8000;

/// One that has hardly a descriptor left refuses connections and files, whatever it would do with them.
unsigned files_borne(Footprint const& held) {
  constexpr unsigned parts = 10;
  return held.files_most == 0 ? files_most : std::min(files_most, held.files_most - held.files_most / parts);
}

/// Service Unavailable, TOO_BUSY, OUT_OF_SPACE, RESOURCES_EXCEEDED: the server's own word for what it lacks.
bool says_busy(trace::Event const& event) {
  constexpr std::array<int, 4> words{503, 3004, 4002, 5006};
  return event.kind == trace::Kind::message && event.direction == trace::Direction::received &&
         std::ranges::find(words, event.meaning.status) != words.end();
}

}  // namespace

void Health::notes(trace::Trace const& flow) {
  was_busy_.push_back(std::ranges::any_of(flow.events(), says_busy));
  if (was_busy_.size() > flows_looked_at) was_busy_.pop_front();
}

std::string Health::exhausted(std::optional<Footprint> const& held) const {
  if (held && (held->memory_mb > memory_most_mb || held->open_files > files_borne(*held)))
    return fmt::format("it holds {} MB and {} files{}", held->memory_mb, held->open_files,
                       held->files_most == 0 ? "" : fmt::format(", of {} that it may open", held->files_most));
  auto const busy = static_cast<std::size_t>(std::ranges::count(was_busy_, true));
  if (was_busy_.size() == flows_looked_at && busy > flows_looked_at / 2)
    return fmt::format("it says that it is too busy in {} of the last {} flows", busy, flows_looked_at);
  return "";
}

std::optional<Problem> Health::growth(std::optional<Footprint> const& held, std::size_t under_way) const {
  if (!held || !at_rest_) return std::nullopt;
  constexpr std::size_t files_a_flow = 8, files_besides = 64, mb_besides = 768;
  auto const over = [&](std::size_t now, std::size_t then, std::size_t explained) { return now > then + explained; };
  if (over(held->open_files, at_rest_->open_files, files_besides + files_a_flow * under_way))
    return growth_problem(growth_of_files, fmt::format("{} descriptors are open with {} flows under way, {} at rest", held->open_files,
                                                       under_way, at_rest_->open_files));
  if (over(held->memory_mb, at_rest_->memory_mb, mb_besides + under_way))
    return growth_problem(growth_of_memory, fmt::format("{} MB are held with {} flows under way, {} at rest", held->memory_mb, under_way,
                                                        at_rest_->memory_mb));
  return std::nullopt;
}

std::size_t fewer(std::size_t flows) {
  constexpr std::size_t least = 4;
  return std::min(flows, std::max(flows / 2, least));
}

std::string out_of_users(SutFile const& file) {
  auto const then = file.launch.empty() && file.reset_command.empty()
                        ? "they are used again, and what they were left with may show; raise users.count, or give [hooks] reset"
                        : "the server begins anew, and does so whenever that happens";
  return fmt::format(
      "all {} users of the SUT file are taken, or left with something that the server keeps: it is exhausted, not crashed; {}",
      file.ixit.user_count, then);
}

}  // namespace tollgate::fuzz
