#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "designation/action.hpp"
#include "designation/assessment.hpp"
#include "designation/deciding.hpp"
#include "designation/explanation.hpp"
#include "designation/partner.hpp"
#include "designation/plan.hpp"
#include "designation/policy.hpp"

namespace designation::json {

/// A receiver of the values of a document, one by one. Keys and literals live as long as the program.
class Sink {
 public:
    virtual ~Sink() = default;
    virtual void begin_object() = 0;
    virtual void begin_array() = 0;
    virtual void end() = 0;
    virtual void key(std::string_view name) = 0;
    virtual void null() = 0;
    virtual void boolean(bool value) = 0;
    virtual void integer(std::int64_t value) = 0;
    virtual void number(double value) = 0;
    virtual void literal(std::string_view value) = 0;
    virtual void string(std::string_view value) = 0;

    void value(std::nullopt_t) { null(); }
    void value(bool flag) { boolean(flag); }
    void value(int count) { integer(count); }
    void value(std::int64_t count) { integer(count); }
    void value(double real) { number(real); }
    void value(const std::string& text) { string(text); }
    void value(Day day) { string(to_string(day)); }
    void value(Currency currency) { string(currency.letters()); }
    void value(Amount amount) {
        if (amount.is_whole()) return integer(amount.ten_thousandths() / Amount::scale);
        number(static_cast<double>(amount.ten_thousandths()) / Amount::scale);
    }
    template <class Enum>
        requires(count_of<Enum> > 0)
    void value(Enum enumerator) {
        literal(to_string(enumerator));
    }
    template <class T>
    void value(const std::optional<T>& maybe) {
        maybe ? value(*maybe) : null();
    }

    template <class T>
    void member(std::string_view name, const T& content) {
        key(name);
        value(content);
    }
    /// Write a member, or omit it if it has no value.
    template <class T>
    void member_if(std::string_view name, const std::optional<T>& content) {
        if (content) member(name, *content);
    }
    template <class Body>
    void object(std::string_view name, Body body) {
        key(name);
        object(body);
    }
    template <class Body>
    void object(Body body) {
        begin_object();
        body();
        end();
    }
    template <class Body>
    void array(std::string_view name, Body body) {
        key(name);
        begin_array();
        body();
        end();
    }
};

void encode(Sink& sink, const PartnerRecord& partner);
void encode(Sink& sink, const AuthorizationRecord& record);
void encode(Sink& sink, const SupportContractRecord& record);
void encode(Sink& sink, const SolutionsPartnerDesignationRecord& record);
void encode(Sink& sink, const EventRecord& event);
void encode(Sink& sink, const Dimensions& dimensions);
void encode(Sink& sink, const Policy& policy);

/// Write a tree of explanations; the root also has `why_not` and `facts_needed`.
void encode(Sink& sink, const Explanation& explanation);

void encode(Sink& sink, const std::vector<Action>& actions, const Rulebook& rulebook);

void encode(Sink& sink, const std::vector<Deciding>& found);

void encode(Sink& sink, const Plan& plan);
void encode(Sink& sink, const Impossible& impossible);
void encode(Sink& sink, const Plans& plans, const Partner& partner, Interval span, Currency currency);

/// Write the members of an assessment that change when the state changes, except for the findings.
void encode_results(Sink& sink, const Assessment& assessment, const Rules& rules);
/// Write an assessment in the format `designation/assessment@1` (docs/formats.md).
void encode(Sink& sink, const Assessment& assessment, const Partner& partner, const Rules& rules);

}  // namespace designation::json
