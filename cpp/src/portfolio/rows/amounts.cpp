#include "portfolio/rows/amounts.hpp"

#include <cmath>
#include <cstring>

namespace designation::portfolio {

namespace {

__extension__ using Wide = __int128;

std::optional<Amount> within_range(std::int64_t ten_thousandths) noexcept {
    if (ten_thousandths < 0 || ten_thousandths > Amount::largest) return std::nullopt;
    return Amount::ten_thousandths(ten_thousandths);
}

std::optional<Amount> amount_of(double value) noexcept {
    const double count = std::round(value * Amount::scale);
    // A double with four places at most is the nearest one to some count of ten-thousandths.
    if (!(count >= 0 && count <= Amount::largest) || count / Amount::scale != value) return std::nullopt;
    return within_range(static_cast<std::int64_t>(count));
}

/// Little endian, two's complement, of any number of bytes.
Wide whole_at(const std::uint8_t* bytes, int size, bool is_signed) noexcept {
    Wide value = is_signed && (bytes[size - 1] & 0x80U) != 0 ? -1 : 0;
    for (int i = size - 1; i >= 0; --i) value = value * 256 + bytes[i];
    return value;
}

std::optional<Amount> amount_of(Wide whole, int scale) noexcept {
    for (; scale < Amount::places; ++scale) {
        if (whole < 0 || whole > Amount::largest) return std::nullopt;
        whole *= 10;
    }
    for (; scale > Amount::places; --scale) {
        if (whole % 10 != 0) return std::nullopt;
        whole /= 10;
    }
    if (whole < 0 || whole > Amount::largest) return std::nullopt;
    return within_range(static_cast<std::int64_t>(whole));
}

}  // namespace

std::optional<Amount> amount_at(const ArrowColumn& column, std::int64_t at) noexcept {
    if (!column.is_valid(at)) return std::nullopt;
    const std::int64_t i = column.offset + at;
    switch (column.layout.type) {
        case Type::float64: return amount_of(column.buffer<double>(1)[i]);
        case Type::float32: return amount_of(static_cast<double>(column.buffer<float>(1)[i]));
        default: {
            const int size = column.layout.bytes;
            const auto* bytes = column.buffer<std::uint8_t>(1) + i * size;
            return amount_of(whole_at(bytes, size, column.layout.is_signed), column.layout.scale);
        }
    }
}

bool is_sound_money(const Periods& contracts, std::int64_t at) noexcept {
    if (!contracts.value.is_valid(at)) return true;
    return amount_at(contracts.amount, at) && Currency::parse(text_at(contracts.currency, at));
}

}  // namespace designation::portfolio
