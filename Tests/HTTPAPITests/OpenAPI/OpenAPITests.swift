import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import HTTPAPI

@Suite struct OpenAPITests {
    private let document = OpenAPIDocument(operations: WidgetEndpoints.routes().operations)

    private func root() throws -> JSONValue {
        try JSONDocument(document.compactBytes).root
    }

    private func find(_ value: JSONValue, _ path: String...) throws -> JSONValue {
        try path.reduce(value) { value, name in
            if let index = Int(name), let elements = value.elements { return elements[index] }
            return try #require(value.members?.first { $0.name == name }?.value, "no \(name)")
        }
    }

    @Test func indentationChangesOnlyWhitespace() throws {
        let text = document.text
        #expect(text.hasPrefix("{\n  \"openapi\": \"3.1.0\",\n"))
        #expect(text.hasSuffix("}\n"))
        #expect(text == OpenAPIDocument(operations: WidgetEndpoints.routes().operations).text)
        _ = try JSONDocument(Array(text.utf8))
    }

    @Test func routesAndPathsAreTheSame() throws {
        let paths = try #require(find(try root(), "paths").members)
        let listed = paths.flatMap { path in (path.value.members ?? []).map { "\($0.name.uppercased()) \(path.name)" } }
        let routes = WidgetEndpoints.routes().operations.map { "\($0.method.rawValue) \($0.path)" }
        #expect(listed.sorted() == (routes + ["GET /openapi.json", "GET /problems"]).sorted())
        #expect(Set(WidgetEndpoints.routes().operations.map(\.id)).count == routes.count)
    }

    @Test func describesOneOperationWhole() throws {
        let operation = try find(try root(), "paths", "/v1/widgets/{widget_id}", "patch")
        #expect(try find(operation, "security", "0", "bearer", "0").string == "tickets:write")
        #expect(try find(operation, "parameters", "0", "in").string == "path")
        #expect(try find(operation, "parameters", "1", "name").string == "If-Match")
        #expect(try find(operation, "parameters", "1", "required").bool == true)
        let schema = try find(operation, "requestBody", "content", "application/merge-patch+json", "schema", "$ref")
        #expect(schema.string == "#/components/schemas/PatchWidget")
        let size = try find(try root(), "components", "schemas", "PatchWidget", "properties", "size")
        #expect(try find(size, "type").elements?.compactMap(\.string) == ["integer", "null"])
        #expect(try find(try root(), "components", "schemas", "PatchWidget", "additionalProperties").bool == false)
        let problem = try find(operation, "responses", "428", "content", "application/problem+json", "schema", "$ref")
        #expect(problem.string == "#/components/schemas/Problem")
        let statuses = try #require(find(operation, "responses").members).map(\.name)
        #expect(statuses == ["200", "400", "401", "403", "404", "406", "412", "413", "414", "415", "417", "422", "428", "429", "431", "500", "503"])
    }

    /// Every reference leads to something, and no name stands for two things.
    @Test func referencesResolve() throws {
        let root = try root()
        var references: Set<String> = []
        collectReferences(root, &references)
        #expect(references.count > 8)
        for reference in references {
            let parts = reference.split(separator: "/").dropFirst().map(String.init)
            _ = try parts.reduce(root) { value, name in try find(value, name) }
        }
        var collector = ComponentCollector()
        WidgetEndpoints.routes().operations.forEach { operation in
            operation.body.map { collector.collect($0) }
            operation.responses.compactMap(\.schema).forEach { collector.collect($0) }
        }
        #expect(collector.conflicts.isEmpty)
        collector.collect(.object("Widget", []))
        #expect(collector.conflicts == ["Widget"])
    }

    @Test func isServedToEverybody() async throws {
        try await TestAPI().run { client in
            let response = try await client.execute(uri: "/openapi.json", method: .get)
            #expect(response.status == .ok)
            #expect(Array(response.text.utf8) == document.compactBytes)
        }
    }

    @Test func theCatalogueOfProblemsIsSound() {
        #expect(Set(ProblemCode.allCases.map { $0.type(at: "") }).count == ProblemCode.allCases.count)
        for code in ProblemCode.allCases {
            #expect(code.type(at: "").hasPrefix("https://iana.org/") || code.type(at: "") == "/problems#\(code.rawValue)")
            #expect((400...599).contains(code.status.code) && !code.title.isEmpty)
        }
    }

    private func collectReferences(_ value: JSONValue, _ references: inout Set<String>) {
        for member in value.members ?? [] {
            if member.name == "$ref", let text = member.value.string { references.insert(text) }
            collectReferences(member.value, &references)
        }
        value.elements?.forEach { collectReferences($0, &references) }
    }
}
