/// A tenant that a check could not look at, or a repair not deal with, while it did so with others.
public struct UncheckedTenant: Hashable, Sendable, CustomStringConvertible {
    public let slug: String
    public let reason: String

    public init(slug: String, reason: String) {
        self.slug = slug
        self.reason = reason
    }

    public var description: String { "\(slug): \(reason)" }
}

extension DoctorFinding {
    /// The same, but of all tenants but some.
    public func without(_ tenants: [UncheckedTenant]) -> DoctorFinding {
        guard !tenants.isEmpty else { return self }
        return DoctorFinding(
            check,
            .problem,
            "\(tenants.count) tenants could not be checked. Of the others: \(message)",
            numbers: numbers,
            details: tenants.map(\.description) + details,
            advice: advice.isEmpty ? "See to the other findings first, then run the doctor again." : advice
        )
    }
}

extension DoctorRepair {
    /// The same, but for all tenants but some.
    public func without(_ tenants: [UncheckedTenant]) -> DoctorRepair {
        guard !tenants.isEmpty else { return self }
        let most = DoctorFinding.maximumDetails
        let named = tenants.prefix(most).map(\.description).joined(separator: "; ") + (tenants.count > most ? "; …" : "")
        return DoctorRepair(check, repaired: repaired, "\(message) Left as they are, \(tenants.count) tenants: \(named).", isComplete: false)
    }
}
