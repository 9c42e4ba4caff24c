import Domain
import Testing

@Suite struct SLACodingTests {
    private static let calendar = """
        {"tz": "Europe/Berlin", "weekly": {"mon": [["09:00", "17:00"]], "fri": [["22:00", "30:00"]]}, "holidays": ["2024-05-01"],
         "closures": [["2024-12-24", "12:00", "24:00"], {"from": "12-25", "to": "01-02", "yearly": true, "name": "Holidays"}],
         "openings": {"2024-11-30": [["10:00", "14:00"]]}}
        """

    @Test func calendarDefinitionsReadEveryForm() throws {
        let definition = try JSON.decode(CalendarDefinition.self, SLACodingTests.calendar)
        #expect(definition.weekly[.friday] == [WallInterval(start: 79_200, end: 108_000)])
        #expect(definition.closures.count == 3 && definition.closures[1].part == WallInterval(start: 43_200, end: 86_400))
        #expect(definition.openings == [try Fixtures.date("2024-11-30"): [WallInterval(start: 36_000, end: 50_400)]])
        #expect(try JSON.roundTrip(definition) == definition)
    }

    @Test(arguments: [
        #"{"weekly": {}}"#, #"{"tz": "UTC", "weekly": {"mo": []}}"#, #"{"tz": "UTC", "weekly": {"mon": [["9:00", "17:00"]]}}"#,
        #"{"tz": "UTC", "weekly": {"mon": [["09:00"]]}}"#, #"{"tz": "UTC", "weekly": {"mon": [["09:00", "17:00", "18:00"]]}}"#,
        #"{"tz": "UTC", "holidays": ["2023-02-29"]}"#, #"{"tz": "UTC", "closures": [["2024-12-24", "12:00"]]}"#,
        #"{"tz": "UTC", "openings": {"soon": []}}"#, #"{"tz": "UTC", "weekly": {"mon": [["09:00", "49:00"]]}}"#, #"{"tz": 1}"#,
    ])
    func malformedCalendarsAreRefused(_ text: String) {
        #expect(throws: DecodingError.self) { try JSON.decode(CalendarDefinition.self, text) }
    }

    @Test func evaluationReadsItsDocumentedFormat() throws {
        let text = """
            {"calendar": {"tz": "Europe/Berlin", "weekly": {"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]]}},
             "policy": {"name": "Gold", "warnings": [{"percent": 75}], "pauses": [{"metric": "resolution", "category": "pending"}],
                        "conditions": {"all": [{"field": "tier", "op": "equals", "value": "gold"}]},
                        "targets": [{"metric": "resolution", "priority": 2, "seconds": 28800, "mode": "business"}]},
             "priority": 2,
             "events": [{"at": "2024-03-04T08:00:00Z", "type": "created", "by": "customer"},
                        {"at": "2024-03-04T09:00:00Z", "type": "state_entered", "category": "pending"},
                        {"at": "2024-03-04T10:00:00Z", "type": "state_entered", "category": "open"}],
             "now": "2024-03-05T07:00:00Z"}
            """
        let reply = try SLAEvaluation(zones: ZoneFiles()).evaluate(JSON.decode(SLAEvaluation.Request.self, text))
        let timer = try #require(reply.timers.first)
        #expect(reply.timers.count == 1 && timer.metric == .resolution && timer.consumed == 7 * hour && timer.state == .running)
        #expect(timer.dueAt == (try Fixtures.at("2024-03-05 10:00")) && timer.windows.count == 2 && timer.pauses.count == 1)
        #expect(reply.events.map(\.threshold) == [.warning(.percent(75))])
        #expect(reply.events.first?.scheduledFor == (try Fixtures.at("2024-03-04 16:00")))
    }

    @Test func evaluationRefusesWrongQuestions() throws {
        let policy = SLAPolicyDefinition(name: "P", targets: [SLAScene.target(.resolution, hours: 1)])
        let (time, later) = (try Fixtures.at("2024-03-04 09:00"), try Fixtures.at("2024-03-04 10:00"))
        let evaluation = SLAEvaluation(zones: ZoneFiles())
        func error(_ events: [SLASignal], _ calendar: CalendarDefinition? = nil) -> SLAEvaluationError? {
            do throws(SLAEvaluationError) {
                _ = try evaluation.evaluate(.init(calendar: calendar, policy: policy, priority: nil, events: events, now: time))
                return nil
            } catch {
                return error
            }
        }
        #expect(error([SLASignal(at: later, .created(by: .customer))]) == .eventAfterNow)
        #expect(error([], try Fixtures.berlinDefinition()) == .signals(.notCreatedOnce))
        #expect(error([], CalendarDefinition(zone: "UTC")) == .calendar(.neverOpen))
        for (imported, expected) in [
            ("08:59", SLAEvaluationError.importedBeforeCreation), ("09:01", .importedAfterNow), ("09:00", nil),
        ] as [(String, SLAEvaluationError?)] {
            let created = SLASignal(at: time, .created(by: .customer, importedAt: try Fixtures.at("2024-03-04 \(imported)")))
            #expect(error([created]) == expected, "\(imported)")
        }
    }

    @Test("A calendar must open within ten years of the first event; where it is wrong is named as the line's members are")
    func evaluationRefusesCalendarsThatStayClosed() throws {
        let evaluation = SLAEvaluation(zones: ZoneFiles())
        func answer(_ calendar: String, seconds: Int = 10) throws -> String? {
            let text = """
                {"calendar": {"tz": "UTC", \(calendar)}, "policy": {"name": "P", "targets": [{"metric": "resolution", "seconds": \(seconds), "mode": "business"}]},
                 "events": [{"at": "2024-03-04T08:00:00Z", "type": "created"}], "now": "2024-03-04T09:00:00Z"}
                """
            let request = try JSON.decode(SLAEvaluation.Request.self, text)
            do throws(SLAEvaluationError) {
                _ = try evaluation.evaluate(request)
                return nil
            } catch {
                return error.description
            }
        }
        let never = "calendar: the calendar has no open time within 10 years"
        #expect(try answer(#""weekly": {"mon": [["09:00", "17:00"]]}, "closures": [{"from": "01-01", "to": "12-31", "yearly": true}]"#) == never)
        #expect(try answer(#""always_open": true, "closures": [{"from": "2024-01-01", "to": "2034-12-31"}]"#) == never)
        #expect(try answer(#""openings": {"2024-03-03": [["08:00", "09:00"]]}"#) == never)
        #expect(try answer(#""openings": {"2024-03-04": [["08:00", "09:00"]]}"#) == nil)
        let reason = "an interval needs 00:00 <= start < 24:00 and start < end <= start + 24 h"
        #expect(try answer(#""weekly": {"mon": [["09:00", "09:00"]]}"#) == "calendar.weekly.mon[0]: \(reason)")
        #expect(try answer(#""openings": {"2024-03-04": [["09:00", "09:00"]]}"#) == "calendar.openings.2024-03-04[0]: \(reason)")
        #expect(try answer(#""always_open": true"#, seconds: 0) == "policy.targets[0].seconds: a target is between 1 second and 10 years")
    }

    @Test func deepConditionsAreRefused() {
        let deep = String(repeating: #"{"not": "#, count: 40) + #"{"all": []}"# + String(repeating: "}", count: 40)
        #expect(throws: DecodingError.self) { try JSON.decode(TicketCondition.self, deep) }
    }
}
