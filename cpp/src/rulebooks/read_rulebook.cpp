#include <algorithm>

#include "designation/editions.hpp"
#include "json/reader.hpp"

namespace designation::json {

namespace {

constexpr int longest_validity = 100;

/// A reader of a rulebook; every member that an edition needs is required.
class RulebookReader {
 public:
    RulebookReader(Reader& reader, Rulebook& book) : reader_(reader), book_(book), parameters_(book.parameters) {}

    void read(const Node& root) {
        const auto members = reader_.members(
            root,
            {"$schema", "format", "extends", "notes", "edition", "title", "prerequisites", "evaluations", "term",
             "journey", "availability", "benefits", "fees", "fiscal_year", "interpretations", "rules", "findings",
             "requests", "sources"},
            {"edition", "title", "prerequisites", "evaluations", "term", "journey", "availability", "benefits", "fees",
             "fiscal_year", "interpretations", "rules", "findings", "requests", "sources"});
        if (!members) return;
        reader_.format((*members)["format"], "designation/rulebook@1");
        read_text(*members, "edition", book_.edition);
        read_text(*members, "title", book_.title);
        visit(*members, "$schema", [&](const Node& node) { reader_.string(node); });
        visit(*members, "notes", [&](const Node& node) { read_notes(node); });
        visit(*members, "prerequisites", [&](const Node& node) { read_prerequisites(node); });
        visit(*members, "evaluations", [&](const Node& node) { read_evaluations(node); });
        visit(*members, "term", [&](const Node& node) { read_term(node); });
        visit(*members, "journey", [&](const Node& node) { read_journey(node); });
        visit(*members, "sources", [&](const Node& node) { read_sources(node); });
        visit(*members, "availability", [&](const Node& node) { read_availability(node); });
        visit(*members, "benefits", [&](const Node& node) { read_benefits(node); });
        visit(*members, "fees", [&](const Node& node) { read_fee_schedules(node); });
        visit(*members, "fiscal_year", [&](const Node& node) { read_fiscal_year(node); });
        visit(*members, "interpretations", [&](const Node& node) { read_interpretations(node); });
        visit(*members, "rules", [&](const Node& node) { read_rules(node); });
        visit(*members, "findings", [&](const Node& node) { read_findings(node); });
        visit(*members, "requests", [&](const Node& node) { read_requests(node); });
    }

 private:
    // Each of these functions does nothing if the member is absent, which the reader has reported if it is required.
    template <class Visit>
    static void visit(const Members& members, std::string_view key, Visit read) {
        if (const Node* node = members[key]) read(*node);
    }
    void read_text(const Members& members, std::string_view key, std::string& text) {
        if (const Node* node = members[key]) text = reader_.text(*node).value_or("");
    }
    void read_flag(const Members& members, std::string_view key, bool& flag) {
        if (const Node* node = members[key]) flag = reader_.boolean(*node).value_or(false);
    }
    template <class Enum>
    void read_word(const Members& members, std::string_view key, Enum& value) {
        if (const Node* node = members[key]) value = reader_.enumerator<Enum>(*node).value_or(Enum{});
    }
    template <class Enum>
    void read_word(const Members& members, std::string_view key, std::optional<Enum>& value) {
        if (const Node* node = members[key]) value = reader_.enumerator<Enum>(*node);
    }

    /// Return a member that must be present and not null; report an error and return null if it is not.
    const Node* required(const Node& object, std::string_view key) {
        const Node* member = find(object, key);
        if (member && member->kind != Kind::null) return member;
        reader_.report(object, key, "missing_key", '"' + std::string(key) + "\" is required");
        return nullptr;
    }

    /// Visit the members of an object that must have one for each value of an enumeration.
    template <class Enum, class Visit>
    void for_each_value(const Node& node, Visit visit) {
        if (!reader_.expect_object(node)) return;
        for (const Node* member = node.first; member; member = member->next) {
            if (!from_name<Enum>(member->key)) reader_.report_unknown(*member, enum_names<Enum>);
        }
        for (std::size_t i = 0; i < count_of<Enum>; ++i) {
            if (const Node* member = required(node, enum_names<Enum>[i])) visit(static_cast<Enum>(i), *member);
        }
    }

    template <class Enum>
    void read_set(const Node& node, SetOf<Enum>& set) {
        if (!reader_.expect_array(node)) return;
        if (node.count == 0) reader_.report(node, "range", "must not be empty");
        for (const Node* child = node.first; child; child = child->next) {
            const auto value = reader_.enumerator<Enum>(*child);
            if (!value) continue;
            if (set.contains(*value)) reader_.report(*child, "overlap", "is already in the list");
            set.insert(*value);
        }
    }

    int read_count(const Members& members, std::string_view key, int least, int most) {
        const Node* node = members[key];
        return node ? static_cast<int>(reader_.integer(*node, least, most).value_or(least)) : least;
    }

    void read_notes(const Node& node) {
        if (node.kind != Kind::object) {
            reader_.string(node);
        } else if (reader_.expect_object(node)) {
            for (const Node* note = node.first; note; note = note->next) reader_.string(*note);
        }
    }

    void read_prerequisites(const Node& node) {
        const auto members = reader_.members(node, {"csp_authorization", "support_contract", "solutions_partner"},
                                             {"csp_authorization", "support_contract", "solutions_partner"});
        if (!members) return;
        const auto list_in = [&](std::string_view prerequisite, std::string_view key, auto read_list) {
            visit(*members, prerequisite, [&](const Node& part) {
                if (const auto list = reader_.members(part, {key}, {key})) visit(*list, key, read_list);
            });
        };
        list_in("csp_authorization", "types",
                [&](const Node& list) { read_set(list, parameters_.eligible_authorizations); });
        list_in("support_contract", "types", [&](const Node& list) { read_contracts(list); });
        list_in("solutions_partner", "areas", [&](const Node& list) { read_set(list, parameters_.accepted_areas); });
    }

    void read_contracts(const Node& node) {
        if (!reader_.expect_array(node)) return;
        if (node.count == 0) reader_.report(node, "range", "must not be empty");
        for (const Node* child = node.first; child; child = child->next) {
            const auto members = reader_.members(*child, {"type", "subject_to"}, {"type"});
            if (!members || !(*members)["type"]) continue;
            const auto type = reader_.enumerator<ContractType>(*(*members)["type"]);
            if (!type) continue;
            ContractParameters& contract = parameters_.contracts[*type];
            if (contract.accepted) reader_.report(*child, "type", "overlap", "is already in the list");
            contract.accepted = true;
            read_word(*members, "subject_to", contract.subject_to);
        }
    }

    void read_evaluations(const Node& node) {
        for_each_value<Evaluation>(node, [&](Evaluation evaluation, const Node& member) {
            const auto members =
                reader_.members(member, {"validity_years", "each_cycle"}, {"validity_years", "each_cycle"});
            if (!members) return;
            EvaluationParameters& parameters = parameters_.evaluations[evaluation];
            parameters.validity_years = read_count(*members, "validity_years", 1, longest_validity);
            read_flag(*members, "each_cycle", parameters.each_cycle);
        });
    }

    void read_term(const Node& node) {
        const auto members = reader_.members(node, {"years", "renewal_window"}, {"years", "renewal_window"});
        if (!members) return;
        parameters_.term_years = read_count(*members, "years", 1, longest_validity);
        visit(*members, "renewal_window", [&](const Node& member) {
            const auto window = reader_.members(member, {"opens_days_before", "closes_days_after"},
                                                {"opens_days_before", "closes_days_after"});
            if (!window) return;
            constexpr int days_of_year = 365;
            const int days_of_term = parameters_.term_years * days_of_year;
            parameters_.window_opens_before = read_count(*window, "opens_days_before", 0, days_of_term);
            parameters_.window_closes_after = read_count(*window, "closes_days_after", 0, days_of_term);
            if (parameters_.window_opens_before + parameters_.window_closes_after >= days_of_term) {
                reader_.report(member, "overlap", "the renewal windows of two anniversaries must not overlap");
            }
        });
    }

    void read_journey(const Node& node) {
        if (!reader_.expect_array(node)) return;
        SetOf<Step> seen;
        for (const Node* child = node.first; child; child = child->next) {
            const auto members = reader_.members(*child, {"step", "actor", "then"}, {"step", "actor"});
            if (!members || !(*members)["step"]) continue;
            const auto step = reader_.enumerator<Step>(*(*members)["step"]);
            if (!step) continue;
            if (seen.contains(*step)) reader_.report(*child, "step", "overlap", "is already in the journey");
            seen.insert(*step);
            StepParameters& parameters = parameters_.steps.emplace_back(StepParameters{*step, {}, {}});
            read_word(*members, "actor", parameters.actor);
            visit(*members, "then", [&](const Node& then) {
                parameters.then = reader_.enumerator<Actor>(then);
                if (*step != Step::eligibility_validation && *step != Step::performance) {
                    reader_.report(then, "unknown_key",
                                   "only eligibility_validation and performance have a second actor");
                }
            });
        }
        // If a step cannot be read, it could be any of those that seem to be missing.
        if (parameters_.steps.size() < node.count) return;
        for (const Step step :
             {Step::register_interest, Step::capability, Step::performance, Step::csat, Step::award}) {
            if (seen.contains(step)) continue;
            reader_.report(node, "missing_key", "the journey must have the step " + std::string(to_string(step)));
        }
        const auto& steps = parameters_.steps;
        if (steps.empty()) return;
        if (steps.front().step != Step::register_interest || !seen.contains(Step::award)) {
            reader_.report(node, "order", "the journey must begin with register_interest and end with award");
        }
        const Node* child = node.first;
        for (bool is_over = false; const StepParameters& each : steps) {
            if (is_over) reader_.report(*child, "step", "unreachable", "no step may come after award");
            is_over |= each.step == Step::award;
            child = child->next;
        }
    }

    void read_sources(const Node& node) {
        if (!reader_.expect_object(node)) return;
        for (const Node* member = node.first; member; member = member->next) {
            Source& source = book_.sources[std::string(member->key)];
            const auto members = reader_.members(*member, {"title", "grade", "url"}, {"title", "grade"});
            if (!members) continue;
            read_text(*members, "title", source.title);
            read_word(*members, "grade", source.grade);
            read_text(*members, "url", source.url);
        }
    }

    std::vector<Citation> read_citations(const Node& node) {
        std::vector<Citation> citations;
        if (!reader_.expect_array(node)) return citations;
        if (node.count == 0) reader_.report(node, "range", "must name at least one source");
        for (const Node* child = node.first; child; child = child->next) {
            const auto members = reader_.members(*child, {"source", "section"}, {"source"});
            if (!members) continue;
            Citation& citation = citations.emplace_back();
            visit(*members, "source", [&](const Node& source) {
                citation.source = reader_.text(source).value_or("");
                // A missing list of sources is already reported.
                if (citation.source.empty() || book_.sources.empty()) return;
                if (book_.sources.contains(citation.source)) return;
                reader_.report(source, "unknown_value", "must be a key of /sources");
            });
            read_text(*members, "section", citation.section);
        }
        return citations;
    }

    void read_availability(const Node& node) {
        for_each_value<Offer>(node, [&](Offer offer, const Node& member) {
            const auto members = reader_.members(
                member, {"not_before", "announced_by", "available_from", "bundled_with", "words", "citations"},
                {"words", "citations"});
            if (!members) return;
            Availability& dates = parameters_.availability[offer];
            const auto read_day = [&](std::string_view key, std::optional<Day>& day) {
                visit(*members, key, [&](const Node& value) { day = reader_.day(value); });
            };
            read_day("not_before", dates.not_before);
            read_day("announced_by", dates.announced_by);
            read_day("available_from", dates.available_from);
            if (dates.not_before && dates.announced_by && *dates.announced_by < *dates.not_before) {
                reader_.report(member, "announced_by", "order", "announced_by must not be before not_before");
            }
            OfferText& text = book_.offers[offer];
            read_text(*members, "words", text.words);
            visit(*members, "citations", [&](const Node& value) { text.citations = read_citations(value); });
            visit(*members, "bundled_with", [&](const Node& value) {
                parameters_.bundled_with[offer] = reader_.enumerator<Offer>(value);
                if (dates != Availability{}) {
                    reader_.report(value, "overlap", "a bundled offer must not have dates of its own");
                }
            });
        });
        for (std::size_t i = 0; i < count_of<Offer>; ++i) {
            const auto offer = static_cast<Offer>(i);
            const auto bundle = parameters_.bundled_with[offer];
            if (!bundle) continue;
            if (parameters_.bundled_with[*bundle]) {
                reader_.report(*find(node, to_string(offer)), "bundled_with", "overlap",
                               "a bundle must not itself be bundled");
            }
            parameters_.availability[offer] = parameters_.availability[*bundle];
        }
    }

    void read_benefits(const Node& node) {
        for_each_value<Benefit>(node, [&](Benefit benefit, const Node& member) {
            const auto members = reader_.members(
                member, {"availability", "contract", "before_next_renewal", "limited_places", "percent"});
            if (!members) return;
            BenefitParameters& needs = parameters_.benefits[benefit];
            read_word(*members, "availability", needs.availability);
            read_word(*members, "contract", needs.contract);
            read_flag(*members, "before_next_renewal", needs.before_next_renewal);
            if (needs.before_next_renewal && !(*members)["contract"]) {
                reader_.report(member, "missing_key", "\"contract\" is required with \"before_next_renewal\"");
            }
            read_flag(*members, "limited_places", needs.limited_places);
            if ((*members)["percent"]) needs.percent = read_count(*members, "percent", 0, 100);
        });
    }

    void read_fee_schedules(const Node& node) {
        const auto members = reader_.members(node, {"currency", "schedule"}, {"currency", "schedule"});
        if (!members) return;
        visit(*members, "currency",
              [&](const Node& letters) { parameters_.currency = reader_.currency(letters).value_or(Currency{}); });
        visit(*members, "schedule", [&](const Node& schedule) {
            read_fees(reader_, schedule, parameters_.fees);
            if (schedule.kind != Kind::object) return;
            for (const Evaluation evaluation : all_evaluations) {
                const Node* given = find(schedule, to_string(evaluation));
                if (given && given->kind != Kind::array && given->kind != Kind::null) continue;
                const FeeSchedule& fees = parameters_.fees[evaluation];
                if (!fees.empty() && fees.front().from == Day::earliest()) continue;
                reader_.report(schedule, to_string(evaluation), "gap",
                               "the first amount must apply from " + to_string(Day::earliest()));
            }
        });
    }

    void read_fiscal_year(const Node& node) {
        if (const auto members = reader_.members(node, {"first_month"}, {"first_month"})) {
            parameters_.fiscal_year_first_month = read_count(*members, "first_month", 1, 12);
        }
    }

    void read_interpretations(const Node& node) {
        for_each_value<Interpretation>(node, [&](Interpretation interpretation, const Node& member) {
            const auto members =
                reader_.members(member, {"default", "question", "rationale"}, {"default", "question", "rationale"});
            if (!members) return;
            for_each_interpretation(
                [&](Interpretation each, auto& reading) {
                    if (each == interpretation) read_word(*members, "default", reading);
                },
                book_.defaults);
            InterpretationText& text = book_.interpretations[interpretation];
            read_text(*members, "question", text.question);
            read_text(*members, "rationale", text.rationale);
        });
    }

    void read_rules(const Node& node) {
        for_each_value<Rule>(node, [&](Rule id, const Node& member) {
            const auto members =
                reader_.members(member, {"title", "text", "remedy", "citations"}, {"title", "text", "citations"});
            if (!members) return;
            RuleText& rule = book_.rules[id];
            read_text(*members, "title", rule.title);
            read_text(*members, "text", rule.text);
            visit(*members, "citations", [&](const Node& list) { rule.citations = read_citations(list); });
            visit(*members, "remedy", [&](const Node& remedy) {
                const auto parts = reader_.members(remedy, {"do", "actor", "then"}, {"do", "actor"});
                if (!parts) return;
                Remedy& value = rule.remedy.emplace();
                read_text(*parts, "do", value.text);
                read_word(*parts, "actor", value.actor);
                read_text(*parts, "then", value.then);
            });
        });
    }

    void read_requests(const Node& node) {
        for_each_value<FactList>(
            node, [&](FactList list, const Node& text) { book_.requests[list] = reader_.text(text).value_or(""); });
    }

    void read_findings(const Node& node) {
        for_each_value<FindingCode>(node, [&](FindingCode code, const Node& member) {
            const auto members = reader_.members(member, {"rule", "text"}, {"rule", "text"});
            if (!members) return;
            FindingText& finding = book_.findings[code];
            read_text(*members, "text", finding.text);
            read_word(*members, "rule", finding.rule);
        });
    }

    Reader& reader_;
    Rulebook& book_;
    Parameters& parameters_;
};

}  // namespace

std::string_view extended_edition(Reader& reader, const Node& root) {
    const Node* extends = root.kind == Kind::object ? find(root, "extends") : nullptr;
    if (!extends || extends->kind == Kind::null) return {};
    // After an unknown edition, the default one avoids errors about every member that the rulebook omits.
    return editions()[reader.index_of(*extends, editions().data(), editions().size()).value_or(0)];
}

std::shared_ptr<Rulebook> read_rulebook(Reader& reader, const Node& root) {
    auto book = std::make_shared<Rulebook>();
    RulebookReader(reader, *book).read(root);
    if (!reader.is_valid()) return nullptr;
    return book;
}

}  // namespace designation::json
