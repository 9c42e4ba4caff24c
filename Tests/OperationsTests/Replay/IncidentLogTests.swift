import Domain
import Testing

@testable import Operations

@Suite("Incident log")
struct IncidentLogTests {
    @Test("incidents come in the order in which they were opened")
    func order() throws {
        let log = try IncidentSample.log()
        #expect(log.incidents.map(\.number) == ["INC07", "INC01", "INC02", "INC03", "INC04", "INC05", "INC06", "INC08", "INC09"])
    }

    @Test("groups, agents and places are taken from the rows; ? is unknown")
    func directory() throws {
        let log = try IncidentSample.log()
        #expect(log.groups == ["Group 1", "Group 2", "Group 9"])
        #expect(
            log.groupsByAgent == [
                "Resolver 1": ["Group 1"], "Resolver 2": ["Group 1", "Group 2"], "Resolver 3": ["Group 1"], "Resolver 4": ["Group 2"],
            ]
        )
        let byNumber = Dictionary(uniqueKeysWithValues: log.incidents.map { ($0.number, $0) })
        #expect(byNumber["INC05"]?.group == "Group 1")
        #expect(byNumber["INC05"]?.location == nil)
        #expect(byNumber["INC08"]?.group == nil)
        #expect(byNumber["INC01"]?.location == "Location 7")
        #expect(byNumber["INC02"]?.madeSLA == false)
        #expect(byNumber["INC03"]?.madeSLA == true)
    }

    @Test(
        "a move is a change of state: repetitions are none",
        arguments: [
            ("INC01", [TicketState.inProgress, .resolved, .closed]), ("INC02", [.waitingCustomer, .resolved]),
            ("INC03", [.inProgress, .resolved, .inProgress, .resolved, .closed]), ("INC05", [.onHold, .resolved]), ("INC07", []),
        ]
    )
    func moves(number: String, states: [TicketState]) throws {
        let incident = try #require(try IncidentSample.log().incidents.first { $0.number == number })
        #expect(incident.moves.map(\.state) == states)
    }

    @Test("rows that cannot be read are told by their line, the others are there")
    func skipped() throws {
        #expect(
            try IncidentSample.log().skipped.map(\.description) == [
                #"line 28: incident_state cannot be read: "Vanished""#, #"line 29: opened_at cannot be read: "30-02-2016 09:40""#,
                "line 30: 3 fields where the header has 36",
            ]
        )
    }

    @Test(
        "a file that is no incident log is refused",
        arguments: [
            ("", IncidentLogError.empty), ("\n\n", .empty), (IncidentSample.header, .noIncidents),
            ("number,number\n", .repeatedColumn("number")), ("number,opened_at\n", .missingColumn("incident_state")),
            ("num\"ber\n", .header(.quoteInsideField)),
        ]
    )
    func refused(text: String, error: IncidentLogError) {
        #expect(throws: error) { try IncidentLogReader.read(Array(text.utf8)) }
    }

    @Test(
        "times are day-month-year",
        arguments: [
            ("29-02-2016 01:16", 1_456_708_560), ("01-01-1970 00:00", 0), ("29-02-2015 00:00", nil), ("2016-02-29 01:16", nil),
            ("29-02-2016 24:00", nil), ("29-02-2016 1:16", nil), ("", nil), ("29-13-2016 00:00", nil),
        ] as [(String, Int64?)]
    )
    func times(text: String, seconds: Int64?) {
        #expect(LogTime.seconds(text) == seconds)
    }

    private static let realLog = "../shared/data/incident_event_log.csv"

    /// The log stands beside the project: where it is not, this test is skipped and says so.
    @Test("the real log: 890 incidents, all rows read, the matrix gives every recorded priority", .enabled(if: IncidentLogFile.exists(realLog)))
    func real() throws {
        let log = try IncidentLogFile.read(Self.realLog)
        #expect(log.incidents.count == 890)
        #expect(log.skipped.isEmpty)
        #expect(log.incidents.count { PriorityMatrix.standard.priority(impact: $0.impact, urgency: $0.urgency) == $0.priority } == 890)
        #expect(log.incidents.count(where: \.madeSLA) == 495)
        #expect(log.incidents.allSatisfy { $0.moves.last?.state == .closed })
        #expect(log.groups.count == 61)
        #expect(log.groupsByAgent.count == 122)
    }
}

extension IncidentLogFile {
    fileprivate static func exists(_ path: String) -> Bool { (try? read(path)) != nil }
}
