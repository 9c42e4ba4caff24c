import Domain

/// Who of a group is called where a level names it: those who work here, in the order of their ids, at most ``EscalationLevel/maximumMembers``.
///
/// Bounded for each group by itself, so that a large one hides nobody of another.
enum CalledMembers {
    /// Their ids, `agent_id`. The tenant is `$1`.
    ///
    /// - Parameters:
    ///   - group: the column that names the group.
    ///   - limit: how many of them.
    static func of(_ group: String, limit: Int = EscalationLevel.maximumMembers) -> String {
        """
        SELECT m.agent_id FROM docket.group_member m JOIN docket.agent a ON a.tenant_id = $1 AND a.id = m.agent_id AND a.active
        WHERE m.tenant_id = $1 AND m.group_id = \(group) ORDER BY m.agent_id LIMIT \(limit)
        """
    }
}
