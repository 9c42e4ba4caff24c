/// How one JSON value of a request is read, together with the schema that says so.
///
/// Both are one value, so that the documentation cannot say something else than what the reader accepts.
public struct JSONType<Value: Sendable>: Sendable {
    public let schema: JSONSchema
    /// - Returns: nil after recording at least one error.
    let read: @Sendable (JSONValue, inout FieldErrors) -> Value?

    public init(_ schema: JSONSchema, read: @escaping @Sendable (JSONValue, inout FieldErrors) -> Value?) {
        self.schema = schema
        self.read = read
    }

    /// The same type with null allowed.
    public var nullable: JSONType<Value?> {
        JSONType<Value?>(schema.nullable) { [read] value, errors in
            value.isNull ? .some(nil) : read(value, &errors).map { .some($0) }
        }
    }

    /// This type narrowed by a rule of the domain.
    ///
    /// - Parameter transform: returns nil where the rule refuses the value.
    public func map<New: Sendable>(
        _ detail: String,
        code: FieldErrorCode = .invalid,
        _ transform: @escaping @Sendable (Value) -> New?
    ) -> JSONType<New> {
        JSONType<New>(schema) { [read] value, errors in
            guard let old = read(value, &errors) else { return nil }
            guard let new = transform(old) else {
                errors.add(value, code, detail)
                return nil
            }
            return new
        }
    }
}
