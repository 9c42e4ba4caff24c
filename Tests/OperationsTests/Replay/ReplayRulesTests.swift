import FoundationEssentials
import Testing

@testable import Operations

@Suite("Replay rules")
struct ReplayRulesTests {
    @Test(
        "the pace",
        arguments: [("max", ReplayPace.maximum), ("1", .times(1)), ("0.5", .times(0.5)), ("1e9", .times(1e9)), ("0.001", .times(0.001))]
    )
    func pace(text: String, pace: ReplayPace) {
        #expect(ReplayPace(text) == pace)
    }

    @Test("a pace that is none", arguments: ["", "0", "-1", "nan", "inf", "1e10", "1e-15", "0.00099", "fast"])
    func noPace(text: String) {
        #expect(ReplayPace(text) == nil)
    }

    @Test("targets shrink as the time does, but never to nothing")
    func targets() {
        #expect(ReplayTargets(pace: .maximum).seconds == [14_400, 28_800, 259_200, 432_000])
        #expect(ReplayTargets(pace: .times(3_600)).seconds == [4, 8, 72, 120])
        #expect(ReplayTargets(pace: .times(1e9)).seconds == [1, 1, 1, 1])
        #expect(ReplayTargets(pace: .times(0.001)).seconds == [14_400_000, 28_800_000, 259_200_000, 432_000_000])
    }

    @Test("names become keys", arguments: [("Group 56", "group-56"), ("长", "xe9x95xbf"), (" a", "xa"), ("A_b", "ax5fb")])
    func keys(name: String, key: String) {
        #expect(ReplayNames.skillKey(ofGroup: name) == key)
    }

    @Test("percentiles are measured values, by nearest rank")
    func percentiles() {
        let values = Percentiles(microseconds: (1...100).map { Int64($0) * 1_000 }.shuffled())
        #expect((values.p50, values.p95, values.p99) == (50, 95, 99))
        let one = Percentiles(microseconds: [7_000])
        #expect((one.p50, one.p95, one.p99) == (7, 7, 7))
        #expect(Percentiles(microseconds: []).p50 == nil)
    }

    @Test("what is tried again, and how soon")
    func retries() {
        let retries = ReplayRetries()
        func answer(_ status: Int, retryAfter: Int? = nil, code: String = "x") -> ReplayResponse {
            ReplayResponse(status: status, retryAfter: retryAfter, body: Data(#"{"code":"\#(code)"}"#.utf8))
        }
        #expect(retries.pause(after: 1, nil) == .milliseconds(100))
        #expect(retries.pause(after: 3, answer(503)) == .milliseconds(400))
        #expect(retries.pause(after: 7, answer(503)) == .seconds(5))
        #expect(retries.pause(after: 1, answer(429, retryAfter: 2)) == .seconds(2))
        #expect(retries.pause(after: 1, answer(429, retryAfter: 9_999)) == .seconds(60))
        #expect(retries.pause(after: 1, answer(409, code: "idempotency-in-progress")) == .milliseconds(100))
        #expect(retries.pause(after: 1, answer(409, code: "invalid-transition")) == nil)
        #expect(retries.pause(after: 1, answer(201)) == nil)
        #expect(retries.pause(after: 8, nil) == nil)
    }

    @Test("queries are escaped", arguments: [("Group 1", "Group%201"), ("a+b&c", "a%2Bb%26c"), ("长", "%E9%95%BF"), ("A-z_0.~", "A-z_0.~")])
    func escaping(text: String, escaped: String) {
        #expect(ReplayRequest.escape(text) == escaped)
    }
}
