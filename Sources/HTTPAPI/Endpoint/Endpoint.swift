public import HTTPTypes

/// One operation of the API: the single value from which its route is registered and its OpenAPI description is made.
///
/// The four types say how path, query and body are read and how the output is written; each brings its schema.
public struct Endpoint<Path: PathParameters, Query: QueryParameters, Body: RequestObject, Output: ResponseObject>: Sendable {
    public let operation: Operation

    /// - Parameters:
    ///   - statuses: the successful statuses that carry the output; 204 and 304 carry none.
    ///   - isConditional: whether `If-Match` must be sent.
    ///   - acceptsIfMatch: whether it is taken where it is sent.
    ///   - hasEntityTag: whether answers carry an `ETag`.
    ///   - hasCSV: whether the answer may come as `text/csv` too, where `Accept` or the query asks for it.
    ///   - timeout: how long it may take before the caller gets 503.
    public init(
        _ id: String,
        _ method: HTTPRequest.Method,
        _ path: String,
        tag: String,
        summary: String,
        description: String = "",
        scope: Scope,
        idempotency: IdempotencyPolicy = .none,
        isConditional: Bool = false,
        acceptsIfMatch: Bool = false,
        hasEntityTag: Bool = false,
        statuses: [HTTPResponse.Status] = [.ok],
        problems: [ProblemCode] = [],
        timeout: Duration = .seconds(15),
        hasCSV: Bool = false
    ) {
        let responses = statuses.map { status in
            var headers = hasEntityTag ? ["ETag"] : []
            if status == .created || status == .accepted { headers.append("Location") }
            if Query.parameters.contains(where: { $0.name == "cursor" }) { headers.append("Link") }
            let schema = status == .noContent || status == .notModified || Output.self == NoContent.self ? nil : Output.schema
            return ResponseDescription(status, status.reasonPhrase, schema: schema, headers: headers)
        }
        var operation = Operation(
            id: id,
            method: method,
            path: path,
            tag: tag,
            summary: summary,
            description: description,
            scope: scope,
            idempotency: idempotency,
            isConditional: isConditional,
            acceptsIfMatch: isConditional || acceptsIfMatch,
            pathParameters: Path.parameters,
            queryParameters: Query.parameters,
            body: Body.self == NoBody.self ? nil : Body.schema,
            responses: responses,
            problems: problems,
            timeout: timeout
        )
        operation.isBodyRequired = !Body.isOptional
        operation.textMediaType = Body.textMediaType
        operation.hasCSV = hasCSV
        self.operation = operation
    }
}
