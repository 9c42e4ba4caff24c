public import Domain
public import Postgres

extension OrganizationContent: StoredContent {
    public static var table: String { "organization" }
    public static var columns: [String] { ["name", "tier", "calendar_id", "external_ref"] }

    public static func bind(_ record: Organization, into binder: inout Binder) {
        binder.append(record.content.name)
        binder.append(record.content.tier)
        binder.append(record.content.calendarID)
        binder.append(record.content.externalReference)
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(
            name: try columns.next(),
            tier: try columns.nextOptional(),
            calendarID: try columns.nextOptional(),
            externalReference: try columns.nextOptional()
        )
    }
}
