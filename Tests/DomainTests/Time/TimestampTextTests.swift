import Domain
import Testing

/// RFC 3339: whatever is read can be written and read again.
@Suite struct TimestampTextTests {
    @Test(
        "Times outside the years 0001 to 9999 in UTC are none, whatever their own date says",
        arguments: [
            "9999-12-31T23:59:59-01:00", "9999-12-31T23:59:59.999999-23:59", "9999-12-31T23:59:00-00:01", "0001-01-01T00:00:00+00:01",
            "0001-01-01T12:00:00+23:59",
        ]
    )
    func outside(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test(
        "The first and the last time are read, and written as they were",
        arguments: [
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"), ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
            ("0001-01-01T23:59:00+23:59", "0001-01-01T00:00:00.000000Z"), ("9999-12-31T00:00:59.5-23:59", "9999-12-31T23:59:59.500000Z"),
        ] as [(String, String)]
    )
    func ends(text: String, written: String) throws {
        let time = try #require(Timestamp(text))
        #expect(time.description == written)
        #expect(Timestamp(time.description) == time)
    }

    @Test(
        "A fraction may have any number of digits; those beyond microseconds are cut off, before 1970 too",
        arguments: [
            (".1234567", ".123456"), (".123456789", ".123456"), (".9999999", ".999999"), (".000000999999999999999999999999999", ".000000"),
            (".5", ".500000"),
            (".12345600000000000001", ".123456"),
        ]
    )
    func fractions(given: String, kept: String) {
        for second in ["2026-11-21T10:00:00", "1960-01-01T23:59:59"] {
            #expect(Timestamp(second + given + "Z")?.description == second + kept + "Z")
        }
        for wrong in [".", ".x", ".1x", "..1"] { #expect(Timestamp("2026-11-21T10:00:00\(wrong)Z") == nil) }
    }

    @Test("What is read is written so that it is read again", arguments: [1, 2, 3] as [UInt64])
    func roundTrip(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        var count = 0
        for _ in 0..<20_000 {
            func number(_ range: ClosedRange<Int>, _ digits: Int) -> String {
                let text = String(Int.random(in: range, using: &generator))
                return String(repeating: "0", count: max(0, digits - text.count)) + text
            }
            let year = Bool.random(using: &generator) ? number(1...9_999, 4) : ["0001", "9999"].randomElement(using: &generator) ?? ""
            let date = year + "-" + number(1...12, 2) + "-" + number(1...31, 2)
            let sign = Bool.random(using: &generator) ? "+" : "-"
            let text = "\(date)T\(number(0...23, 2)):\(number(0...59, 2)):\(number(0...59, 2))\(sign)\(number(0...23, 2)):\(number(0...59, 2))"
            guard let time = Timestamp(text) else { continue }
            count += 1
            #expect(Timestamp(time.description) == time, "\(text)")
        }
        #expect(count > 15_000)
    }
}
