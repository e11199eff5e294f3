// thousand_partners THREADS: a thousand partners, built in memory and assessed by several threads that share them and
// the rules. Const objects are safe to share; an assessment allocates nothing and needs no lock.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <designation/designation.hpp>
#include <iostream>
#include <string_view>
#include <thread>
#include <vector>

namespace dsg = designation;

namespace {

constexpr std::size_t partner_count = 1000;
constexpr std::array evaluated{dsg::EventType::capability_evaluated, dsg::EventType::case_rate_determined,
                               dsg::EventType::csat_evaluated};

// Every tenth partner has no badge; each of the others was awarded the badge on a date in 2026.
dsg::Facts build_partner(int number) {
    const dsg::Day on = dsg::Day{std::chrono::year{2026} / 1 / 1} + number % 365;
    std::vector<dsg::Event> events;
    for (const dsg::EventType type : evaluated) {
        events.push_back({.on = on, .type = type, .outcome = dsg::Outcome::pass});
    }
    if (number % 10 != 0) events.push_back({.on = on, .type = dsg::EventType::badge_awarded});
    return {.csp_authorizations = {}, .support_contracts = {}, .solutions_partner_designations = {}, .events = events};
}

}  // namespace

int main(int count, char** arguments) {
    const std::size_t threads =
        count == 2 ? std::strtoul(arguments[1], nullptr, 10) : std::thread::hardware_concurrency();
    std::vector<dsg::Facts> partners;
    for (int number = 0; number < static_cast<int>(partner_count); ++number) partners.push_back(build_partner(number));
    std::vector<dsg::PartnerView> views;
    for (dsg::Facts& facts : partners) views.push_back(dsg::view(facts));

    const dsg::Day as_of{std::chrono::year{2027} / 1 / 15};
    const dsg::Rules& rules = dsg::builtin_rules();
    std::vector<dsg::Status> status(partner_count);
    std::vector<std::thread> workers;
    const std::size_t share = partner_count / std::max<std::size_t>(threads, 1) + 1;
    for (std::size_t first = 0; first < partner_count; first += share) {
        workers.emplace_back([&, first] {
            for (std::size_t i = first; i < std::min(first + share, partner_count); ++i) {
                status[i] = dsg::assess(views[i], as_of, rules).term.status;
            }
        });
    }
    for (std::thread& worker : workers) worker.join();

    for (const std::string_view word : dsg::enum_names<dsg::Status>) {
        const auto same = [&](dsg::Status one) { return to_string(one) == word; };
        std::cout << word << ' ' << std::count_if(status.begin(), status.end(), same) << '\n';
    }
}
