import Domain
import Testing

@testable import Operations

/// What `docket key list` shows.
@Suite struct KeyTableTests {
    @Test("A key shows what holds for its tickets, when it ends, and whether it is live, expired or revoked")
    func rows() throws {
        let now = Timestamp(microseconds: 1_000_000)
        func key(_ number: UInt64, _ intake: IntakeProfile = .none, expiresAt: Timestamp? = nil, revokedAt: Timestamp? = nil) -> IssuedKey {
            IssuedKey(
                id: APIKeyID(high: 0, low: number),
                tenantID: TenantID(high: 0, low: 1),
                name: "k\(number)",
                prefix: "dkt_live_",
                lastFour: "abcd",
                scopes: ["tickets:read"],
                agentID: nil,
                intake: intake,
                createdAt: Timestamp(microseconds: 0),
                expiresAt: expiresAt,
                revokedAt: revokedAt
            )
        }
        let queue = QueueID(high: 0, low: 9)
        let keys = [
            key(1), key(2, IntakeProfile(isVIP: true, priorityFloor: .p2, queueID: queue)), key(3, expiresAt: now), key(4, revokedAt: now),
            key(5, IntakeProfile(priorityFloor: .p1), expiresAt: now.adding(microseconds: 1_000_000)),
        ]
        let lines = KeyTable.render(keys, now: now).split(separator: "\n")
        #expect(lines.count == 6)
        let ends = [
            ["tickets", "expires", "state"], ["-", "never", "live"], ["\(queue)", "never", "live"], ["-", "1970-01-01T00:00:01.000Z", "expired"],
            ["-", "never", "revoked"], ["urgent", "1970-01-01T00:00:02.000Z", "live"],
        ]
        for (line, end) in zip(lines, ends) { #expect(line.split(separator: " ").suffix(3).map(String.init) == end, "\(line)") }
        #expect(lines[2].contains("VIP, P2 or more urgent, queue \(queue) ") && lines[5].contains("P1 or more urgent "))
    }
}
