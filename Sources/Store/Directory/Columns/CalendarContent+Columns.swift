public import Domain
public import Postgres

extension CalendarContent: StoredHistory {
    public static var table: String { "calendar" }
    public static var columns: [String] { ["name", "definition"] }
    public static var selected: [String] {
        columns + [
            """
            (SELECT v.effective_from FROM docket.calendar_version v
            WHERE v.tenant_id = $1 AND v.calendar_id = calendar.id AND v.version = calendar.version)
            """
        ]
    }
    public static var history: HistoryTable { HistoryTable(name: "calendar_version", owner: "calendar_id", time: "effective_from") }

    public static func definition(of record: CalendarRecord) -> CalendarDefinition { record.content.definition }

    public static func since(of record: CalendarRecord) -> Timestamp { record.content.effectiveFrom ?? record.updatedAt }

    public static func bind(_ record: CalendarRecord, into binder: inout Binder) {
        binder.append(record.content.name)
        binder.append(DocumentCoding.encode(record.content.definition))
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(name: try columns.next(), definition: try columns.nextDocument(), effectiveFrom: try columns.nextOptional())
    }
}
