/// Row security of the tables of the schema `docket`, against the template of security.md 1.
public struct RowSecurityFacts: Hashable, Sendable {
    public var tables: Int
    public var faults: [CatalogueFault]

    public init(tables: Int, faults: [CatalogueFault]) {
        self.tables = tables
        self.faults = faults
    }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        judgement.complain(
            .problem,
            if: faults.count,
            { "\($0) faults in the protection of tenants' tables." },
            "Stop the processes, find out who changed it, and restore row security with docket.protect_tenant_table as docket_owner."
        )
        if tables == 0 { judgement.complain(.problem, "There are no tenant tables.", "Run `docket migrate up`.") }
        return judgement.finding(
            .rowSecurity,
            fine: "All \(tables) tenant tables are protected by the template.",
            numbers: [DoctorNumber("tables", tables), DoctorNumber("faults", faults.count)],
            details: faults.map(\.description)
        )
    }
}
