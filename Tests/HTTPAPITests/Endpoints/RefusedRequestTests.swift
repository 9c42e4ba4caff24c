import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// A request that is refused changes nothing: over all operations that take a body, with damaged bodies, every table of the database is as it was.
@Suite struct RefusedRequestTests {
    /// Rows, and by whom they were last written, of every table: whatever a statement that was committed did shows in it.
    private struct Fingerprint {
        private let question: String

        init(of api: APIFixture) async throws {
            let tables = try await api.database.sql(
                """
                SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'docket' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1
                """
            ).compactMap(\.first)
            #expect(tables.count > 50)
            question =
                tables.map { table in
                    "SELECT '\(table)', count(*), coalesce(sum(xmin::text::bigint), 0), coalesce(max(xmin::text::bigint), 0) FROM \(table)"
                }.joined(separator: " UNION ALL ") + " ORDER BY 1"
        }

        func take(_ api: APIFixture) async throws -> [[String]] { try await api.database.sql(question) }
    }

    @Test("Bodies with one wrong value, and bodies with damaged bytes: what is refused leaves every table as it was", .timeLimit(.minutes(10)))
    func damagedBodies() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        try await APIFixture.with { api in
            let ids = try await HappyPathTests.seed(api, name: "seed")
            let fingerprint = try await Fingerprint(of: api)
            var generator = SplitMix(state: seed)
            var trials = Array(try LeafFuzzTests.trials(ids).shuffled(using: &generator).prefix(250))
            for operation in APIOperations.all where operation.body != nil {
                let sample = Array(try #require(SampleBodies.body(of: operation.id, ids: ids, name: "fuzz")).utf8)
                for _ in 0..<3 { trials.append(LeafFuzzTests.Trial(operation: operation, body: generator.mutate(sample))) }
            }
            var before = try await fingerprint.take(api)
            var refused = 0
            for trial in trials {
                let headers: HTTPFields = trial.operation.acceptsIfMatch ? [.ifMatch: "*"] : [:]
                let body = String(decoding: trial.body, as: UTF8.self)
                let response = try await api.call(trial.operation.id, ids, body: body, headers: headers)
                let after = try await fingerprint.take(api)
                if response.status.code >= 400 {
                    refused += 1
                    let changed = zip(before, after).filter { $0 != $1 }.map { $0.0[0] }
                    #expect(changed == [], "seed \(seed) \(trial.operation.id) \(response.status) \(body.prefix(500))")
                }
                before = after
            }
            #expect(refused > 150, "seed \(seed)")
        }
    }
}
