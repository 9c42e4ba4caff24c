public import Domain
public import Postgres

/// Writes a new API key: its hash, never the key.
public struct InsertKey: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.api_key (hash, id, tenant_id, name, prefix, last_four, scopes, agent_id, created_at, expires_at, vip, priority_floor, queue_id,
            created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """
    let hash: [UInt8]
    let key: IssuedKey

    public init(hash: [UInt8], key: IssuedKey) {
        self.hash = hash
        self.key = key
    }

    public func bind(into binder: inout Binder) {
        binder.append(Bytes(hash))
        binder.append(key.id)
        binder.append(key.tenantID)
        binder.append(key.name)
        binder.append(key.prefix)
        binder.append(key.lastFour)
        binder.append(key.scopes)
        binder.append(key.agentID)
        binder.append(key.createdAt)
        binder.append(key.expiresAt)
        binder.append(key.intake.isVIP)
        binder.append(key.intake.priorityFloor.map { Int16($0.rawValue) })
        binder.append(key.intake.queueID)
        binder.append(key.createdBy)
    }
}
