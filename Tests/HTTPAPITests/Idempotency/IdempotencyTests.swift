import HTTPAPI
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// api.md 3.
@Suite struct IdempotencyTests {
    @Test(
        arguments: [
            ("\"8e03978e-40d5-43e8-bc93-6894a57f9324\"", "8e03978e-40d5-43e8-bc93-6894a57f9324"), ("abc", "abc"), ("a:b/c+d=", "a:b/c+d="),
            (#""a b\"c\\""#, #"a b"c\"#), ("", nil), ("\"\"", nil), ("\"a", nil), ("\"a\"b", nil), (#""a\x""#, nil), ("a b", nil), ("a\"b", nil),
            ("a,b", nil), ("é", nil), ("a\u{7F}", nil),
        ] as [(String, String?)]
    )
    func readsStringsAndTokens(header: String, expected: String?) {
        #expect(IdempotencyKey(header)?.value == expected)
    }

    @Test func boundsTheLength() {
        #expect(IdempotencyKey(String(repeating: "k", count: 255)) != nil)
        #expect(IdempotencyKey(String(repeating: "k", count: 256)) == nil)
        #expect(IdempotencyKey("\"" + String(repeating: "k", count: 255) + "\"") != nil)
    }

    @Test func aRetryGetsTheFirstAnswerAndHasNoEffect() async throws {
        let api = TestAPI()
        let key = try #require(HTTPField.Name("Idempotency-Key"))
        let replayed = try #require(HTTPField.Name("Idempotent-Replayed"))
        try await api.run { client in
            let send = { (value: String, body: String) in
                try await client.execute(uri: "/v1/widgets", method: .post, headers: api.headers([key: value]), body: ByteBuffer(string: body))
            }
            let first = try await send("\"k1\"", #"{"name":"a"}"#)
            #expect(first.status == .created)
            #expect(first.headers[replayed] == nil)
            // The same key in its other spelling.
            let second = try await send("k1", #"{"name":"a"}"#)
            #expect(second.status == .created)
            #expect(second.text == first.text)
            #expect(second.headers[replayed] == "true")
            #expect(second.headers[.eTag] == first.headers[.eTag])
            #expect(second.headers[.location] == first.headers[.location])
            #expect(second.headers[.contentType] == first.headers[.contentType])
            try expectProblem(try await send("k1", #"{"name":"b"}"#), .idempotencyKeyReused)
            // Not valid, so never begun: the key stays free.
            try expectProblem(try await send("k2", #"{"nome":"b"}"#), .validationFailed)
            let corrected = try await send("k2", #"{"name":"b"}"#)
            #expect(corrected.status == .created)
        }
        #expect(await api.records.effects == 2)
    }

    @Test func whereNothingWouldBeStoredItIsRefused() async throws {
        let api = TestAPI()
        let key = try #require(HTTPField.Name("Idempotency-Key"))
        try await api.run { client in
            let path = "/v1/widgets/\(WidgetEndpoints.known.id)/press"
            try await client.execute(uri: path, method: .post, headers: api.headers()) { #expect($0.status == .noContent) }
            try await client.execute(uri: path, method: .post, headers: api.headers([key: "k"])) { try expectProblem($0, .idempotencyKeyInvalid) }
        }
    }
}
