/// How the text of a statement that comes before the lane is held names the tenant and the queue, so that both forms of ``TakeLane`` are made of one text.
struct LaneTerms {
    /// SQL of the tenant's id.
    let tenant: String
    /// SQL of the queue's id.
    let queue: String

    /// The caller knows them.
    static let given = LaneTerms(tenant: "$1", queue: "$2")

    /// A look has found them in the same transaction (``FindLane``). As the policies write it (security.md 1): both conditions are one then, which is
    /// cheaper. The planner counts rows by what the settings say when it plans, also where they say nothing: for statements that read single rows by
    /// whole keys, so that there is but one plan.
    static let found = LaneTerms(tenant: HeldLane.setting("app.tenant_id"), queue: HeldLane.setting(HeldLane.queueSetting))
}
