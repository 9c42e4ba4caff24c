public import Domain
public import Postgres

extension PlaybookContent: StoredContent {
    public static var table: String { "playbook" }
    public static var columns: [String] { ["name", "trigger", "ticket_types", "steps", "active", "metrics"] }

    public static func bind(_ record: Playbook, into binder: inout Binder) {
        binder.append(record.content.name)
        binder.append(record.content.trigger.rawValue)
        binder.append(record.content.ticketTypes)
        binder.append(DocumentCoding.encode(record.content.steps))
        binder.append(record.content.isActive)
        binder.append(record.content.metrics.map(\.rawValue))
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(
            name: try columns.next(),
            trigger: try columns.nextCode(),
            ticketTypes: try columns.nextArray(),
            steps: try columns.nextDocument(),
            isActive: try columns.next()
        )
        metrics = try columns.nextCodes()
    }
}
