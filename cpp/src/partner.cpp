#include "designation/partner.hpp"

#include <utility>

#include "check.hpp"
#include "designation/diagnostic.hpp"
#include "record_index.hpp"

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
        problems.push_back({std::move(code), '/' + std::string(member), std::move(message)});
    };
    if (record_.id.empty()) report("id", "range", "must not be empty");
    for_each_field<PartnerRecord>([&](const auto& field) {
        const auto& value = field.get(record_);
        if constexpr (std::is_same_v<decltype(value), const std::string&>) {
            check_text(field.key, value, report);
        } else if constexpr (std::is_same_v<decltype(value), const std::optional<std::string>&>) {
            if (value) check_text(field.key, *value, report);
        } else {
            check_list(value, field.key, problems);
        }
    });
    if (!problems.empty()) throw InputError(std::move(problems));
    if (record_.events) number_events(*record_.events);
    facts_ = {facts_of<Authorization>(record_.csp_authorizations), facts_of<SupportContract>(record_.support_contracts),
              facts_of<SolutionsPartnerDesignation>(record_.solutions_partner_designations),
              facts_of<Event>(record_.events)};
    if (facts_.events) sort_events(*facts_.events);
    const PartnerView facts = view_of_sorted(facts_);
    if (count_records(facts) >= RecordIndex::least_records) record_index_ = std::make_shared<RecordIndex>(facts);
}

PartnerView Partner::view() const noexcept {
    PartnerView view = view_of_sorted(facts_);
    view.record_index = record_index_.get();
    return view;
}

}  // namespace designation
