import Foundation
import Synchronization

/// Clients that create, release and resolve tickets, and remember what was acknowledged to them. A request without a final answer is repeated with the
/// same idempotency key.
final class DeskLoad: Sendable {
    struct Acknowledged: Sendable {
        let tenant: DeskTenant
        let ticket: String
    }

    private struct State {
        var acknowledged: [String: Acknowledged] = [:]
        var problems: [String] = []
        var isOver = false
    }

    static let clients = 4

    private let tenants: [DeskTenant]
    private let seed: UInt64
    private let state = Mutex(State())

    init(tenants: [DeskTenant], seed: UInt64) {
        self.tenants = tenants
        self.seed = seed
    }

    /// By idempotency key, which is also the ticket's external reference.
    var acknowledged: [String: Acknowledged] { state.withLock { $0.acknowledged } }

    /// Answers that no client should get.
    var problems: [String] { state.withLock { $0.problems } }

    /// Works while the body does. Each client ends what it has begun.
    func run(_ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<Self.clients { group.addTask { try await self.work(client) } }
            do {
                try await body()
            } catch {
                group.cancelAll()
                throw error
            }
            state.withLock { $0.isOver = true }
            try await group.waitForAll()
        }
    }

    /// One ticket; returns its id.
    func create(_ key: String, for tenant: DeskTenant) async throws -> String? {
        let answer = try await request(tenant, "/v1/tickets", #"{"subject":"\#(key)","external_ref":"\#(key)"}"#, key: key)
        guard answer.status == 201, let ticket = answer.text("id") else { return nil }
        state.withLock { $0.acknowledged[key] = Acknowledged(tenant: tenant, ticket: ticket) }
        return ticket
    }

    private func work(_ client: Int) async throws {
        var chance = SeededNumbers(seed: seed &+ UInt64(client))
        var earlier: [(tenant: DeskTenant, ticket: String)] = []
        var count = 0
        while !state.withLock({ $0.isOver }) {
            let tenant = tenants[Int.random(in: 0..<tenants.count, using: &chance)]
            count += 1
            if let ticket = try await create("c\(client)-\(count)", for: tenant) { earlier.append((tenant, ticket)) }
            // The others stay until their promise is broken.
            if earlier.count > 12 {
                let (owner, ticket) = earlier.removeFirst()
                switch Int.random(in: 0..<4, using: &chance) {
                case 0: _ = try await request(owner, "/v1/tickets/\(ticket)/release", nil, key: "release-\(ticket)")
                case 1: break
                default: _ = try await request(owner, "/v1/tickets/\(ticket)/transition", #"{"state":"resolved"}"#, key: "resolve-\(ticket)")
                }
            }
            try await Task.sleep(for: .milliseconds(Int.random(in: 20...120, using: &chance)))
        }
    }

    /// Repeats until the answer is final. 409 is: the ticket was not in a state for it.
    private func request(_ tenant: DeskTenant, _ path: String, _ json: String?, key: String) async throws -> DeskClient.Answer {
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(40))
        while clock.now < end {
            let answer = try? await tenant.desk.client.send("POST", tenant.desk.api + path, bearer: tenant.key, json: json, key: key)
            try Task.checkCancellation()
            if let answer, answer.status != 503, answer.text("code") != "idempotency-in-progress" {
                if answer.status >= 300, answer.status != 409 { report("\(path): \(answer.status) \(String(decoding: answer.body, as: UTF8.self))") }
                return answer
            }
            try await Task.sleep(for: .milliseconds(30))
        }
        report("\(path): no final answer in 40 s")
        return DeskClient.Answer(status: 0, body: Data())
    }

    private func report(_ problem: String) {
        state.withLock { $0.problems.append(problem) }
    }
}
