public import Domain
public import Postgres

/// Puts mails into the outbox. An id that is there already is left as it is, so that a repeated command sends once.
///
/// A mailbox gets at most ``burst`` mails of its own in ``window`` seconds; what is more waits for the window's end and goes out as one digest.
/// What waited for the end of quiet hours goes out as one at once. The mailbox's row is locked until the transaction ends, in the order of the
/// mailboxes, so that of many who send to it at once each counts on what the others did.
///
/// A row that waits counts as made when it is due: its mail bears that date at every attempt (RFC 5322 3.6.1: when it was ready to be sent).
///
/// A digest that is being sent just now takes no more: then the notice goes out by itself.
public struct EnqueueMail: Statement {
    public typealias Row = NoRow

    public struct Mail: Sendable {
        let id: OutboxMessageID
        /// To one address.
        let payload: MailPayload
        /// What it is about.
        let ticket: TicketID?
        /// Whether it is one mail with all others of the statement to the mailbox of which this is so: they waited for the end of quiet hours.
        let isGathered: Bool

        public init(id: OutboxMessageID, payload: MailPayload, ticket: TicketID? = nil, isGathered: Bool = false) {
            self.id = id
            self.payload = payload
            self.ticket = ticket
            self.isGathered = isGathered
        }
    }

    /// Mails of their own to one mailbox.
    public static let burst = 10
    /// Seconds.
    public static let window = 300

    public static let sql = """
        WITH mail AS MATERIALIZED (
            SELECT u.id, u.payload, u.mailbox, u.gathered, u.ticket_id,
                row_number() OVER (PARTITION BY u.mailbox, u.gathered ORDER BY u.place) AS place
            FROM unnest($2::uuid[], $3::jsonb[], $5::text[], $6::boolean[], $7::uuid[]) WITH ORDINALITY
                AS u (id, payload, mailbox, gathered, ticket_id, place)
        ), total AS MATERIALIZED (
            SELECT m.mailbox, count(*)::integer AS mails FROM mail m WHERE NOT m.gathered GROUP BY m.mailbox
        ), opened AS (
            INSERT INTO docket.mailbox_window AS w (tenant_id, mailbox, started_at, sent)
            SELECT $1, t.mailbox, docket.now(), t.mails FROM total t ORDER BY t.mailbox
            ON CONFLICT (tenant_id, mailbox) DO UPDATE SET
                started_at = CASE WHEN w.started_at > excluded.started_at - \(length) THEN w.started_at ELSE excluded.started_at END,
                sent = CASE WHEN w.started_at > excluded.started_at - \(length) THEN w.sent + excluded.sent ELSE excluded.sent END
            WHERE w.tenant_id = $1
            RETURNING w.mailbox, w.started_at, w.sent
        ), placed AS MATERIALIZED (
            SELECT m.id, m.payload, m.mailbox, m.ticket_id,
                CASE WHEN m.gathered THEN $4
                    WHEN o.sent - t.mails + m.place > \(burst) THEN o.started_at + \(length) END AS due
            FROM mail m LEFT JOIN total t ON t.mailbox = m.mailbox LEFT JOIN opened o ON o.mailbox = m.mailbox
        ), part AS MATERIALIZED (
            SELECT p.*, CASE WHEN p.due IS NOT NULL THEN md5('digest' || p.mailbox || extract(epoch FROM p.due))::uuid END AS digest_id FROM placed p
        ), digest AS (
            INSERT INTO docket.outbox AS o (tenant_id, id, kind, payload, created_at, next_attempt_at, is_digest)
            SELECT DISTINCT ON (p.digest_id) $1, p.digest_id, 'mail',
                jsonb_build_object('to', jsonb_build_array(p.mailbox), 'subject', 'Digest', 'text', ''), p.due, p.due, true
            FROM part p WHERE p.due IS NOT NULL ORDER BY p.digest_id
            ON CONFLICT (tenant_id, id) DO UPDATE SET created_at = o.created_at WHERE o.tenant_id = $1 AND o.attempts = 0
            RETURNING o.id
        ), kept AS (
            INSERT INTO docket.mail_notice (tenant_id, digest_id, id, payload, created_at, ticket_id)
            SELECT $1, p.digest_id, p.id, p.payload, $4, p.ticket_id FROM part p WHERE p.digest_id IN (SELECT d.id FROM digest d)
            ON CONFLICT (tenant_id, digest_id, id) DO NOTHING
        )
        INSERT INTO docket.outbox (tenant_id, id, kind, ticket_id, payload, created_at, next_attempt_at)
        SELECT $1, p.id, 'mail', p.ticket_id, p.payload, coalesce(p.due, $4), coalesce(p.due, $4) FROM part p
        WHERE p.digest_id IS NULL OR p.digest_id NOT IN (SELECT d.id FROM digest d)
        ON CONFLICT (tenant_id, id) DO NOTHING
        """
    private static let length = "interval '\(window) seconds'"

    let tenant: TenantID
    let mails: [Mail]
    let time: Timestamp

    public init(tenant: TenantID, mails: [Mail], time: Timestamp) {
        self.tenant = tenant
        self.mails = mails
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(mails.map(\.id))
        binder.append(mails.map { DocumentCoding.encode($0.payload) })
        binder.append(time)
        binder.append(mails.map { $0.payload.to.first?.lowercased() ?? "" })
        binder.append(mails.map(\.isGathered))
        binder.append(mails.map(\.ticket))
    }
}
