// consumer FILE: print the library's version, the findings of the partner in FILE, and its assessment as JSON.
#include <chrono>
#include <designation/designation.hpp>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace dsg = designation;

int main(int count, char** arguments) try {
    if (count != 2) return 2;
    std::ifstream file(arguments[1], std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};

    const dsg::Day as_of{std::chrono::year{2026} / 9 / 15};
    const dsg::Rules& rules = dsg::builtin_rules();
    const dsg::Partner partner = dsg::parse_partner(text, {.file = arguments[1]});
    const dsg::Assessment assessment = dsg::assess(partner, as_of, rules);

    std::cout << dsg::version << '\n';
    for (const dsg::Finding& finding : dsg::findings(partner, as_of, rules)) {
        std::cout << to_string(finding.on) << ' ' << to_string(finding.code) << '\n';
    }
    std::cout << to_json(assessment, partner, rules) << '\n';
} catch (const dsg::InputError& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
