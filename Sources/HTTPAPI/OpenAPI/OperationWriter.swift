import HTTPTypes

/// Writes one operation as an OpenAPI operation object.
struct OperationWriter {
    private let operation: Operation

    init(_ operation: Operation) {
        self.operation = operation
    }

    func write(to writer: inout JSONWriter) {
        writer.name(operation.method.rawValue.lowercased())
        writer.object { writer in
            writer.field("operationId", operation.id)
            writer.field("tags", [operation.tag])
            writer.field("summary", operation.summary)
            if !operation.description.isEmpty {
                writer.field("description", operation.description)
            }
            writer.name("security")
            writer.array { writer in
                guard let scope = operation.scope else { return }
                writer.object { $0.field("bearer", [scope.rawValue]) }
            }
            writer.name("parameters")
            writer.array(writeParameters)
            if let body = operation.body {
                writer.name("requestBody")
                writer.object { writer in
                    writer.field("required", operation.isBodyRequired)
                    writer.name("content")
                    content([(operation.bodyMediaType, body)] + (operation.textMediaType.map { [($0, JSONSchema.string)] } ?? []), to: &writer)
                }
            }
            writer.name("responses")
            writer.object(writeResponses)
        }
    }

    private func writeParameters(to writer: inout JSONWriter) {
        for parameter in operation.pathParameters {
            write(parameter, in: "path", to: &writer)
        }
        for parameter in operation.queryParameters {
            write(parameter, in: "query", to: &writer)
        }
        if operation.idempotency != .none {
            let schema = JSONSchema.string(StringShape(minimumLength: 1, maximumLength: 600))
            let text = "A string in quotation marks or a token; a retry with the same key has no second effect."
            write(ParameterDescription("Idempotency-Key", schema, text), in: "header", to: &writer)
        }
        if operation.acceptsIfMatch {
            let text = "The ETag that the change is made to."
            write(ParameterDescription("If-Match", .string, text, isRequired: operation.isConditional), in: "header", to: &writer)
        } else if operation.method == .get, operation.responses.contains(where: { $0.headers.contains("ETag") }) {
            write(ParameterDescription("If-None-Match", .string, "ETags that the caller has already."), in: "header", to: &writer)
        }
    }

    private func write(_ parameter: ParameterDescription, in place: String, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("name", parameter.name)
            writer.field("in", place)
            writer.field("description", parameter.description)
            writer.field("required", parameter.isRequired)
            if parameter.isList {
                writer.field("style", "form")
                writer.field("explode", false)
            }
            writer.name("schema")
            SchemaWriter.write(parameter.schema, to: &writer)
        }
    }

    private func writeResponses(to writer: inout JSONWriter) {
        var responses = operation.responses
        if operation.method == .get, responses.contains(where: { $0.headers.contains("ETag") }) {
            responses.append(ResponseDescription(.notModified, "The caller has this version already.", schema: nil, headers: ["ETag"]))
        }
        for response in responses {
            writer.name(String(response.status.code))
            writer.object { writer in
                writer.field("description", response.description)
                let replayed = operation.idempotency == .none ? [] : ["Idempotent-Replayed"]
                HeaderCatalogue.reference(HeaderCatalogue.common + response.headers + replayed, to: &writer)
                if let schema = response.schema {
                    writer.name("content")
                    content([(response.mediaType, schema)] + (operation.hasCSV ? [("text/csv", JSONSchema.string)] : []), to: &writer)
                }
            }
        }
        let problems = Dictionary(grouping: operation.allProblems, by: \.status.code)
        for (status, codes) in problems.sorted(by: { $0.key < $1.key }) {
            writer.name(String(status))
            writer.object { writer in
                writer.field("description", codes.map { "`\($0.rawValue)`" }.joined(separator: ", "))
                HeaderCatalogue.reference(HeaderCatalogue.common + HeaderCatalogue.ofProblems(status), to: &writer)
                writer.name("content")
                content([("application/problem+json", Problem.schema)], to: &writer)
            }
        }
    }

    private func content(_ forms: [(mediaType: String, schema: JSONSchema)], to writer: inout JSONWriter) {
        writer.object { writer in
            for form in forms {
                writer.name(form.mediaType)
                writer.object { writer in
                    writer.name("schema")
                    SchemaWriter.write(form.schema, to: &writer)
                }
            }
        }
    }
}
