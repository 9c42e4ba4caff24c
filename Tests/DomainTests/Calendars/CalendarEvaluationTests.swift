import Domain
import Testing

@Suite struct CalendarEvaluationTests {
    private func evaluation() throws -> CalendarEvaluation {
        var evaluation = CalendarEvaluation(zones: ZoneFiles())
        #expect(evaluation.evaluate(.define(id: "B", try Fixtures.berlinDefinition())) == nil)
        return evaluation
    }

    @Test(arguments: [
        (CalendarQuestion.Operation.open, "2024-03-04 17:00", Int64?.none, Int64?.some(0), ""),
        (.add, "2024-03-04 09:00", 28_800, nil, "2024-03-04 17:00"),
        (.breach, "2024-03-04 09:00", 28_800, nil, "2024-03-05 09:00"),
        (.sub, "2024-03-05 09:00", 28_800, nil, "2024-03-04 09:00"),
        (.nextOpen, "2024-03-04 17:00", nil, nil, "2024-03-05 09:00"),
        (.nextClose, "2024-03-04 16:00", nil, nil, "2024-03-04 17:00"),
    ])
    func operations(_ row: (operation: CalendarQuestion.Operation, at: String, argument: Int64?, number: Int64?, time: String)) throws {
        let time = try Fixtures.at(row.at).microseconds / 1_000_000
        let expected = try row.number ?? Fixtures.at(row.time).microseconds / 1_000_000
        let question = CalendarQuestion(calendar: "B", operation: row.operation, time: time, argument: row.argument)
        #expect(try evaluation().answer(question) == .result(expected))
    }

    @Test func elapsedTakesAnEnd() throws {
        let (start, end) = (try Fixtures.at("2024-03-01 12:00"), try Fixtures.at("2024-03-04 12:00"))
        let question = CalendarQuestion(
            calendar: "B",
            operation: .elapsed,
            time: start.microseconds / 1_000_000,
            argument: end.microseconds / 1_000_000
        )
        #expect(try evaluation().answer(question) == .result(28_800))
    }

    @Test func badLinesAreErrorsAndTheNextOnesWork() throws {
        var evaluation = try evaluation()
        #expect(evaluation.answer(CalendarQuestion(calendar: "X", operation: .open, time: 0)) == .error("unknown calendar"))
        #expect(evaluation.answer(CalendarQuestion(calendar: "B", operation: .add, time: 0)) == .error("arg is missing"))
        #expect(
            evaluation.answer(CalendarQuestion(calendar: "B", operation: .open, time: .max)) == .error("the time lies outside the years 1900 to 2299")
        )
        #expect(evaluation.evaluate(.define(id: "E", CalendarDefinition(zone: "UTC"))) == .error("the calendar has no hours"))
        #expect(
            evaluation.answer(CalendarQuestion(calendar: "E", operation: .open, time: 0))
                == .error("the calendar was refused: the calendar has no hours")
        )
        #expect(evaluation.answer(CalendarQuestion(calendar: "B", operation: .open, time: 1_709_546_400)) == .result(1))
    }

    @Test("A calendar that is open in no year is refused; one that is only for a while stays closed in the answers that need it")
    func calendarsThatNeverOpen() throws {
        var evaluation = CalendarEvaluation(zones: ZoneFiles())
        var closed = try Fixtures.berlinDefinition()
        closed.openings = [:]
        closed.closures = [try JSON.decode(CalendarClosure.self, #"{"from": "01-01", "to": "12-31", "yearly": true}"#)]
        let reason = "the calendar has no open time within 10 years"
        #expect(evaluation.evaluate(.define(id: "N", closed)) == .error(reason))
        let question = CalendarQuestion(calendar: "N", operation: .nextOpen, time: 1_709_546_400)
        #expect(evaluation.answer(question) == .error("the calendar was refused: \(reason)"))
        closed.openings = [try Fixtures.date("2014-03-04"): [try Fixtures.interval("08:00-09:00")]]
        #expect(evaluation.evaluate(.define(id: "N", closed)) == nil)
        #expect(evaluation.answer(question) == .error("no open time within 10 years"))
        // What was asked of first does not decide what is compiled.
        #expect(evaluation.answer(CalendarQuestion(calendar: "N", operation: .nextOpen, time: 1_388_534_400)) == .result(1_393_916_400))
        let wrong = CalendarDefinition(zone: "UTC", weekly: [.monday: [WallInterval(start: 3_600, end: 3_600)]])
        let interval = "weekly.mon[0]: an interval needs 00:00 <= start < 24:00 and start < end <= start + 24 h"
        #expect(evaluation.evaluate(.define(id: "W", wrong)) == .error(interval))
    }
}
