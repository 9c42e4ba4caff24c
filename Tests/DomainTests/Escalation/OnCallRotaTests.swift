import Domain
import Testing

@Suite struct OnCallRotaTests {
    private static let people = (1...3).map { AgentID(high: 0, low: UInt64($0)) }
    private static let standIn = AgentID(high: 0, low: 9)

    private static func rota(
        _ zone: String = "Europe/Berlin",
        start: String = "2026-01-05",
        handover: String = "09:00",
        hours: Int,
        overrides: [OnCallRota.Override] = []
    ) throws -> OnCallRota {
        OnCallRota(
            zone: zone,
            startsOn: try #require(CivilDate(start)),
            handover: try #require(OnCallRota.handover(handover)),
            shiftHours: hours,
            members: people,
            overrides: overrides
        )
    }

    private static func time(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

    /// The position of who is on call, from 1 on; 9 stands in; 0: nobody.
    private static func onCall(_ rota: OnCallRota, _ time: String) throws -> UInt64 {
        rota.shift(at: try Self.time(time), zone: try ZoneFiles().zone(named: rota.zone))?.agent.low ?? 0
    }

    struct Case: Sendable {
        let hours: Int
        let at: String
        let person: UInt64
    }

    @Test(
        "Hands over by the wall clock, in summer time too",
        arguments: [
            Case(hours: 168, at: "2026-01-05T07:59:59Z", person: 0),
            Case(hours: 168, at: "2026-01-05T08:00:00Z", person: 1),
            Case(hours: 168, at: "2026-01-12T07:59:59Z", person: 1),
            Case(hours: 168, at: "2026-01-12T08:00:00Z", person: 2),
            Case(hours: 168, at: "2026-01-26T08:00:00Z", person: 1),
            // The clocks go forward on 29 March: nine o'clock is an hour earlier.
            Case(hours: 168, at: "2026-03-30T06:59:59Z", person: 3),
            Case(hours: 168, at: "2026-03-30T07:00:00Z", person: 1),
            Case(hours: 24, at: "2026-03-28T08:00:00Z", person: 2),
            Case(hours: 24, at: "2026-03-29T06:59:59Z", person: 2),
            Case(hours: 24, at: "2026-03-29T07:00:00Z", person: 3),
            // And back on 25 October.
            Case(hours: 24, at: "2026-10-25T07:59:59Z", person: 2),
            Case(hours: 24, at: "2026-10-25T08:00:00Z", person: 3),
            Case(hours: 12, at: "2026-01-05T20:00:00Z", person: 2),
        ]
    )
    func shifts(_ test: Case) throws {
        #expect(try Self.onCall(try Self.rota(hours: test.hours), test.at) == test.person)
    }

    @Test("A handover at a time that clocks skip comes when they have skipped it; of one shown twice the first is meant")
    func gapsAndOverlaps() throws {
        let rota = try Self.rota(start: "2026-03-01", handover: "02:30", hours: 24)
        // 29 March: 02:30 is skipped, and comes as 03:30, which is 01:30 UTC.
        let before = try Self.onCall(rota, "2026-03-29T01:29:59Z")
        let after = try Self.onCall(rota, "2026-03-29T01:30:00Z")
        #expect(after == before % 3 + 1)
        // 25 October: 02:30 is shown at 00:30 and at 01:30 UTC; the hour that comes again changes nobody back.
        let first = try Self.onCall(rota, "2026-10-25T00:30:00Z")
        #expect(try Self.onCall(rota, "2026-10-25T00:29:59Z") % 3 + 1 == first)
        for time in ["2026-10-25T01:00:00Z", "2026-10-25T01:29:59Z", "2026-10-25T01:30:00Z", "2026-10-26T01:29:59Z"] {
            #expect(try Self.onCall(rota, time) == first)
        }
        #expect(try Self.onCall(rota, "2026-10-26T01:30:00Z") == first % 3 + 1)
    }

    @Test("An override holds from its beginning to just before its end, and the shift says until when it is undisturbed")
    func overrides() throws {
        let override = OnCallRota.Override(
            from: try Self.time("2026-01-06T12:00:00Z"),
            to: try Self.time("2026-01-06T18:00:00Z"),
            agent: Self.standIn
        )
        let rota = try Self.rota(hours: 168, overrides: [override])
        let times = ["2026-01-06T11:59:59Z", "2026-01-06T12:00:00Z", "2026-01-06T17:59:59Z", "2026-01-06T18:00:00Z"]
        #expect(try times.map { try Self.onCall(rota, $0) } == [1, 9, 9, 1])
        let zone = try ZoneFiles().zone(named: "Europe/Berlin")
        #expect(rota.shift(at: try Self.time("2026-01-06T11:00:00Z"), zone: zone)?.until == override.from)
        #expect(rota.shift(at: try Self.time("2026-01-06T13:00:00Z"), zone: zone)?.until == override.to)
        #expect(try rota.shift(at: Self.time("2026-01-06T18:00:00Z"), zone: zone)?.until == Self.time("2026-01-12T08:00:00Z"))
        // Somebody may stand in before the rotation has begun.
        let early = OnCallRota.Override(from: try Self.time("2025-01-01T00:00:00Z"), to: try Self.time("2025-01-02T00:00:00Z"), agent: Self.standIn)
        #expect(try Self.onCall(try Self.rota(hours: 168, overrides: [early]), "2025-01-01T00:00:00Z") == 9)
    }

    @Test("At every instant exactly one person is on call, and shifts follow one another without gaps (property)")
    func coverage() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix(seed: seed)
        for zone in ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "Pacific/Apia"] {
            let rules = try ZoneFiles().zone(named: zone)
            for _ in 0..<200 {
                let rota = OnCallRota(
                    zone: zone,
                    startsOn: CivilDate(daysSince1970: 14_000 + Int.random(in: 0..<8_000, using: &random)),
                    handover: Int.random(in: 0..<96, using: &random) * 900,
                    shiftHours: Int.random(in: 1...400, using: &random),
                    members: Self.people
                )
                let time = Timestamp(microseconds: Int64.random(in: 2_000_000_000...2_100_000_000, using: &random) * 1_000_000)
                let shift = try #require(rota.shift(at: time, zone: rules), "seed \(seed)")
                #expect(shift.from <= time && time < shift.until, "seed \(seed)")
                let next = try #require(rota.shift(at: shift.until, zone: rules))
                #expect(next.from == shift.until, "seed \(seed)")
                let position = try #require(Self.people.firstIndex(of: shift.agent))
                #expect(next.agent == Self.people[(position + 1) % 3], "seed \(seed)")
            }
        }
    }

    struct Wrong: Sendable {
        let rota: OnCallRota
        let pointer: String
    }

    @Test func invalidRotasAreRefused() throws {
        var wrong: [Wrong] = []
        var rota = try Self.rota(hours: 24)
        rota.members = []
        wrong.append(Wrong(rota: rota, pointer: "/members"))
        rota = try Self.rota(hours: 0)
        wrong.append(Wrong(rota: rota, pointer: "/shift_hours"))
        rota = try Self.rota(hours: 24)
        rota.handover = 86_400
        wrong.append(Wrong(rota: rota, pointer: "/handover"))
        let (one, two, three) = (try Self.time("2026-01-01T00:00:00Z"), try Self.time("2026-01-02T00:00:00Z"), try Self.time("2026-01-03T00:00:00Z"))
        let reversed = OnCallRota.Override(from: two, to: one, agent: Self.standIn)
        wrong.append(Wrong(rota: try Self.rota(hours: 24, overrides: [reversed]), pointer: "/overrides/\(reversed.key)"))
        let long = OnCallRota.Override(from: one, to: three, agent: Self.standIn)
        let inner = OnCallRota.Override(from: two, to: three, agent: Self.standIn)
        wrong.append(Wrong(rota: try Self.rota(hours: 24, overrides: [inner, long]), pointer: "/overrides/\(inner.key)"))
        for test in wrong {
            let error = #expect(throws: OnCallRotaError.self) { try test.rota.validate() }
            #expect(error?.pointer == test.pointer)
        }
        try Self.rota(hours: 24, overrides: [OnCallRota.Override(from: one, to: two, agent: Self.standIn), inner]).validate()
    }

    @Test func keepsItsStateThroughStorage() throws {
        let override = OnCallRota.Override(
            from: try Self.time("2026-01-01T00:00:00Z"),
            to: try Self.time("2026-01-02T00:00:00Z"),
            agent: Self.standIn
        )
        let rota = try Self.rota(hours: 168, overrides: [override])
        #expect(try JSON.roundTrip(rota) == rota)
    }
}
