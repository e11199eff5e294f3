// assess_file FILE DATE: prints the assessment of the partner in FILE as of a date, and when it changes if nobody acts.
#include <designation/designation.hpp>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace dsg = designation;

int main(int count, char** arguments) try {
    if (count != 3) {
        std::cerr << "usage: assess_file FILE YYYY-MM-DD\n";
        return 2;
    }
    std::ifstream file(arguments[1], std::ios::binary);
    if (!file) {
        std::cerr << arguments[1] << ": cannot be read\n";
        return 2;
    }
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto day = dsg::parse_iso(arguments[2]);
    if (!day) {
        std::cerr << arguments[2] << ": not a valid date as YYYY-MM-DD\n";
        return 2;
    }

    const dsg::Day as_of{*day};
    const dsg::Rules& rules = dsg::builtin_rules();
    const dsg::Partner partner = dsg::parse_partner(text, {.file = arguments[1]});
    const dsg::Assessment assessment = dsg::assess(partner, as_of, rules);

    std::cout << partner.record().id << " on " << to_string(as_of) << ": " << to_string(assessment.term.status) << '\n';
    if (const auto left = dsg::days_left(assessment)) std::cout << "days left: " << *left << '\n';
    if (assessment.renewal) {
        for (const dsg::Evaluation missing : assessment.renewal->missing) {
            std::cout << "missing for the renewal: " << to_string(missing) << '\n';
        }
    }
    if (assessment.fees.outstanding) std::cout << "outstanding: " << to_string(*assessment.fees.outstanding) << '\n';
    if (const auto change = dsg::next_change(partner, as_of, rules)) {
        std::cout << "next change: " << to_string(change->after.as_of) << '\n';
    }
} catch (const dsg::InputError& error) {  // every problem of the document, one per line
    std::cerr << error.what() << '\n';
    return 2;
} catch (const std::exception& error) {  // an invalid date
    std::cerr << error.what() << '\n';
    return 2;
}
