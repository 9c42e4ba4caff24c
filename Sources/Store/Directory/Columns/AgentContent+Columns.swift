public import Domain
public import Postgres

/// Capacity and skills have tables of their own: ``PutAgentCapacity``, ``ReplaceAgentSkills``.
extension AgentContent: StoredContent {
    public static var table: String { "agent" }
    public static var columns: [String] {
        ["name", "email", "active", "calendar_id", "provider", "service_areas"] + PlaceColumns.names + ["manager_id"]
    }
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
        binder.append(record.content.provider)
        binder.append(record.content.serviceAreas)
        PlaceColumns.bind(record.content.place, into: &binder)
        binder.append(record.content.managerID)
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        let name = try columns.next(String.self)
        let email = try columns.next(String.self)
        let isActive = try columns.next(Bool.self)
        let calendar = try columns.nextOptional(CalendarID.self)
        let provider = try columns.nextOptional(String.self)
        let serviceAreas = try columns.nextArray(String.self)
        let place = try PlaceColumns.decode(&columns)
        let manager = try columns.nextOptional(AgentID.self)
        self.init(
            name: name,
            email: email,
            isActive: isActive,
            calendarID: calendar,
            capacity: Int(try columns.next(Int32.self)),
            workRules: try WorkRules(&columns),
            skills: zip(try columns.nextArray(SkillID.self), try columns.nextArray(Int16.self)).map { SkillLevel($0, level: Int($1)) },
            provider: provider,
            serviceAreas: serviceAreas,
            place: place,
            managerID: manager
        )
    }
}
