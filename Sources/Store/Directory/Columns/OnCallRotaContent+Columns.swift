public import Domain
public import Postgres

extension OnCallRotaContent: StoredContent {
    public static var table: String { "on_call_rota" }
    public static var columns: [String] { ["name", "definition"] }

    public static func bind(_ record: OnCallRotaRecord, into binder: inout Binder) {
        binder.append(record.content.name)
        binder.append(DocumentCoding.encode(record.content.rota))
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(name: try columns.next(), rota: try columns.nextDocument())
    }
}
