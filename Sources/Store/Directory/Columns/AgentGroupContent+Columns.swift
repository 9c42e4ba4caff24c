public import Domain
public import Postgres

extension AgentGroupContent: StoredContent {
    public static var table: String { "agent_group" }
    public static var columns: [String] { ["name", "head_agent_id"] }

    public static func bind(_ record: AgentGroup, into binder: inout Binder) {
        binder.append(record.content.name)
        binder.append(record.content.headAgentID)
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(name: try columns.next(), headAgentID: try columns.nextOptional())
    }
}
