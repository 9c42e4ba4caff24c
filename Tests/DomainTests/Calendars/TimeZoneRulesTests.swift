import Domain
import Testing

@Suite struct TimeZoneRulesTests {
    struct Offset: Sendable {
        let zone: String
        let time: String
        let seconds: Int64
    }

    @Test(arguments: [
        Offset(zone: "Europe/Berlin", time: "2024-07-01T00:00:00Z", seconds: 7_200),
        Offset(zone: "Europe/Berlin", time: "2024-03-31T00:59:59Z", seconds: 3_600),
        Offset(zone: "Europe/Berlin", time: "2024-03-31T01:00:00Z", seconds: 7_200),
        // The far future follows the footer's rule, also beyond the 400 years that are written out.
        Offset(zone: "Europe/Berlin", time: "2199-07-01T00:00:00Z", seconds: 7_200),
        Offset(zone: "Europe/Berlin", time: "6824-03-31T00:59:59Z", seconds: 3_600),
        Offset(zone: "Europe/Berlin", time: "6824-07-01T00:00:00Z", seconds: 7_200),
        Offset(zone: "Asia/Shanghai", time: "2026-07-01T00:00:00Z", seconds: 28_800),
        Offset(zone: "Asia/Kolkata", time: "2026-07-01T00:00:00Z", seconds: 19_800),
        Offset(zone: "America/Sao_Paulo", time: "2015-10-18T03:00:00Z", seconds: -7_200),
        Offset(zone: "America/Sao_Paulo", time: "2026-01-01T03:00:00Z", seconds: -10_800),
        Offset(zone: "Pacific/Apia", time: "2012-01-01T00:00:00Z", seconds: 50_400),
        Offset(zone: "UTC", time: "2012-01-01T00:00:00Z", seconds: 0),
    ])
    func offsets(_ example: Offset) throws {
        let seconds = try Fixtures.utc(example.time).microseconds / 1_000_000
        #expect(try ZoneFiles().zone(named: example.zone).offset(at: seconds) == example.seconds)
    }

    @Test func aDayThatDoesNotExistShiftsByItsLength() throws {
        // Samoa skipped 2011-12-30: its noon is the noon of the 31st.
        let zone = try ZoneFiles().zone(named: "Pacific/Apia")
        let noon = Int64(try Fixtures.date("2011-12-30").daysSince1970) * 86_400 + 43_200
        #expect(zone.instant(ofLocal: noon) == zone.instant(ofLocal: noon + 86_400))
    }

    @Test(arguments: [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Havana", "Pacific/Apia", "Antarctica/Troll",
    ])
    func wallTimesThatExistMapBack(_ name: String) throws {
        let zone = try ZoneFiles().zone(named: name)
        let start = try Fixtures.utc("2009-01-01T00:00:00Z").microseconds / 1_000_000
        for step in 0..<60_000 {
            let time = start + Int64(step) * 10_800 + 7
            let back = zone.instant(ofLocal: time + zone.offset(at: time))
            // Of a repeated time the first occurrence is meant, so the way back may lead to an earlier instant that shows the same wall time.
            #expect(back <= time && back + zone.offset(at: back) == time + zone.offset(at: time))
        }
    }

    @Test func extremeTimesDoNotTrap() throws {
        let zone = try ZoneFiles().zone(named: "Europe/Berlin")
        for value in [Int64.min, .min + 1, .max - 1, .max] {
            #expect((3_600...7_200).contains(zone.offset(at: max(value, 0))))
            _ = zone.offset(at: value)
            _ = zone.instant(ofLocal: value)
        }
    }

    @Test func unknownZoneIsAnError() {
        #expect(throws: TimeZoneError.unknown("Mars/Olympus")) { try ZoneFiles().zone(named: "Mars/Olympus") }
    }

    @Test func everyCutOfAFileIsRefused() throws {
        let bytes = try ZoneFiles.bytes(named: "Europe/Berlin")
        for count in 0..<bytes.count {
            #expect(throws: TimeZoneError.self) { try TimeZoneRules(tzif: Array(bytes[..<count])) }
        }
    }

    @Test func changedBytesNeverTrap() throws {
        let original = try ZoneFiles.bytes(named: "America/New_York")
        var generator = SplitMix(seed: 7)
        var refused = 0
        for _ in 0..<2_000 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            do {
                let zone = try TimeZoneRules(tzif: bytes)
                _ = zone.instant(ofLocal: Int64.random(in: .min ... .max, using: &generator))
                _ = zone.offset(at: Int64.random(in: .min ... .max, using: &generator))
            } catch {
                refused += 1
            }
        }
        #expect(refused > 0)
    }
}
