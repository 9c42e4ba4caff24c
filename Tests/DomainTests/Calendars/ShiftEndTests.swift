import Domain
import Testing

/// When an agent's shift ends and the next begins (routing.md F).
@Suite struct ShiftEndTests {
    @Test("In a shift its end is meant; off shift the end of the last one that is known, and else now")
    func following() throws {
        let hours = try Fixtures.berlin()
        let (evening, morning) = (try Fixtures.at("2024-03-04 17:00"), try Fixtures.at("2024-03-05 09:00"))
        let end = ShiftEnd(at: evening, resumesAt: morning)
        #expect(try ShiftEnd.following(hours, at: Fixtures.at("2024-03-04 16:00"), known: nil) == end)
        let night = try Fixtures.at("2024-03-04 23:00")
        #expect(ShiftEnd.following(hours, at: night, known: end) == end)
        #expect(ShiftEnd.following(hours, at: night, known: nil) == ShiftEnd(at: night, resumesAt: morning))
        // What is known is of a day before: a shift was since.
        let former = ShiftEnd(at: try Fixtures.at("2024-03-01 17:00"), resumesAt: try Fixtures.at("2024-03-04 09:00"))
        #expect(ShiftEnd.following(hours, at: night, known: former) == ShiftEnd(at: night, resumesAt: morning))
        // Told before it was stored when the next shift begins.
        #expect(ShiftEnd.following(hours, at: night, known: ShiftEnd(at: evening, resumesAt: nil)) == end)
        // At the first moment of a shift the end of it.
        #expect(try ShiftEnd.following(hours, at: morning, known: end)?.at == Fixtures.at("2024-03-05 17:00"))
    }

    @Test("Off shift is from the end to just before the next beginning, or for ever")
    func covers() {
        func at(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: seconds) }
        let end = ShiftEnd(at: at(5), resumesAt: at(9))
        #expect([4, 5, 8, 9].map { end.covers(at($0)) } == [false, true, true, false])
        #expect(ShiftEnd(at: at(5), resumesAt: nil).covers(at(1_000)))
    }

    @Test("Hours that never close end no shift")
    func neverEnding() throws {
        let always = try BusinessCalendar(CalendarDefinition(zone: "UTC", alwaysOpen: true), zones: ZoneFiles())
        #expect(ShiftEnd.following(always, at: try Fixtures.at("2024-03-04 16:00"), known: nil) == nil)
    }
}
