public import Domain
public import Postgres

/// A heartbeat: renews an active agent's lease, and signals his queues if he has just come online or gone. One statement, because it is sent all day long.
public struct PutPresence: Statement {
    public struct Row: Sendable {
        public let presence: AgentPresence
        /// Whether his queues are worth a look: he was not online before this heartbeat, by status or by lease, and is now; takes work of a channel that he did
        /// not take before; or is online no more, or not for a channel, so that whom only he could help may go to others, or to nobody.
        public let concernsRouting: Bool
        /// As stored; see ``SetShiftEnd``.
        public let shiftEnd: ShiftEnd?
        /// Whose hours are his shifts.
        public let calendarID: CalendarID?
        /// Of the tenant's configuration, as this statement saw it.
        public let configurationVersion: Int64
    }

    /// A break in being online begins `online_since` anew, so `online_since` equals the time of the heartbeat exactly when the agent came online.
    /// Whoever is offline has no lease: it ends when he went, however often he says so.
    /// Whoever was put on a break for offers let pass stays on it until he says that he is back, or signs out: a client repeats `online` and `away` by itself, but
    /// whoever signs in again is there. With the break what he missed is forgotten.
    /// Whoever was settled as gone is so no more once he says anything but that he is offline, or stays so until his next shift.
    public static let sql = """
        WITH former AS MATERIALIZED (
            SELECT p.channels_off, p.status = 'online' AND p.lease_until > $4 AS was_online FROM docket.agent_presence p WHERE p.tenant_id = $1 AND p.agent_id = $2
        ), put AS (
            INSERT INTO docket.agent_presence AS p (tenant_id, agent_id, status, online_since, lease_until, channels_off)
            SELECT $1, a.id, $3, CASE WHEN $3 = 'online' THEN $4 END, CASE WHEN $3 = 'offline' THEN $4 ELSE $5 END, $7
            FROM docket.agent a WHERE a.tenant_id = $1 AND a.id = $2 AND a.active
            ON CONFLICT (tenant_id, agent_id) DO UPDATE SET
                status = CASE WHEN $3 = 'online' AND p.is_held AND NOT $8 THEN 'away' ELSE $3 END,
                is_held = p.is_held AND $3 <> 'offline' AND NOT $8,
                misses = CASE WHEN $8 OR (p.is_held AND $3 = 'offline') THEN 0 ELSE p.misses END,
                online_since = CASE WHEN $3 <> 'online' OR (p.is_held AND NOT $8) THEN NULL WHEN p.status = 'online' AND p.lease_until > $4 THEN p.online_since ELSE $4 END,
                lease_until = CASE WHEN $3 = 'offline' AND p.status = 'offline' THEN least(p.lease_until, $4) ELSE excluded.lease_until END,
                channels_off = excluded.channels_off,
                settled = p.settled AND ($3 = 'offline' OR \(ShiftColumns.isOff(of: "p", at: "$4")))
            WHERE p.tenant_id = $1
            RETURNING p.status, p.is_held, p.online_since, p.lease_until, \(ShiftColumns.list(of: "p")),
                p.online_since = $4 OR (p.status = 'online' AND EXISTS (SELECT FROM former f WHERE NOT f.channels_off <@ $7)) AS takes_more,
                EXISTS (SELECT FROM former f WHERE f.was_online AND (p.status <> 'online' OR NOT $7 <@ f.channels_off)) AS leaves
        ), signal AS (
            INSERT INTO docket.routing_signal (tenant_id, queue_id, id)
            SELECT $1, m.queue_id, $6::uuid FROM docket.queue_member m JOIN put ON put.takes_more OR put.leaves
            WHERE m.tenant_id = $1 AND m.agent_id = $2
                AND EXISTS (SELECT FROM docket.routing_entry r WHERE r.tenant_id = $1 AND r.queue_id = m.queue_id)
        )
        SELECT $2, put.status, put.online_since, put.lease_until, $7, put.is_held, coalesce(put.takes_more OR put.leaves, false),
            \(ShiftColumns.list(of: "put")), (SELECT a.calendar_id FROM docket.agent a WHERE a.tenant_id = $1 AND a.id = $2),
            coalesce((SELECT c.version FROM docket.tenant_configuration c WHERE c.tenant_id = $1), 0)
        FROM put
        """
    let tenant: TenantID
    let agent: AgentID
    let status: RoutingPresence
    let now: Timestamp
    let leaseUntil: Timestamp
    let channelsOff: Set<Channel>
    let isBack: Bool
    let signal: ID<SignalQueue>

    /// - Parameter isBack: ends a break that he was put on for offers let pass.
    public init(
        tenant: TenantID,
        agent: AgentID,
        status: RoutingPresence,
        now: Timestamp,
        leaseUntil: Timestamp,
        channelsOff: Set<Channel> = [],
        isBack: Bool = false,
        signal: ID<SignalQueue>
    ) {
        self.tenant = tenant
        self.agent = agent
        self.status = status
        self.now = now
        self.leaseUntil = leaseUntil
        self.channelsOff = channelsOff
        self.isBack = isBack
        self.signal = signal
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(status.rawValue)
        binder.append(now)
        binder.append(leaseUntil)
        binder.append(signal)
        binder.append(channelsOff.map(\.rawValue).sorted())
        binder.append(isBack)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        let presence = AgentPresence(
            agentID: try columns.next(),
            status: try columns.nextCode(),
            onlineSince: try columns.nextOptional(),
            leaseUntil: try columns.next(),
            channelsOff: Set(try columns.nextArray(String.self).compactMap(Channel.init(rawValue:))),
            isHeld: try columns.next()
        )
        return Row(
            presence: presence,
            concernsRouting: try columns.next(),
            shiftEnd: try ShiftColumns.decode(&columns),
            calendarID: try columns.nextOptional(),
            configurationVersion: try columns.next()
        )
    }
}
