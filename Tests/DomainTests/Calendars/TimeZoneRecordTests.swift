import Domain
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Rules of zones as calendars keep them (decision 0028).
@Suite struct TimeZoneRecordTests {
    private static let names = RandomCalendar.zones + ["Europe/Dublin", "Asia/Gaza", "America/Godthab", "Antarctica/Troll"]

    @Test("What is kept of a zone is the zone", arguments: names)
    func roundTrip(_ name: String) throws {
        let rules = try ZoneFiles().zone(named: name)
        let kept = try JSONEncoder().encode(rules)
        #expect(try JSONDecoder().decode(TimeZoneRules.self, from: kept) == rules)
        #expect(kept.count < 30_000)
    }

    @Test("What is no zone is refused", arguments: ["[1]", "[5,0,4,0]", "[5,93601]", #""x""#])
    func refused(_ transitions: String) {
        let text = #"{"initial_offset":0,"transitions":\#(transitions)}"#
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(TimeZoneRules.self, from: Data(text.utf8)) }
    }
}
