public import Domain
public import Postgres

extension CalendarContent: StoredHistory {
    public static var table: String { "calendar" }
    public static var columns: [String] { ["name", "definition", "tz_database"] }
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
        binder.append(record.content.timeZoneDatabase)
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        let name = try columns.next(String.self)
        let definition: CalendarDefinition = try columns.nextDocument()
        let timeZoneDatabase = try columns.nextOptional(String.self)
        self.init(name: name, definition: definition, effectiveFrom: try columns.nextOptional(), timeZoneDatabase: timeZoneDatabase)
    }
}
