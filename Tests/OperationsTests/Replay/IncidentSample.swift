@testable import Operations

/// Nine made-up incidents in the log's format; three rows cannot be read.
enum IncidentSample {
    static let header = """
        number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,sys_created_by,\
        sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci,impact,urgency,priority,\
        assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,\
        resolved_at,closed_at
        """

    static let text = ([header] + rows).joined(separator: "\n") + "\n"

    static func log() throws -> IncidentLog { try IncidentLogReader.read(Array(text.utf8)) }

    private static let low = ("3 - Low", "3 - Low", "4 - Low")
    private static let moderate = ("2 - Medium", "2 - Medium", "3 - Moderate")
    private static let high = ("1 - High", "2 - Medium", "2 - High")
    private static let critical = ("1 - High", "1 - High", "1 - Critical")

    private static let rows: [String] = [
        // The plain way.
        row("INC01", "New", "29-02-2016 09:00", "29-02-2016 09:01", moderate, "Group 1", "Resolver 1"),
        row("INC01", "Active", "29-02-2016 09:00", "29-02-2016 09:05", moderate, "Group 1", "Resolver 1"),
        row("INC01", "Resolved", "29-02-2016 09:00", "29-02-2016 10:00", moderate, "Group 1", "Resolver 1"),
        row("INC01", "Closed", "29-02-2016 09:00", "01-03-2016 10:00", moderate, "Group 1", "Resolver 1"),
        // Waits for the customer, twice in a row.
        row("INC02", "New", "29-02-2016 09:10", "29-02-2016 09:11", critical, "Group 2", "?"),
        row("INC02", "Awaiting User Info", "29-02-2016 09:10", "29-02-2016 09:20", critical, "Group 2", "Resolver 2"),
        row("INC02", "Awaiting User Info", "29-02-2016 09:10", "29-02-2016 09:30", critical, "Group 2", "Resolver 2"),
        row("INC02", "Resolved", "29-02-2016 09:10", "29-02-2016 11:00", critical, "Group 2", "Resolver 2", madeSLA: false),
        // Reopened.
        row("INC03", "Active", "29-02-2016 09:15", "29-02-2016 09:16", high, "Group 1", "Resolver 2"),
        row("INC03", "Resolved", "29-02-2016 09:15", "29-02-2016 09:40", high, "Group 1", "Resolver 2"),
        row("INC03", "Active", "29-02-2016 09:15", "29-02-2016 09:50", high, "Group 1", "Resolver 2"),
        row("INC03", "Resolved", "29-02-2016 09:15", "29-02-2016 10:10", high, "Group 1", "Resolver 2"),
        row("INC03", "Closed", "29-02-2016 09:15", "01-03-2016 10:10", high, "Group 1", "Resolver 2"),
        // Nobody ever worked in its group.
        row("INC04", "New", "29-02-2016 09:20", "29-02-2016 09:21", low, "Group 9", "?"),
        row("INC04", "Resolved", "29-02-2016 09:20", "29-02-2016 12:00", low, "Group 9", "?"),
        // Its group is known later, its place never.
        row("INC05", "New", "29-02-2016 09:25", "29-02-2016 09:26", moderate, "?", "?", location: "?"),
        row("INC05", "Awaiting Problem", "29-02-2016 09:25", "29-02-2016 09:40", moderate, "Group 1", "Resolver 3", location: "?"),
        row("INC05", "Awaiting Vendor", "29-02-2016 09:25", "29-02-2016 09:45", moderate, "Group 1", "Resolver 3", location: "?"),
        row("INC05", "Resolved", "29-02-2016 09:25", "29-02-2016 10:45", moderate, "Group 1", "Resolver 3", location: "?"),
        // A move that the life cycle does not allow: closed stays closed.
        row("INC06", "Resolved", "29-02-2016 09:30", "29-02-2016 09:31", low, "Group 2", "Resolver 2"),
        row("INC06", "Closed", "29-02-2016 09:30", "29-02-2016 09:41", low, "Group 2", "Resolver 2"),
        row("INC06", "Active", "29-02-2016 09:30", "29-02-2016 09:51", low, "Group 2", "Resolver 2"),
        // Opened before all others, told later.
        row("INC07", "New", "29-02-2016 08:59", "29-02-2016 09:31", moderate, "Group 2", "Resolver 4"),
        // Neither group nor agent: anybody's.
        row("INC08", "New", "29-02-2016 09:35", "29-02-2016 09:36", low, "?", "?"),
        row("INC08", "Resolved", "29-02-2016 09:35", "29-02-2016 09:46", low, "?", "?"),
        row("INC09", "New", "29-02-2016 09:40", "29-02-2016 09:40", moderate, "Group 1", "Resolver 1"),
        // Not to be read.
        row("INC10", "Vanished", "29-02-2016 09:40", "29-02-2016 09:40", moderate, "Group 1", "Resolver 1"),
        row("INC11", "New", "30-02-2016 09:40", "29-02-2016 09:40", moderate, "Group 1", "Resolver 1"),
        "INC12,New,too short",
    ]

    private static func row(
        _ number: String,
        _ state: String,
        _ opened: String,
        _ updated: String,
        _ levels: (impact: String, urgency: String, priority: String),
        _ group: String,
        _ agent: String,
        location: String = "Location 7",
        madeSLA: Bool = true
    ) -> String {
        [
            number, state, "TRUE", "0", "0", "0", madeSLA ? "TRUE" : "FALSE", "Caller 1", "Opened by 1", opened, "Created by 1", opened,
            "Updated by 1", updated, "Phone", location, "Category 5", "Subcategory 1", "?", "?", levels.impact, levels.urgency, levels.priority,
            group, agent, "TRUE", "FALSE", "Do Not Notify", "?", "?", "?", "?", "code 5", "Resolved by 1", updated, updated,
        ].joined(separator: ",")
    }
}
