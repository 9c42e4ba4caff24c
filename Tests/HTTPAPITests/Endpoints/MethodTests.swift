import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import HTTPAPI

/// The methods of every path, as OPTIONS and 405 tell them (RFC 9110 10.2.1).
@Suite struct MethodTests {
    @Test("Each path allows the methods that its operations have, also where it might be taken for an id; the others are refused")
    func everyPath() async throws {
        try await APIFixture.with { api in
            for (path, operations) in Dictionary(grouping: APIOperations.all, by: \.path) {
                let uri = operations[0].pathParameters.reduce(path) { $0.replacing("{\($1.name)}", with: "01a20279-279d-71f1-bdf1-810f8c4956f2") }
                let methods = operations.map(\.method) + (operations.contains { $0.method == .get } ? [.head] : [])
                let allowed = (methods.map(\.rawValue).sorted() + ["OPTIONS"]).joined(separator: ", ")
                let options = try await api.client.execute(uri: uri, method: .options)
                #expect(options.status == .noContent)
                #expect(options.headers[.allow] == allowed, "OPTIONS \(path)")
                for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] where !methods.contains(method) {
                    let refused = try await api.client.execute(uri: uri, method: method)
                    try expectProblem(refused, .methodNotAllowed)
                    #expect(refused.headers[.allow] == allowed, "\(method) \(path)")
                }
            }
        }
    }
}
