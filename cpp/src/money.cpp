#include "designation/money.hpp"

#include <algorithm>
#include <charconv>

namespace designation {

namespace {

// ISO 4217: the currencies whose minor unit does not have two decimal places.
constexpr std::array<std::string_view, 17> no_minor_unit{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
                                                         "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 7> three_places{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
constexpr std::array<std::string_view, 2> four_places{"CLF", "UYW"};

constexpr std::int64_t power_of_ten(int exponent) noexcept {
    std::int64_t power = 1;
    for (; exponent > 0; --exponent) power *= 10;
    return power;
}

}  // namespace

std::optional<Amount> parse_amount(std::string_view text) noexcept {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    int exponent = 0;
    if (const auto e = text.find_first_of("eE"); e != std::string_view::npos) {
        auto digits = text.substr(e + 1);
        if (digits.starts_with('+')) digits.remove_prefix(1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
        if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
        text = text.substr(0, e);
    }
    const auto point = std::min(text.find('.'), text.size());
    if (point == 0 || point + 1 == text.size()) return std::nullopt;

    std::int64_t count = 0;
    int pending_zeros = 0;
    const auto append = [&](int digit) {
        if (digit == 0 && count == 0) return true;
        if (count > Amount::largest / 10) return false;
        count = count * 10 + digit;
        return true;
    };
    int places = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == point) continue;
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        const bool fraction = i > point;
        if (fraction && text[i] == '0') {
            ++pending_zeros;
            continue;
        }
        for (; pending_zeros > 0; --pending_zeros, ++places) {
            if (!append(0)) return std::nullopt;
        }
        if (!append(text[i] - '0')) return std::nullopt;
        places += fraction ? 1 : 0;
    }
    if (count == 0) return Amount{};
    if (exponent < -40 || exponent > 40) return std::nullopt;
    for (int shift = Amount::places + exponent - places; shift != 0;) {
        if (shift > 0) {
            if (count > Amount::largest / 10) return std::nullopt;
            count *= 10;
            --shift;
        } else {
            if (count % 10 != 0) return std::nullopt;
            count /= 10;
            ++shift;
        }
    }
    if (count > Amount::largest) return std::nullopt;
    return Amount::ten_thousandths(negative ? -count : count);
}

std::string to_string(Amount amount) {
    const auto count = amount.ten_thousandths();
    std::string text = std::to_string(count / Amount::scale);
    if (count < 0 && count > -Amount::scale) text.insert(text.begin(), '-');
    if (auto rest = std::abs(count % Amount::scale); rest != 0) {
        std::string fraction = std::to_string(Amount::scale + rest).substr(1);
        fraction.erase(fraction.find_last_not_of('0') + 1);
        text += '.' + fraction;
    }
    return text;
}

std::optional<Currency> Currency::parse(std::string_view letters) noexcept {
    if (letters.size() != 3) return std::nullopt;
    Currency currency;
    for (std::size_t i = 0; i < 3; ++i) {
        if (letters[i] < 'A' || letters[i] > 'Z') return std::nullopt;
        currency.letters_[i] = letters[i];
    }
    return currency;
}

int Currency::minor_places() const noexcept {
    const auto is_in = [&](const auto& list) { return std::ranges::find(list, letters()) != list.end(); };
    if (is_in(no_minor_unit)) return 0;
    if (is_in(three_places)) return 3;
    if (is_in(four_places)) return 4;
    return 2;
}

Money share_of(const Money& money, int percent) noexcept {
    const auto unit = power_of_ten(Amount::places - money.currency.minor_places());
    const auto hundredfold = money.amount.ten_thousandths() * percent;
    const auto divisor = unit * 100;
    auto rounded = hundredfold / divisor;
    const auto rest = hundredfold % divisor;
    if (rest * 2 > divisor || (rest * 2 == divisor && rounded % 2 != 0)) ++rounded;
    return {Amount::ten_thousandths(rounded * unit), money.currency};
}

}  // namespace designation
