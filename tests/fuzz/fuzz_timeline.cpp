#include "question.hpp"

namespace {

using namespace laws;

constexpr int years = 6 * 365;

void follow(const dsg::Partner& partner, dsg::Day as_of, const dsg::Rules& rules) {
    const dsg::Interval span{as_of, as_of + years};
    const auto segments = dsg::timeline(partner, span, rules);
    demand(segments.front().days.from == span.from && segments.back().days.through == span.through,
           "the segments cover the span");
    dsg::PartnerView listed = partner.view();
    listed.record_index = nullptr;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const dsg::Segment& segment = segments[i];
        demand(i == 0 || segments[i - 1].days.through + 1 == segment.days.from, "a segment follows on another");
        demand(segment.assessment == dsg::assess(listed, segment.days.from, rules), "a segment has its assessment");
        dsg::Assessment last = dsg::assess(partner, segment.days.through, rules);
        last.as_of = segment.days.from;
        demand(segment.assessment == last, "the last day of a segment is like the first");
    }
    const auto change = dsg::next_change(partner, as_of, rules);
    demand(segments.size() == 1 || (change && change->after.as_of == segments[1].days.from),
           "the next change begins the second segment");
    demand(segments.size() > 1 || !change || change->after.as_of > span.through, "or it is after the span");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { return answer(data, size, follow); }
