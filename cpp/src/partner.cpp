#include "designation/partner.hpp"

#include <utility>

#include "check.hpp"
#include "designation/diagnostic.hpp"

namespace designation {

namespace {

template <class Fact, class Record>
std::optional<std::vector<Fact>> facts_of(const std::optional<std::vector<Record>>& records) {
    if (!records) return std::nullopt;
    return std::vector<Fact>(records->begin(), records->end());
}

}  // namespace

Partner::Partner(PartnerRecord record) : record_(std::move(record)) {
    Diagnostics problems;
    const auto report = [&problems](std::string_view member, std::string code, std::string message) {
        problems.push_back({std::move(code), '/' + std::string(member), 0, 0, std::move(message), {}});
    };
    if (record_.id.empty()) report("id", "range", "must not be empty");
    check_text("id", record_.id, report);
    if (record_.name) check_text("name", *record_.name, report);
    check_list(record_.csp_authorizations, "csp_authorizations", problems);
    check_list(record_.support_contracts, "support_contracts", problems);
    check_list(record_.solutions_partner_designations, "solutions_partner_designations", problems);
    check_list(record_.events, "events", problems);
    check_text("notes", record_.notes, report);
    if (!problems.empty()) throw InputError(std::move(problems));
    if (record_.events) number(*record_.events);
    facts_ = {facts_of<Authorization>(record_.csp_authorizations), facts_of<SupportContract>(record_.support_contracts),
              facts_of<SolutionsPartnerDesignation>(record_.solutions_partner_designations),
              facts_of<Event>(record_.events)};
    if (facts_.events) sort_events(*facts_.events);
}

}  // namespace designation
