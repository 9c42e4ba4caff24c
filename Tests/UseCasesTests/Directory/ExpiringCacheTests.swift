import Testing

@testable import UseCases

@Suite struct ExpiringCacheTests {
    private let start = ContinuousClock().now

    @Test("A value is good until its time and not at it")
    func expiry() {
        var cache = ExpiringCache<Int, String>(capacity: 2)
        cache.keep("one", for: 1, until: start + .seconds(10), at: start)
        #expect(cache.value(for: 1, at: start + .seconds(9)) == "one")
        #expect(cache.value(for: 1, at: start + .seconds(10)) == nil)
        #expect(cache.value(for: 2, at: start) == nil)
    }

    @Test("It never holds more than its capacity, and what is over goes first")
    func bound() {
        var cache = ExpiringCache<Int, Int>(capacity: 100)
        for key in 0..<50 { cache.keep(key, for: key, until: start + .seconds(1), at: start) }
        for key in 50..<100 { cache.keep(key, for: key, until: start + .seconds(10), at: start) }
        cache.keep(100, for: 100, until: start + .seconds(10), at: start + .seconds(2))
        #expect(cache.count == 51)
        #expect(cache.value(for: 50, at: start + .seconds(2)) == 50)
        for key in 0..<1_000 {
            cache.keep(key, for: key, until: start + .seconds(20), at: start + .seconds(3))
            #expect(cache.count <= 100)
        }
        #expect(cache.value(for: 999, at: start + .seconds(3)) == 999)
    }
}
