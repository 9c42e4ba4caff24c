public import Domain
public import Postgres

extension WebhookEndpointContent: StoredContent {
    public static var table: String { "webhook_endpoint" }
    public static var columns: [String] {
        ["url", "description", "event_types", "status", "failing_since", "sealed_secret", "earlier_secrets", "earlier_secrets_until"]
    }

    public static func bind(_ record: WebhookEndpoint, into binder: inout Binder) {
        binder.append(record.content.url)
        binder.append(record.content.note)
        binder.append(record.content.eventTypes)
        binder.append(record.content.status.rawValue)
        binder.append(record.content.failingSince)
        binder.append(Bytes(record.content.sealedSecret))
        binder.append(record.content.earlierSecrets.map { Bytes($0.sealed) })
        binder.append(record.content.earlierSecrets.map(\.until))
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(
            url: try columns.next(),
            note: try columns.next(),
            eventTypes: try columns.nextArray(),
            status: try columns.nextCode(),
            failingSince: try columns.nextOptional(),
            sealedSecret: try columns.next(Bytes.self).bytes,
            earlierSecrets: zip(try columns.nextArray(Bytes.self), try columns.nextArray(Timestamp.self)).map {
                EarlierSecret(sealed: $0.bytes, until: $1)
            }
        )
    }
}
