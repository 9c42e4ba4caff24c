/// The times of an agent's last assignments, kept where he has a rate limit and only as many as the limit asks for (routing.md F).
enum RecentAssignments {
    /// SQL of the column's new value.
    ///
    /// - Parameters:
    ///   - times: an array of timestamps, in order.
    ///   - row: the alias of `docket.agent_load`.
    static func appending(_ times: String, to row: String) -> String {
        let all = "(\(row).recent_assignments || \(times)::timestamptz[])"
        return "CASE WHEN \(row).rate_assignments IS NULL THEN '{}' "
            + "ELSE \(all)[greatest(1, cardinality(\(all)) - \(row).rate_assignments + 1):] END"
    }
}
