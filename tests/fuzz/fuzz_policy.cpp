#include "laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace laws;
    static const dsg::Partner partner = busy_partner();
    parse_or_refuse([&] { return dsg::parse_policy(text_of(data, size)); },
                    [](const dsg::Policy& policy) {
                        demand(dsg::parse_policy(dsg::to_json(policy)) == policy, "what was written is what was read");
                        ask(partner, dsg::make_rules(policy));
                    });
    return 0;
}
