// Looks for kinds of disagreement that nobody has seen: each new one is written down once, with its message, below the
// folder `differential` where the engine runs. Not a finding by itself: whether we are wrong is for a reader to say.
#include <filesystem>
#include <fmt/format.h>
#include <fstream>

#include "fuzz/kit/differential.hpp"
#include "fuzz/mutate/engine.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;

constexpr auto protocol = static_cast<fuzz::Protocol>(TOLLGATE_TARGET_PROTOCOL);

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static fuzz::Disagreements known;
  auto const octets = fuzz::text(data, size);
  for (auto const& bucket : known.compare(protocol, octets, "")) {
    if (known.buckets().at(bucket).size() > 1) continue;
    std::filesystem::create_directories("differential");
    auto const name = fmt::format("differential/{}-{:04}", bucket.peer, known.buckets().size());
    std::ofstream(name, std::ios::binary) << octets;
    std::ofstream(name + ".md") << bucket.text() << '\n';
  }
  return 0;
}

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned int seed) {
  return fuzz::mutate_in_place(protocol, data, size, max_size, seed);
}
