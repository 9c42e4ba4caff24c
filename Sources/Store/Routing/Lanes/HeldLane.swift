/// The queue whose lane the transaction holds, as the statements behind ``TakeLane`` name it: where it holds none they read nothing, so that a pass that
/// meets another dispatcher costs little. As subqueries: to the planner they are values that it does not know, as parameters are, and each is worked
/// out once.
package enum HeldLane {
    /// The setting, of the transaction, with the queue's id; empty where no lane is held.
    package static let queueSetting = "app.queue_id"

    /// SQL of the id of the tenant that the transaction is about.
    package static let tenant = "(SELECT \(setting("app.tenant_id")))"
    /// SQL of the queue's id.
    package static let queue = "(SELECT \(setting(queueSetting)))"

    /// SQL of the id in a setting; null where it is empty.
    static func setting(_ name: String) -> String {
        "nullif(current_setting('\(name)', true), '')::uuid"
    }
}
