#pragma once
/// The mutations of each protocol, one source file each.
#include "fuzz/mutate/mutate.hpp"

namespace tollgate::fuzz {

[[nodiscard]] std::span<Mutation const> sip_mutations();
[[nodiscard]] std::span<Mutation const> sdp_mutations();
[[nodiscard]] std::span<Mutation const> msrp_mutations();
[[nodiscard]] std::span<Mutation const> cpim_mutations();
[[nodiscard]] std::span<Mutation const> diameter_mutations();
[[nodiscard]] std::span<Mutation const> http_mutations();

[[nodiscard]] std::string sip_cross_over(std::string_view first, std::string_view second, Random& random);
[[nodiscard]] std::string sdp_cross_over(std::string_view first, std::string_view second, Random& random);
[[nodiscard]] std::string msrp_cross_over(std::string_view first, std::string_view second, Random& random);
[[nodiscard]] std::string cpim_cross_over(std::string_view first, std::string_view second, Random& random);
[[nodiscard]] std::string diameter_cross_over(std::string_view first, std::string_view second, Random& random);
[[nodiscard]] std::string http_cross_over(std::string_view first, std::string_view second, Random& random);

}  // namespace tollgate::fuzz
