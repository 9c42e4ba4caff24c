/// An object of a request. Its initialiser asks the reader for every member; whatever it does not ask for is refused as unknown.
public protocol RequestObject: JSONSchemaProviding, Sendable {
    /// - Returns: nil only after the reader recorded an error.
    init?(from reader: inout ObjectReader)

    /// A media type beside JSON in which the body may come, as text that the use case reads: `text/calendar`.
    static var textMediaType: String? { get }
    /// The body from such text.
    ///
    /// - Returns: nil where the type takes none.
    init?(text bytes: [UInt8])
    /// The member under which a JSON array is read as well as an object, for documents that are published as bare lists.
    static var listMember: StaticString? { get }
    /// Whether it may be left out, which is the same as an empty object.
    static var isOptional: Bool { get }
}

extension RequestObject {
    public static var textMediaType: String? { nil }
    public static var listMember: StaticString? { nil }
    public static var isOptional: Bool { false }

    public init?(text bytes: [UInt8]) { return nil }
}

/// The body of an operation that takes none: absent, or an empty object.
public struct NoBody: RequestObject {
    public static let schema = JSONSchema.object(nil, [], isClosed: true)

    public init() {}

    public init?(from reader: inout ObjectReader) {}
}
