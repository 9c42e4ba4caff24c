/// What the ticket `t` of the tenant `$1` takes from its holder, as ``Ticket/load(in:waitingPercent:)`` has it (routing.md F).
enum HeldUnits {
    /// - Parameters:
    ///   - full: the parameter with the states in which it counts in full.
    ///   - waiting: that with the states in which it waits for others.
    static func sql(full: String, waiting: String) -> String {
        """
        CASE WHEN t.offered_agent_id IS NOT NULL OR t.state = ANY (\(full)) THEN t.weight WHEN t.state = ANY (\(waiting)) THEN \
        (t.weight * (SELECT c.waiting_load_percent FROM docket.tenant_configuration c WHERE c.tenant_id = $1) + 99) / 100 ELSE 0 END
        """
    }
}
