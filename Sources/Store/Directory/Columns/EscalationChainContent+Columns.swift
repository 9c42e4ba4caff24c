public import Domain
public import Postgres

extension EscalationChainContent: StoredHistory {
    public static var table: String { "escalation_chain" }
    public static var columns: [String] { ["name", "definition"] }
    public static var history: HistoryTable { HistoryTable(name: "escalation_chain_version", owner: "chain_id", time: "created_at") }

    public static func definition(of record: EscalationChainRecord) -> EscalationChain { record.content.chain(version: record.version) }

    public static func bind(_ record: EscalationChainRecord, into binder: inout Binder) {
        binder.append(record.content.name)
        binder.append(DocumentCoding.encode(definition(of: record)))
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(name: try columns.next(), chain: try columns.nextDocument())
    }
}
