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

    /// SQL of how many more an agent may get at a time; null without a rate limit (``WorkRules/RateLimit/assignmentsLeft(after:open:at:)``).
    static func left(at time: String, of row: String) -> String {
        "CASE WHEN \(row).rate_assignments IS NOT NULL THEN \(row).rate_assignments - \(row).open_offers - (SELECT count(*) FROM unnest(\(row).recent_assignments) AS r (at) "
            + "WHERE r.at > \(time) - make_interval(mins => \(row).rate_minutes)) END"
    }
}
