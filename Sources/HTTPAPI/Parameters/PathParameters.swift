/// The parameters of a path template.
public protocol PathParameters: Sendable {
    static var parameters: [ParameterDescription] { get }
    init(from reader: PathReader) throws(Problem)
}

/// The path of an operation without parameters.
public struct NoPath: PathParameters {
    public static let parameters: [ParameterDescription] = []

    public init() {}

    public init(from reader: PathReader) throws(Problem) {}
}
