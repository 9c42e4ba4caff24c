/// Rows that are left of tenants that are gone themselves (docs/operations.md, Erasing a tenant): nobody is served from them, and nobody erases them any more. And
/// tenants whose erasing has not come to its end: no other check looks at them.
public struct ErasedTenantTally: Hashable, Sendable {
    private let tables: Int
    private var tenants: Set<TenantID> = []
    private var places: [String] = []
    private var unfinished: [String] = []

    /// - Parameter tables: how many tables were looked at.
    public init(tables: Int) {
        self.tables = tables
    }

    public mutating func add(_ tenant: TenantID, in table: String) {
        tenants.insert(tenant)
        places.append("\(table): rows of the tenant \(tenant)")
    }

    public mutating func addUnfinished(_ slug: String) {
        unfinished.append(slug)
    }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        judgement.complain(
            .problem,
            if: tenants.count,
            { "\($0) tenants are gone and have left rows, in \(places.count) places." },
            "Delete the rows with the tenant's `tenant_id` as docket_owner, those of tables that name others first; docs/operations.md tells how."
        )
        judgement.complain(
            .warning,
            if: unfinished.count,
            { "The erasing of \($0) tenants was begun and is not finished; no other check looks at them." },
            "Where nobody is at it any more, run `docket tenant erase SLUG --confirm SLUG` again: it goes on."
        )
        return judgement.finding(
            .erasedTenants,
            fine: "No row of \(tables) tables is of a tenant that is gone.",
            numbers: [
                DoctorNumber("tables", tables), DoctorNumber("tenants", tenants.count), DoctorNumber("places", places.count),
                DoctorNumber("unfinished", unfinished.count),
            ],
            details: unfinished.map { "\($0): the erasing of this tenant was begun and is not finished" } + places
        )
    }
}
