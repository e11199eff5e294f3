// This file is separate because it replaces the global allocation functions by ones that count.
#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <new>

#include "conformance.hpp"
#include "support.hpp"

namespace {

thread_local std::size_t allocations = 0;

void* counted_or_null(std::size_t size, std::size_t alignment) noexcept {
    ++allocations;
    const std::size_t rounded = (std::max<std::size_t>(size, 1) + alignment - 1) / alignment * alignment;
    return std::aligned_alloc(alignment, rounded);
}

void* counted(std::size_t size, std::size_t alignment) {
    void* memory = counted_or_null(size, alignment);
    if (!memory) throw std::bad_alloc();
    return memory;
}

// Not inline, because gcc would warn about the pair of operator new and free.
[[gnu::noinline]] void release(void* memory) noexcept { std::free(memory); }

constexpr std::size_t usual = alignof(std::max_align_t);

}  // namespace

void* operator new(std::size_t size) { return counted(size, usual); }
void* operator new[](std::size_t size) { return counted(size, usual); }
void* operator new(std::size_t size, std::align_val_t at) { return counted(size, static_cast<std::size_t>(at)); }
void* operator new[](std::size_t size, std::align_val_t at) { return counted(size, static_cast<std::size_t>(at)); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return counted_or_null(size, usual); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return counted_or_null(size, usual); }
void* operator new(std::size_t size, std::align_val_t at, const std::nothrow_t&) noexcept {
    return counted_or_null(size, static_cast<std::size_t>(at));
}
void* operator new[](std::size_t size, std::align_val_t at, const std::nothrow_t&) noexcept {
    return counted_or_null(size, static_cast<std::size_t>(at));
}
void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }

using namespace support;

TEST_CASE("the counter counts") {
    const std::size_t before = allocations;
    const std::vector<int> one(1000);
    CHECK(allocations > before);
    CHECK(one.size() == 1000);
}

TEST_CASE("assess allocates nothing for any partner, date and policy") {
    for (const auto& cases : {conformance::named(), conformance::generated()}) {
        for (const json& c : cases) {
            INFO(c["name"]);
            const dsg::Partner of = partner(c["partner"]);
            const dsg::Rules under = rules(c["policy"].is_null() ? "{}" : c["policy"].dump());
            const dsg::Day as_of = day(c["as_of"].get<std::string>());
            const std::size_t before = allocations;
            const dsg::Assessment a = dsg::assess(of, as_of, under);
            const std::size_t after = allocations;
            CHECK(after == before);
            CHECK(a.as_of == as_of);
        }
    }
}
