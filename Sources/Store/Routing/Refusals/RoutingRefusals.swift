public import Domain
public import Postgres

/// The recorded reasons of the classes of the queue whose lane is held (``HeldLane``).
public struct LoadRefusals: Statement {
    public struct Row: Sendable {
        public let classKey: Int64
        public let document: RefusalDocument
    }

    public static let sql = """
        SELECT f.class_key, f.reasons FROM docket.routing_refusal f
        WHERE f.tenant_id = \(HeldLane.tenant) AND f.queue_id = \(HeldLane.queue) LIMIT \(LoadRoutingHeads.classLimit)
        """

    public init() {}

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(classKey: try columns.next(), document: try columns.nextDocument())
    }
}

/// Records why classes wait.
public struct PutRefusals: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.routing_refusal AS f (tenant_id, queue_id, class_key, at, reasons)
        SELECT $1, $2, n.class_key, $3, n.reasons FROM unnest($4::bigint[], $5::jsonb[]) AS n (class_key, reasons)
        ON CONFLICT (tenant_id, queue_id, class_key) DO UPDATE SET at = $3, reasons = excluded.reasons WHERE f.tenant_id = $1
        """
    let tenant: TenantID
    let queue: QueueID
    let time: Timestamp
    let documents: [(classKey: Int64, document: RefusalDocument)]

    /// - Parameter documents: each class once.
    public init(tenant: TenantID, queue: QueueID, time: Timestamp, documents: [(classKey: Int64, document: RefusalDocument)]) {
        self.tenant = tenant
        self.queue = queue
        self.time = time
        self.documents = documents
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(time)
        binder.append(documents.map(\.classKey))
        binder.append(documents.map { DocumentCoding.encode($0.document) })
    }
}

/// Forgets the reasons of classes that wait no more.
public struct DeleteRefusals: Statement {
    public typealias Row = NoRow
    public static let sql = "DELETE FROM docket.routing_refusal WHERE tenant_id = $1 AND queue_id = $2 AND class_key = ANY ($3)"
    let tenant: TenantID
    let queue: QueueID
    let classKeys: [Int64]

    public init(tenant: TenantID, queue: QueueID, classKeys: [Int64]) {
        self.tenant = tenant
        self.queue = queue
        self.classKeys = classKeys
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(classKeys)
    }
}
