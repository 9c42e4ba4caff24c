import Domain
import HTTPAPI
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// api.md 1: 401 and 403.
@Suite struct AuthenticationTests {
    private let api = TestAPI()

    @Test func withoutACredentialTheChallengeHasNoError() async throws {
        try await api.run { client in
            try await client.execute(uri: "/v1/widgets", method: .get) { response in
                try expectProblem(response, .invalidToken)
                #expect(response.headers[.wwwAuthenticate] == #"Bearer realm="docket""#)
            }
        }
    }

    /// Malformed, mistyped and unknown keys: one answer, so that nobody learns which it was.
    @Test func badKeysAllGetTheSameAnswer() async throws {
        var generator = SystemRandomNumberGenerator()
        let unknown = APIKey.generate(using: &generator).revealed
        var answers: Set<String> = []
        try await api.run { client in
            for value in [
                "Bearer x", "Bearer " + unknown, "Bearer " + unknown.dropLast() + "!", "Basic " + unknown, unknown, "Bearer", "Bearer  " + unknown,
                "",
            ] {
                try await client.execute(uri: "/v1/widgets", method: .get, headers: [.authorization: value]) { response in
                    try expectProblem(response, .invalidToken)
                    #expect(response.headers[.wwwAuthenticate] == #"Bearer realm="docket", error="invalid_token""#)
                }
            }
        }
        for value in ["Bearer " + unknown, "bearer " + api.keys.full.revealed.dropLast() + "_"] {
            let answer = try await api.run { client in
                try await client.execute(uri: "/v1/widgets", method: .get, headers: [.authorization: value])
            }
            answers.insert(answer.text.split(separator: "request_id")[0] + "")
        }
        #expect(answers.count == 1)
    }

    @Test func aMissingScopeIsNamed() async throws {
        try await api.run { client in
            let headers = api.headers(key: api.keys.readOnly)
            try await client.execute(uri: "/v1/widgets", method: .get, headers: headers) { #expect($0.status == .ok) }
            // Refused before the body is looked at.
            try await client.execute(uri: "/v1/widgets", method: .post, headers: headers, body: ByteBuffer(string: "{")) { response in
                try expectProblem(response, .insufficientScope)
                #expect(
                    response.headers[.wwwAuthenticate] == #"Bearer realm="docket", error="insufficient_scope", scope="tickets:write""#
                )
            }
        }
    }

    /// By enumeration: no operation answers without a key, and none answers a key without its scope.
    @Test func everyOperationAsksForItsScope() async throws {
        let operations = WidgetEndpoints.routes().operations
        #expect(operations.count == 7)
        try await api.run { client in
            for operation in operations {
                let path = operation.path.replacing("{widget_id}", with: WidgetEndpoints.known.id.description)
                try await Self.expect(.invalidToken, of: operation, at: path, HTTPFields(), client)
                guard operation.scope != .ticketsRead else { continue }
                try await Self.expect(.insufficientScope, of: operation, at: path, api.headers(key: api.keys.readOnly), client)
            }
        }
    }

    /// The deadline of the operation that hangs is at once: now and then it comes before anything was asked.
    private static func expect(
        _ code: ProblemCode,
        of operation: Operation,
        at path: String,
        _ headers: HTTPFields,
        _ client: any TestClientProtocol
    ) async throws {
        for attempt in 1...50 {
            let isCutOff = try await client.execute(uri: path, method: operation.method, headers: headers) { response in
                if operation.timeout == .zero, response.status == .serviceUnavailable, attempt < 50 { return true }
                try expectProblem(response, code)
                return false
            }
            if !isCutOff { return }
        }
    }
}
