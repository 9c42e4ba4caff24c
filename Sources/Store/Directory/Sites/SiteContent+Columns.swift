public import Domain
public import Postgres

extension SiteContent: StoredContent {
    public static var table: String { "site" }
    public static var columns: [String] { ["name", "calendar_id", "service_area"] + PlaceColumns.names + ["active"] }

    public static func bind(_ record: Site, into binder: inout Binder) {
        binder.append(record.content.name)
        binder.append(record.content.calendarID)
        binder.append(record.content.serviceArea)
        PlaceColumns.bind(record.content.place, into: &binder)
        binder.append(record.content.isActive)
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(
            name: try columns.next(),
            calendarID: try columns.nextOptional(),
            serviceArea: try columns.nextOptional(),
            place: try PlaceColumns.decode(&columns),
            isActive: try columns.next()
        )
    }
}
