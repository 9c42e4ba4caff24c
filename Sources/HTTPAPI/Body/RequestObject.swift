/// An object of a request. Its initialiser asks the reader for every member; whatever it does not ask for is refused as unknown.
public protocol RequestObject: JSONSchemaProviding, Sendable {
    /// - Returns: nil only after the reader recorded an error.
    init?(from reader: inout ObjectReader)
}

/// The body of an operation that takes none: absent, or an empty object.
public struct NoBody: RequestObject {
    public static let schema = JSONSchema.object(nil, [], isClosed: true)

    public init() {}

    public init?(from reader: inout ObjectReader) {}
}
