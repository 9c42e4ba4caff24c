public import Domain

/// Content of which every version is kept: what was promised or measured under an old version stays so.
public protocol StoredHistory: StoredContent {
    associatedtype Definition: Codable & Hashable & Sendable
    static var history: HistoryTable { get }
    static func definition(of record: Versioned<Self>) -> Definition
    /// From when the version holds.
    static func since(of record: Versioned<Self>) -> Timestamp
}

extension StoredHistory {
    public static func since(of record: Versioned<Self>) -> Timestamp { record.updatedAt }
}

/// Where the versions are kept: a table with the columns `tenant_id`, owner, `version`, `definition`, time.
public struct HistoryTable: Hashable, Sendable {
    let name: String
    let owner: String
    let time: String
}
