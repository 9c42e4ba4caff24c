import Domain

/// What the tenant of a session is set to (security.md 2, I3).
enum RowProbeContext: CaseIterable {
    /// Unset comes first: on a connection that had a tenant it would be the empty text.
    case unset, own, empty, garbage, erased

    func value(_ tenants: ProbedTenants) -> String? {
        switch self {
        case .own: tenants.mine.description
        case .unset: nil
        case .empty: ""
        case .garbage: "garbage"
        case .erased: tenants.erased.description
        }
    }
}
