import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Testing
import UseCases

@testable import HTTPAPI

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct OpenAPIGoldenTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/openapi.json")

    /// `UPDATE_GOLDEN=1` writes the document anew: the difference is then for a person to read.
    @Test func documentIsTheOneInTheRepository() throws {
        let document = OpenAPIDocument(operations: APIOperations.all)
        if getenv("UPDATE_GOLDEN") != nil { try Data(document.text.utf8).write(to: Self.file) }
        let golden = String(decoding: try Data(contentsOf: Self.file), as: UTF8.self)
        #expect(document.text == golden, "run the tests with UPDATE_GOLDEN=1 and read the difference")
    }

    @Test func namesAreUnique() {
        let ids = APIOperations.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        let routes = APIOperations.all.map { "\($0.method) \($0.path)" }
        #expect(Set(routes).count == routes.count)
        var collector = ComponentCollector()
        for operation in APIOperations.all {
            if let body = operation.body { collector.collect(body) }
            for response in operation.responses { if let schema = response.schema { collector.collect(schema) } }
        }
        #expect(collector.conflicts == [])
    }

    /// Every operation has a handler, and no handler is without its operation.
    @Test func routesAreTheOperations() async throws {
        try await APIFixture.with { api in
            let response = try await api.client.execute(uri: "/openapi.json", method: .get)
            #expect(response.text == String(decoding: OpenAPIDocument(operations: APIOperations.all).compactBytes, as: UTF8.self))
        }
    }
}
