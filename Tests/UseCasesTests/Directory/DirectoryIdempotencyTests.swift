import Domain
import Store
import TestSupport
import Testing
import UseCases

/// One Idempotency-Key, one effect (design.md I8).
@Suite struct DirectoryIdempotencyTests {
    private func write(_ key: String, _ fingerprint: UInt8) -> IdempotentWrite<Requester> {
        let bytes = [UInt8](repeating: fingerprint, count: 32)
        return IdempotentWrite(principal: APIKeyID(high: 1, low: 1), key: key, fingerprint: bytes) {
            IdempotencyRecord(fingerprint: bytes, status: 201, etag: nil, location: nil, body: Array($0.id.description.utf8))
        }
    }

    @Test("Of many at once one creates, and all get its answer")
    func racing() async throws {
        try await DirectoryDesk.with(connections: 8) { desk in
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        let outcome = try await desk.commands.createRequester(
                            RequesterContent(name: "A", email: "a@example.com"),
                            in: desk.id,
                            idempotency: write("k", 1)
                        )
                        switch outcome {
                        case .done(let requester): return requester.id.description
                        case .replayed(let record): return String(decoding: record.body, as: UTF8.self)
                        }
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(answers.count == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.requester") == 1)
        }
    }

    @Test("A repeated edit gives the first answer although the version moved on; another request under the key is refused")
    func repeating() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            let requester = try await commands.createRequester(RequesterContent(name: "A", email: "a@example.com"), in: id).done()
            let edit: @Sendable (RequesterContent) -> RequesterContent = { RequesterContent(name: "B", email: $0.email) }
            _ = try await commands.updateRequester(requester.id, in: id, expectedVersion: 1, idempotency: write("k", 1), edit: edit).done()
            let again = try await commands.updateRequester(requester.id, in: id, expectedVersion: 1, idempotency: write("k", 1), edit: edit)
            guard case .replayed(let record) = again else {
                Issue.record("the edit was done twice")
                return
            }
            #expect(record.status == 201)
            let other = try await refusal {
                _ = try await commands.updateRequester(requester.id, in: id, idempotency: write("k", 2), edit: edit)
            }
            guard case .idempotencyKeyReused = other else {
                Issue.record("another request got the stored answer: \(String(describing: other))")
                return
            }
        }
    }
}
