import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// A command whose answer was lost is repeated, maybe while the first one is still at work (api.md 3).
@Suite struct TicketRepetitionTests {
    @Test("Repetitions that meet the first command get its answer, not a refusal for what it has done")
    func parallelTransitions() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            try await database.withEnvironment { environment in
                for round in 0..<10 {
                    try await Self.resolve(in: tenant.id, round: round, TicketCommands(environment: environment))
                }
            }
        }
    }

    /// Resolving twice is refused; resolving once, however often it is asked for under one key, is not.
    private static func resolve(in tenant: TenantID, round: Int, _ commands: TicketCommands) async throws {
        let content = TicketContent(subject: "Ticket \(round)")
        let outcome = try await commands.create(NewTicket(content: content), in: tenant, by: .system)
        guard case .done(let created) = outcome else { throw UseCaseError.notFound }
        let call = IdempotentCall(principal: IdentifierSource().next(), key: "resolve", fingerprint: [UInt8](repeating: 7, count: 32)) { ticket in
            IdempotencyRecord(
                fingerprint: [UInt8](repeating: 7, count: 32),
                status: 200,
                etag: nil,
                location: nil,
                body: Array("\(ticket.version)".utf8)
            )
        }
        let versions = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let outcome = try await commands.transition(
                        TicketRequest(created.after.id, in: tenant, by: .system, idempotency: call),
                        to: .resolved
                    )
                    return switch outcome {
                    case .done(let change): "\(change.after.version)"
                    case .replayed(let record): String(decoding: record.body, as: UTF8.self)
                    }
                }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(Set(versions).count == 1)
    }
}
