import HTTPTypes

/// The header fields that steer an operation.
struct RequestHeaders {
    private let fields: HTTPFields

    init(_ fields: HTTPFields) {
        self.fields = fields
    }

    enum Form {
        case json, csv
    }

    /// The form of the answer: the first of the list that there is.
    ///
    /// - Throws: 406 where `Accept` leaves no room for JSON (or for problem details, which every operation may answer with).
    @discardableResult
    func requireAcceptable(isCSVOffered: Bool = false) throws(Problem) -> Form {
        guard let accept = fields[.accept] else { return .json }
        let ranges = ["*/*", "application/*", "application/json", "text/event-stream"]
        for part in accept.split(separator: ",") {
            let pieces = part.split(separator: ";", omittingEmptySubsequences: false)
            let type = pieces[0].filter { $0 != " " && $0 != "\t" }.lowercased()
            let isRefused = pieces.dropFirst().contains { ["q=0", "q=0.0", "q=0.00", "q=0.000"].contains($0.filter { $0 != " " }) }
            if isRefused { continue }
            if ranges.contains(type) { return .json }
            if isCSVOffered, type == "text/csv" || type == "text/*" { return .csv }
        }
        throw Problem(.notAcceptable, "The API answers with application/json\(isCSVOffered ? " or text/csv" : "").")
    }

    /// - Throws: 428 where it is required and absent, 400 where it is no list of entity tags.
    func ifMatch(isRequired: Bool) throws(Problem) -> EntityTagCondition? {
        guard let value = fields[.ifMatch] else {
            if isRequired { throw Problem(.preconditionRequired, "Send the ETag of the version that the change is made to.") }
            return nil
        }
        return try condition(value, "If-Match")
    }

    func ifNoneMatch() throws(Problem) -> EntityTagCondition? {
        guard let value = fields[.ifNoneMatch] else { return nil }
        return try condition(value, "If-None-Match")
    }

    /// - Throws: 400 where it is not as the draft has it, or promises something that the operation does not keep.
    ///
    /// - Parameter isWrite: whether a key that the operation does not take would promise something.
    func idempotencyKey(_ policy: IdempotencyPolicy, isWrite: Bool) throws(Problem) -> IdempotencyKey? {
        if policy == .none {
            guard isWrite, fields[.idempotencyKey] != nil else { return nil }
            throw Problem(.idempotencyKeyInvalid, "This operation takes none: it may be repeated as it is.")
        }
        guard let value = fields[.idempotencyKey] else { return nil }
        guard let key = IdempotencyKey(value) else {
            throw Problem(.idempotencyKeyInvalid, "1 to 255 printable ASCII characters, as a string in quotation marks or a token.")
        }
        return key
    }

    var trace: TraceContext? {
        fields[.traceparent].flatMap { TraceContext(traceparent: $0, tracestate: fields[.tracestate]) }
    }

    private func condition(_ value: String, _ name: String) throws(Problem) -> EntityTagCondition {
        guard let condition = EntityTagCondition(value) else {
            let error = FieldError(.header(name), .invalidFormat, "Must be * or at most \(EntityTagCondition.maximumTags) entity tags.")
            throw Problem(.malformedRequest, errors: [error])
        }
        return condition
    }
}
