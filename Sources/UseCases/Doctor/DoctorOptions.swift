public import Domain

/// What the doctor looks at, and how far.
public struct DoctorOptions: Hashable, Sendable {
    public var skipped: Set<DoctorCheck> = []
    public var limits = DoctorLimits()
    /// How many of each tenant's tickets, the newest first, are rebuilt from their histories.
    public var histories = 1_000

    public init() {}
}
