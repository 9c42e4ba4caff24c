import HTTPTypes

/// The OpenAPI 3.1 description of some operations, made from nothing but them. Members come in a fixed order: the text is compared as it is.
public struct OpenAPIDocument: Sendable {
    /// The operation that serves the document itself.
    static let operation = Operation(
        id: "getOpenAPI",
        method: .get,
        path: "/openapi.json",
        tag: "meta",
        summary: "This document",
        description: "",
        scope: nil,
        idempotency: .none,
        isConditional: false,
        acceptsIfMatch: false,
        pathParameters: [],
        queryParameters: [],
        body: nil,
        responses: [ResponseDescription(.ok, "The OpenAPI document.", schema: .object(nil, []))],
        problems: [],
        timeout: .seconds(15)
    )

    /// The conventions that all operations share.
    private static let introduction = """
        A service desk: tickets, their routing to agents, and the promises made for them.

        Every request needs an API key as a bearer token; it belongs to one tenant, and what belongs to another tenant does not exist for it (404). \
        Errors are problem details (RFC 9457) with a stable `code` and, in `errors`, a JSON Pointer to each wrong field; unknown fields are refused. \
        An `Idempotency-Key` makes a retry safe: the stored answer comes again, with `Idempotent-Replayed: true`. \
        Single resources carry a strong `ETag`; edits need it in `If-Match`. \
        Lists come in pages of `limit` rows: go on with `cursor` until `next_cursor` is null. Times are RFC 3339 in UTC. 503 tells in `Retry-After` when to retry.
        """

    private let operations: [Operation]

    public init(operations: [Operation]) {
        // By name, so that the document depends on the operations and not on where they are listed.
        self.operations = (operations + [OpenAPIDocument.operation, ProblemGuide.operation]).sorted { $0.id < $1.id }
    }

    /// For people and diffs: indented by two spaces, with a line break at the end.
    public var text: String { String(decoding: JSONIndenter.indent(compactBytes), as: UTF8.self) + "\n" }

    /// For serving.
    public var compactBytes: [UInt8] {
        var writer = JSONWriter(capacity: 1 << 16)
        writer.object { writer in
            writer.field("openapi", "3.1.0")
            writer.name("info")
            writer.object { writer in
                writer.field("title", "Docket")
                writer.field("version", "1.0.0")
                writer.field("description", OpenAPIDocument.introduction)
                writer.name("license")
                writer.object { writer in
                    writer.field("name", "Apache-2.0")
                    writer.field("identifier", "Apache-2.0")
                }
            }
            writer.name("paths")
            writer.object { writer in
                for path in paths {
                    writer.name(path)
                    writer.object { writer in
                        for operation in operations where operation.path == path {
                            OperationWriter(operation).write(to: &writer)
                        }
                    }
                }
            }
            writer.name("components")
            writer.object(writeComponents)
        }
        return writer.bytes
    }

    /// The named schemas in the order of their names.
    var components: [(name: String, schema: JSONSchema)] {
        var collector = ComponentCollector()
        collector.collect(Problem.schema)
        for operation in operations {
            operation.body.map { collector.collect($0) }
            operation.responses.compactMap(\.schema).forEach { collector.collect($0) }
        }
        return collector.schemas.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private var paths: [String] {
        var paths: [String] = []
        for operation in operations where !paths.contains(operation.path) {
            paths.append(operation.path)
        }
        return paths.sorted()
    }

    private func writeComponents(to writer: inout JSONWriter) {
        writer.name("schemas")
        writer.object { writer in
            for component in components {
                writer.name(component.name)
                SchemaWriter.writeDefinition(component.schema, to: &writer)
            }
        }
        writer.name("headers")
        writer.object { HeaderCatalogue.write(to: &$0) }
        writer.name("securitySchemes")
        writer.object { writer in
            writer.name("bearer")
            writer.object { writer in
                writer.field("type", "http")
                writer.field("scheme", "bearer")
                writer.field("description", "An API key: " + APIKey.scanningPattern)
            }
        }
    }
}
