public import Domain
public import Postgres

extension SLAPolicyContent: StoredHistory {
    public static var table: String { "sla_policy" }
    public static var columns: [String] { ["name", "position", "active", "deleted", "definition"] }
    public static var listed: String { "NOT deleted" }
    public static var history: HistoryTable { HistoryTable(name: "sla_policy_version", owner: "policy_id", time: "created_at") }

    public static func definition(of record: SLAPolicyRecord) -> SLAPolicyDefinition { record.content.definition }

    public static func bind(_ record: SLAPolicyRecord, into binder: inout Binder) {
        binder.append(record.content.definition.name)
        binder.append(Int32(clamping: record.content.position))
        binder.append(record.content.isActive)
        binder.append(record.content.isDeleted)
        binder.append(DocumentCoding.encode(record.content.definition))
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        // The name is the definition's; its column is there to be unique.
        _ = try columns.next(String.self)
        let position = Int(try columns.next(Int32.self))
        self.init(position: position, isActive: try columns.next(), isDeleted: try columns.next(), definition: try columns.nextDocument())
    }
}
