import Hummingbird

/// Reads the parameters that the router found in the path.
public struct PathReader {
    private let parameters: Parameters

    init(_ parameters: Parameters) {
        self.parameters = parameters
    }

    /// The value of a parameter.
    ///
    /// - Throws: 404 where the text cannot be the name of anything: to the caller it is one more thing that does not exist.
    public func value<Value>(_ field: PathField<Value>) throws(Problem) -> Value {
        guard let raw = parameters[field.name[...]], let text = PercentEncoding.decode(raw, plusIsSpace: false),
            let value = field.type.parse(text)
        else { throw .notFound }
        return value
    }
}
