import Domain
import Testing

/// Whose ticket it was when.
@Suite struct OrganizationSpanTests {
    private let acme = OrganizationID(high: 1, low: 1)
    private let globex = OrganizationID(high: 1, low: 2)

    @Test("A move counts from its own instant on; moving to where one is changes nothing")
    func spans() throws {
        var scene = try SLAScene(SLAScene.resolution(hours: 8))
        try scene.at("2024-03-04 09:00", .created(by: .customer), .organizationChanged(acme))
        try scene.at("2024-03-04 10:00", .organizationChanged(acme))
        try scene.at("2024-03-04 12:00", .organizationChanged(globex))
        try scene.at("2024-03-04 15:00", .organizationChanged(nil))
        let facts = scene.ledger.facts
        #expect(facts.organizations.count == 3 && facts.organization == nil)
        let expected: [(String, OrganizationID?)] = [
            ("2024-03-04 08:59", nil), ("2024-03-04 09:00", acme), ("2024-03-04 11:59", acme), ("2024-03-04 12:00", globex),
            ("2024-03-04 15:00", nil),
        ]
        for (time, organization) in expected { #expect(try facts.organization(at: Fixtures.at(time)) == organization, "\(time)") }
    }

    @Test("A breach belongs to whose ticket it was then, however late it is looked at")
    func breach() throws {
        let scene = try SLAScene(SLAScene.resolution(hours: 8))
        let rows: [(String, SLASignal.Kind)] = [
            ("2024-03-04 09:00", .created(by: .customer)), ("2024-03-04 09:00", .organizationChanged(acme)),
            ("2024-03-04 09:00", .policyChanged(SLAScene.policy(1), calendar: SLAScene.calendar)),
            ("2024-03-06 09:00", .organizationChanged(globex)),
        ]
        let signals = try rows.map { SLASignal(at: try Fixtures.at($0.0), $0.1) }
        let breach = try #require(try scene.engine.breaches(signals, now: Fixtures.at("2024-04-01 00:00")).first)
        #expect(try breach.breachedAt == Fixtures.at("2024-03-05 09:00"))
        #expect(breach.organization == acme)
    }
}
