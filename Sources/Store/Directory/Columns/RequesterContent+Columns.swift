public import Domain
public import Postgres

extension RequesterContent: StoredContent {
    public static var table: String { "requester" }
    public static var columns: [String] { ["name", "email", "vip", "language", "organization_id"] }

    public static func bind(_ record: Requester, into binder: inout Binder) {
        binder.append(record.content.name)
        binder.append(record.content.email)
        binder.append(record.content.isVIP)
        binder.append(record.content.language)
        binder.append(record.content.organizationID)
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(
            name: try columns.next(),
            email: try columns.next(),
            isVIP: try columns.next(),
            language: try columns.nextOptional(),
            organizationID: try columns.nextOptional()
        )
    }
}
