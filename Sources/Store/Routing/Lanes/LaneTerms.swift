/// How the text of a statement about one queue names the tenant and the queue, so that both of its forms are made of one text.
public struct LaneTerms: Sendable {
    /// SQL of the tenant's id.
    let tenant: String
    /// SQL of the queue's id.
    let queue: String
    /// How many parameters these take: the statement's own come behind them.
    let parameters: Int

    /// The caller knows them.
    static let given = LaneTerms(tenant: "$1", queue: "$2", parameters: 2)

    /// A look has found them in the same transaction (``FindLane``). As subqueries: to the planner they are values that it does not know, as
    /// parameters are, and each is worked out once.
    static let found = LaneTerms(tenant: "(SELECT \(setting(tenantSetting)))", queue: "(SELECT \(setting(queueSetting)))", parameters: 0)

    /// The same, as the policies write it (security.md 1): both conditions are one then, which is cheaper. The planner counts rows by what the
    /// settings say when it plans, also where they say nothing: for statements that read single rows by whole keys, so that there is but one plan.
    static let foundOnce = LaneTerms(tenant: setting(tenantSetting), queue: setting(queueSetting), parameters: 0)

    private static let tenantSetting = "app.tenant_id"
    static let queueSetting = "app.queue_id"

    private static func setting(_ name: String) -> String {
        "nullif(current_setting('\(name)', true), '')::uuid"
    }

    /// The statement's own parameter of this number, from 1.
    func own(_ number: Int) -> String {
        "$\(parameters + number)"
    }
}
