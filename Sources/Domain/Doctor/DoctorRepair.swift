/// What was put right for one check.
public struct DoctorRepair: Hashable, Sendable {
    public let check: DoctorCheck
    /// How many rows were written or deleted.
    public let repaired: Int
    /// One sentence: what was done, or why it could not be done.
    public let message: String
    /// Whether everything that was found could be dealt with.
    public let isComplete: Bool

    public init(_ check: DoctorCheck, repaired: Int, _ message: String, isComplete: Bool = true) {
        self.check = check
        self.repaired = repaired
        self.message = message
        self.isComplete = isComplete
    }
}
