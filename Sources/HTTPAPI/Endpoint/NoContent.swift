/// The output of an operation that answers without a body.
public struct NoContent: ResponseObject {
    public static let schema = JSONSchema.object(nil, [])

    public init() {}

    public func write(to writer: inout JSONWriter) {
        writer.object { _ in }
    }
}
