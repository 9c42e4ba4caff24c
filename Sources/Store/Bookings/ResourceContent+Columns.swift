public import Domain
public import Postgres

extension ResourceContent: StoredContent {
    public static var table: String { "resource" }
    public static var columns: [String] { ["name", "type", "active"] }

    public static func bind(_ record: BookableResource, into binder: inout Binder) {
        binder.append(record.content.name)
        binder.append(record.content.type)
        binder.append(record.content.isActive)
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(name: try columns.next(), type: try columns.next(), isActive: try columns.next())
    }
}
