/// The query parameters of an operation; what the initialiser does not ask for is refused as unknown.
public protocol QueryParameters: Sendable {
    static var parameters: [ParameterDescription] { get }
    /// - Returns: nil only after the reader recorded an error.
    init?(from reader: inout QueryReader)
}

/// The query of an operation without parameters.
public struct NoQuery: QueryParameters {
    public static let parameters: [ParameterDescription] = []

    public init() {}

    public init?(from reader: inout QueryReader) {}
}
