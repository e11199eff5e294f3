#include "laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace laws;
    parse_or_refuse([&] { return dsg::parse_partner(text_of(data, size)); },
                    [](const dsg::Partner& partner) {
                        demand(dsg::parse_partner(dsg::to_json(partner)) == partner,
                               "what was written is what was read");
                        ask(partner, dsg::builtin_rules());
                    });
    return 0;
}
