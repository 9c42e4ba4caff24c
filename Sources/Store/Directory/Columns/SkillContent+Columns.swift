public import Domain
public import Postgres

extension SkillContent: StoredContent {
    public static var table: String { "skill" }
    public static var columns: [String] { ["key", "name"] }

    public static func bind(_ record: Skill, into binder: inout Binder) {
        binder.append(record.content.key)
        binder.append(record.content.name)
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(key: try columns.next(), name: try columns.next())
    }
}
