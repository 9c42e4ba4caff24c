/// Something in the catalogue that is not as it was made.
public struct CatalogueFault: Hashable, Sendable {
    /// A table, `table.trigger`, a constraint or an index.
    public let object: String
    public let fault: String

    public init(_ object: String, _ fault: String) {
        self.object = object
        self.fault = fault
    }

    var description: String { "\(object): \(fault)" }
}
