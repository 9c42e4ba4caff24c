import Domain
import Testing

@testable import Operations

/// What `docket key list` shows.
@Suite struct KeyTableTests {
    @Test("A key shows what holds for its tickets, and whether it is live, expired or revoked")
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
            key(5, IntakeProfile(priorityFloor: .p1), expiresAt: now.adding(microseconds: 1)),
        ]
        let lines = KeyTable.render(keys, now: now).split(separator: "\n")
        #expect(lines.count == 6)
        let ends = [
            "its tickets    state", "-     live", "VIP, P2 or more urgent, queue \(queue)     live", "-  expired", "-  revoked",
            "P1 or more urgent     live",
        ]
        for (line, end) in zip(lines, ends) { #expect(line.hasSuffix(end), "\(line)") }
    }
}
