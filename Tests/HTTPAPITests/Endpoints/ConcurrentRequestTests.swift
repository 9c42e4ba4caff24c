import Domain
import HTTPTypes
import HummingbirdTesting
import Store
import TestSupport
import Testing
import UseCases

@testable import HTTPAPI

/// Two requests with one Idempotency-Key at the same time (api.md 3): enumerated over all operations that take one.
@Suite struct ConcurrentRequestTests {
    @Test("While the first is at work for long, the second gets 409 with a time to wait, and does nothing")
    func whileTheFirstIsAtWork() async throws {
        let operations = APIOperations.all.filter { $0.idempotency == .optional }
        #expect(operations.count > 50)
        try await APIFixture.with(connections: Self.connections) { api in
            let ids = try await HappyPathTests.seed(api, name: "held")
            let tenant = api.tenantA.id
            let principal = try await api.principal()
            let first = InsertIdempotencyRecord(
                tenant: tenant,
                principal: principal,
                key: "held",
                record: IdempotencyRecord(fingerprint: [UInt8](repeating: 0, count: 32), status: 200, etag: nil, location: nil, body: []),
                time: Timestamp(microseconds: 1_000_000)
            )
            let done = """
                SELECT (SELECT count(*) FROM docket.ticket_event), (SELECT version FROM docket.tenant_configuration WHERE tenant_id = '\(tenant)')
                """
            let before = try await api.database.sql(done)
            // As a request leaves it before it commits, whether its operation takes the lock or writes the answer first.
            try await api.holding({
                $0.add(LockIdempotencyKey(principal: principal, key: "held"))
                $0.add(first)
            }) {
                // As many beside each other as have a connection each: one that waited for others would come near the time that a request may take.
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for first in 0..<Self.connections {
                        group.addTask {
                            for operation in stride(from: first, to: operations.count, by: Self.connections).map({ operations[$0] }) {
                                let response = try await api.call(operation.id, ids, body: Self.body(of: operation.id, ids), headers: Self.headers)
                                #expect(response.headers[.retryAfter] == "1", "\(operation.id)")
                                try expectProblem(response, .idempotencyInProgress)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(try await api.database.sql(done) == before)
            // The first is over: it was another request.
            try expectProblem(try await api.call("createTicket", body: #"{"subject":"x"}"#, headers: Self.headers), .idempotencyKeyReused)
        }
    }

    @Test("Several at once are one: one effect, and one answer for all")
    func atOnce() async throws {
        // However slow the machine: it is not the time to wait that is tried here.
        try await APIFixture.with(connections: 8, lockTimeout: .seconds(4)) { api in
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
            let requests = [
                ("createTicket", [:], #"{"subject":"y"}"#), ("transitionTicket", ids, #"{"state":"resolved"}"#),
                ("createGroup", [:], #"{"name":"g"}"#),
            ]
            for (operation, ids, body) in requests {
                let answers = try await withThrowingTaskGroup(of: (String, Bool).self) { group in
                    for _ in 0..<6 {
                        group.addTask {
                            let response = try await api.succeed(operation, ids, body: body, headers: [.idempotencyKey: operation]).response
                            return (response.text, response.headers[.idempotentReplayed] == "true")
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(Set(answers.map(\.0)).count == 1 && answers.count { !$0.1 } == 1, "\(operation)")
            }
        }
    }

    private static let connections = 12

    private static let headers: HTTPFields = [.ifMatch: "*", .idempotencyKey: "held"]

    /// Items of a batch that is not atomic have keys of their own.
    private static func body(of operation: String, _ ids: [String: String]) -> String? {
        operation == "createTickets" ? #"{"items":[{"subject":"x"}],"atomic":true}"# : SampleBodies.body(of: operation, ids: ids, name: "x")
    }
}
