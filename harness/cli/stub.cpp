#include "cli/commands.hpp"
namespace tollgate::cli { int run(Options const&){return 70;} int doctor(Options const&){return 70;} int explain_exit(Options const&){return 70;} }
