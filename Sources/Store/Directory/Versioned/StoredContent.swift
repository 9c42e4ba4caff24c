public import Domain
public import Postgres

/// Content that has a table of its own with the columns `tenant_id, id, version, created_at, updated_at` beside its own ones.
///
/// The statements of this folder are the same for every such table; the texts are put together from constants of the types only.
public protocol StoredContent: VersionedContent {
    /// The table, without its schema.
    static var table: String { get }
    /// The columns that ``bind(_:into:)`` writes, in its order.
    static var columns: [String] { get }
    /// What ``init(row:)`` reads, from column 0: ``columns`` unless parts of the content live in other tables.
    static var selected: [String] { get }
    /// Which rows lists show and count: a condition on columns of the table.
    static var listed: String { get }
    /// Whether it was deleted, and is kept only because others name it.
    var isDeleted: Bool { get }

    static func bind(_ record: Versioned<Self>, into binder: inout Binder)
    init(row: RowView) throws(DecodeError)
}

extension StoredContent {
    public static var selected: [String] { columns }
    public static var listed: String { "true" }
    public var isDeleted: Bool { false }

    /// The constraint that keeps ``uniqueField``, which is a column, unique.
    public static var uniqueConstraint: String? { uniqueField.map { "\(table)_\($0)" } }

    static var select: String {
        "SELECT \(selected.joined(separator: ", ")), id, version, created_at, updated_at FROM docket.\(table) WHERE tenant_id = $1"
    }

    static func decode(_ row: RowView) throws(DecodeError) -> Versioned<Self> {
        let next = selected.count
        return Versioned(
            id: try row.decode(ID<Kind>.self, at: next),
            version: try row.decode(Int64.self, at: next + 1),
            content: try Self(row: row),
            createdAt: try row.decode(Timestamp.self, at: next + 2),
            updatedAt: try row.decode(Timestamp.self, at: next + 3)
        )
    }
}
