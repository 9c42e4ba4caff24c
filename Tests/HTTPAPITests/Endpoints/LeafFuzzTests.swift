import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import HTTPAPI

@Suite struct LeafFuzzTests {
    /// What takes the place of every value of every body.
    private static let hostile = [
        "null", "true", "0", "-1", "1.5", "1e400", "1e-9223372036854775808", "9223372036854775808", "-9223372036854775808", "18446744073709551617",
        #""""#, #""x""#, #""\u0000""#, #""\ud83d\ude00""#, #""00000000-0000-7000-8000-000000000001""#, #""0001-01-01T00:00:00Z""#,
        #""9999-12-31T23:59:59.999999Z""#, #""9999-12-31T23:59:59-23:59""#, #""0001-01-01T00:00:00+23:59""#,
        #""+262143-12-31T23:59:59Z""#, "[]", "{}", "[[]]", #"[""]"#, #"{"a":1}"#, #"{"\u0000":{}}"#,
        #""\#(String(repeating: "x", count: 70_000))""#, String(repeating: "[", count: 60) + String(repeating: "]", count: 60),
    ]

    struct Trial: Sendable {
        let operation: HTTPAPI.Operation
        let body: [UInt8]
    }

    /// Values of the operations' sample bodies, one at a time: each gets a success or a problem of the caller's. A third of them in each run, others each
    /// time; how many is no matter of time, so that a busy machine changes nothing. The limit is there for a server that hangs.
    @Test(.timeLimit(.minutes(15))) func everyValueMayBeWrong() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        try await APIFixture.with { api in
            let ids = try await HappyPathTests.seed(api, name: "seed")
            var generator = SplitMix(state: seed)
            let all = try Self.trials(ids).shuffled(using: &generator)
            let trials = all.prefix(all.count / 3)
            #expect(trials.count > 3_000)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<4 {
                    group.addTask {
                        for index in stride(from: worker, to: trials.count, by: 4) { try await Self.expectAnswer(trials[index], ids, api, seed) }
                    }
                }
                try await group.waitForAll()
            }
            try await Self.expectReadable(api, "seed \(seed)")
        }
    }

    /// What was accepted can be read again: each list, and the change feed to its end.
    private static func expectReadable(_ api: APIFixture, _ comment: Comment) async throws {
        for operation in APIOperations.all where operation.method == .get && !operation.path.contains("{") {
            let response = try await api.call(operation.id)
            #expect(response.status.code < 500, "\(comment) \(operation.id) \(response.text.prefix(500))")
        }
        var query = "limit=1000"
        while true {
            let page = try await api.succeed("listEvents", query: query)
            guard try page.value("data").count > 0 else { return }
            query = "limit=1000&after=\(try page.text("next_cursor"))"
        }
    }

    private static func expectAnswer(_ trial: Trial, _ ids: [String: String], _ api: APIFixture, _ seed: UInt64) async throws {
        let body = String(decoding: trial.body, as: UTF8.self)
        let headers: HTTPFields = trial.operation.acceptsIfMatch ? [.ifMatch: "*"] : [:]
        let response = try await api.call(trial.operation.id, ids, body: body, headers: headers)
        guard response.status.code >= 400 else { return }
        // 503 is an answer too: the workers keep changing the configuration under one another.
        #expect(response.status.code < 500 || response.status == .serviceUnavailable, "seed \(seed) \(trial.operation.id) \(body.prefix(1_000))")
        #expect(SchemaChecker.violations(of: try response.json().root, against: Problem.schema) == [])
    }

    static func trials(_ ids: [String: String]) throws -> [Trial] {
        var trials: [Trial] = []
        for operation in APIOperations.all where operation.body != nil {
            let sample = try #require(SampleBodies.body(of: operation.id, ids: ids, name: "fuzz"), "no sample for \(operation.id)")
            let document = try JSONDocument(Array(sample.utf8))
            for place in places(in: document.root) {
                let bytes = Array(sample.utf8)
                for value in hostile {
                    trials.append(Trial(operation: operation, body: bytes[..<place.lowerBound] + Array(value.utf8) + bytes[place.upperBound...]))
                }
            }
        }
        return trials
    }

    /// Where each value inside a value stands, containers too.
    private static func places(in value: JSONValue) -> [Range<Int>] {
        let parts = value.elements ?? value.members?.map(\.value) ?? []
        return parts.flatMap { part in [part.rawBytes.startIndex..<part.rawBytes.endIndex] + places(in: part) }
    }
}
