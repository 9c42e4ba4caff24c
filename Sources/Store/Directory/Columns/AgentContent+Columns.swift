public import Domain
public import Postgres

/// Capacity and skills have tables of their own: ``PutAgentCapacity``, ``ReplaceAgentSkills``.
extension AgentContent: StoredContent {
    public static var table: String { "agent" }
    public static var columns: [String] { ["name", "email", "active", "calendar_id"] }
    public static var uniqueColumn: String? { "email" }
    public static var selected: [String] {
        let load = ["l.capacity"] + WorkRules.columns(of: "l")
        return columns + load.map { "(SELECT \($0) FROM docket.agent_load l WHERE l.tenant_id = $1 AND l.agent_id = agent.id)" } + [
            "ARRAY(SELECT s.skill_id FROM docket.agent_skill s WHERE s.tenant_id = $1 AND s.agent_id = agent.id ORDER BY s.skill_id)",
            "ARRAY(SELECT s.level FROM docket.agent_skill s WHERE s.tenant_id = $1 AND s.agent_id = agent.id ORDER BY s.skill_id)",
        ]
    }

    public static func bind(_ record: Agent, into binder: inout Binder) {
        binder.append(record.content.name)
        binder.append(record.content.email)
        binder.append(record.content.isActive)
        binder.append(record.content.calendarID)
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(
            name: try columns.next(),
            email: try columns.next(),
            isActive: try columns.next(),
            calendarID: try columns.nextOptional(),
            capacity: Int(try columns.next(Int32.self)),
            workRules: try WorkRules(&columns),
            skills: zip(try columns.nextArray(SkillID.self), try columns.nextArray(Int16.self)).map { SkillLevel($0, level: Int($1)) }
        )
    }
}
