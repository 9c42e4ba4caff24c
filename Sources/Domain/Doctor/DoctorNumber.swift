/// A number that a finding rests on.
public struct DoctorNumber: Hashable, Sendable {
    /// In snake_case, with the unit at its end where there is one: `oldest_seconds`.
    public let name: String
    public let value: Int64

    public init(_ name: String, _ value: Int64) {
        self.name = name
        self.value = value
    }

    public init(_ name: String, _ value: Int) {
        self.init(name, Int64(value))
    }
}
