// service DATE: reads one partner document per line, writes one line of JSON for each, and skips invalid ones.
#include <designation/designation.hpp>
#include <exception>
#include <iostream>
#include <string>
#include <variant>

namespace dsg = designation;

int main(int count, char** arguments) try {
    const auto day = count == 2 ? dsg::parse_iso(arguments[1]) : std::nullopt;
    if (!day) {
        std::cerr << "usage: service YYYY-MM-DD < partners.ndjson > assessments.ndjson 2> problems\n";
        return 2;
    }
    const dsg::Day as_of{*day};
    const dsg::Rules& rules = dsg::builtin_rules();  // built once, used for every document

    bool all_valid = true;
    std::string line;
    for (std::size_t number = 1; std::getline(std::cin, line); ++number) {
        if (line.empty()) continue;
        const std::string name = "line " + std::to_string(number);
        const dsg::Parsed<dsg::Partner> parsed = dsg::try_parse_partner(line, {.file = name});
        if (const auto* partner = std::get_if<dsg::Partner>(&parsed)) {
            std::cout << to_json(dsg::assess(*partner, as_of, rules), *partner, rules) << std::endl;
        } else {
            all_valid = false;
            for (const dsg::Diagnostic& problem : std::get<dsg::Diagnostics>(parsed)) {
                std::cerr << to_string(problem) << '\n';
            }
        }
    }
    return all_valid ? 0 : 1;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
