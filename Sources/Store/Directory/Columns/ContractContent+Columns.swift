public import Domain
public import Postgres

extension ContractContent: StoredContent {
    public static var table: String { "contract" }
    public static var columns: [String] {
        ["organization_id", "number", "name", "valid_from", "valid_to", "currency", "policy_ids", "monthly_cap"]
    }

    public static func bind(_ record: Contract, into binder: inout Binder) {
        let content = record.content
        binder.append(content.organizationID)
        binder.append(content.number)
        binder.append(content.name)
        binder.append(content.validFrom)
        binder.append(content.validTo)
        binder.append(content.currency)
        binder.append(content.policies)
        binder.append(content.monthlyCap)
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(
            organizationID: try columns.next(),
            number: try columns.next(),
            name: try columns.next(),
            validFrom: try columns.next(),
            validTo: try columns.nextOptional(),
            currency: try columns.next(),
            policies: try columns.nextArray(),
            monthlyCap: try columns.nextOptional()
        )
    }
}
