#include "laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace laws;
    static const dsg::Partner partner = busy_partner();
    parse_or_refuse([&] { return dsg::parse_rulebook(text_of(data, size)); },
                    [](const std::shared_ptr<const dsg::Rulebook>& rulebook) {
                        demand(dsg::parse_rulebook(rulebook->json)->digest == rulebook->digest,
                               "what was written is what was read");
                        ask(partner, dsg::make_rules(rulebook));
                    });
    return 0;
}
